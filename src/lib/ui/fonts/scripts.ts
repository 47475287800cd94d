/** Scripts that old phones may lack, the letters that show it, and the file that brings them. */
import khmer from './km.woff2?url';
import lao from './lo.woff2?url';
import burmese from './my.woff2?url';
import tamil from './ta.woff2?url';
import thai from './th.woff2?url';

export interface Script {
	url: string;
	/** Size of the file, which a test holds true. */
	bytes: number;
	range: string;
	/** Letters that differ wherever they are drawn; where there are only boxes they look the same. */
	letters: readonly [string, string];
}

export const SCRIPTS: Record<string, Script> = {
	km: { url: khmer, bytes: 15_356, range: 'U+1780-17FF, U+19E0-19FF', letters: ['ក', 'ខ'] },
	lo: { url: lao, bytes: 6_820, range: 'U+0E80-0EFF', letters: ['ກ', 'ຂ'] },
	my: { url: burmese, bytes: 33_688, range: 'U+1000-109F', letters: ['က', 'ခ'] },
	ta: { url: tamil, bytes: 12_344, range: 'U+0B80-0BFF', letters: ['க', 'ங'] },
	th: { url: thai, bytes: 7_992, range: 'U+0E00-0E7F', letters: ['ก', 'ฮ'] }
};
