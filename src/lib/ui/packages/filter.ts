/** Narrowing the library: by words, language, sector, bytes, and what is here. The filter lives in the address. */
import { SECTORS, type Sector } from '../../core/base/vocabulary.ts';
import type { PackageCard } from '../../core/protocol/library.ts';

export interface Filter {
	/** Words that title, partners or names of the sector must hold. */
	words: string;
	sector: Sector | null;
	/** Only what is in the interface's own language. */
	own: boolean;
	/** Only what is small with pictures. */
	small: boolean;
	/** Only what is on this phone. */
	here: boolean;
}

/** "Small": what a few minutes of a bad link bring. */
export const SMALL_BYTES = 2_000_000;

/** The filter that an address asks for. */
export const readFilter = (query: URLSearchParams): Filter => ({
	words: (query.get('q') ?? '').slice(0, 100),
	sector: SECTORS.find((sector) => sector === query.get('sector')) ?? null,
	own: query.has('own'),
	small: query.has('small'),
	here: query.has('here')
});

/** The query of an address that asks for a filter, with its `?`, or nothing. */
export function writeFilter(filter: Filter): string {
	const query = new URLSearchParams();
	if (filter.words) query.set('q', filter.words);
	if (filter.sector) query.set('sector', filter.sector);
	for (const key of ['own', 'small', 'here'] as const) if (filter[key]) query.set(key, '1');
	const text = query.toString();
	return text && `?${text}`;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** Words of a query, also in scripts that write no spaces (Thai, Lao, Khmer, Burmese, Chinese). */
export function wordsOf(query: string, language: string): string[] {
	const text = plain(query);
	if (typeof Intl.Segmenter === 'undefined') return text.split(/\s+/).filter(Boolean);
	const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text);
	return Array.from(segments, ({ segment }) => segment).filter((word) => /[\p{L}\p{M}\p{N}]/u.test(word));
}

/** The packages that a filter leaves, in their order. `isHere` tells what is on this phone. */
export function filterPackages(
	cards: readonly PackageCard[],
	filter: Filter,
	language: string,
	isHere: (id: string) => boolean
): PackageCard[] {
	const words = wordsOf(filter.words, language);
	return cards.filter((card) => {
		const hay = plain([card.title, card.id, ...card.partners.map(({ name }) => name)].join(' '));
		return (
			words.every((word) => hay.includes(word)) &&
			(filter.sector === null || card.sector === filter.sector) &&
			(!filter.own || card.languages.includes(language)) &&
			(!filter.small || card.bytes.pictures < SMALL_BYTES) &&
			(!filter.here || isHere(card.id))
		);
	});
}
