/** Which file of a video is played: what is on the phone before what costs bytes, the small one where bytes are dear. */
import type { VideoView } from '../../../core/lessons/unit-page.ts';

export type Variant = VideoView['variants'][number];
type Name = Variant['variant'];

const BEST: readonly Name[] = ['360p', '144p', 'audio'];
const SMALLEST: readonly Name[] = ['144p', 'audio', '360p'];

/** The variant to offer first. `thrifty`: the person saves data, or the link is slow. Null: there is no file. */
export function chooseVariant(variants: readonly Variant[], thrifty: boolean): Variant | null {
	const here = variants.filter((each) => each.here);
	return first(here, BEST) ?? first(variants, thrifty ? SMALLEST : BEST);
}

/** All that can be played now, best first. */
export const playable = (variants: readonly Variant[], online: boolean): Variant[] =>
	BEST.flatMap((name) => variants.filter((each) => each.variant === name && (each.here || online)));

function first(variants: readonly Variant[], order: readonly Name[]): Variant | null {
	for (const name of order) {
		const found = variants.find((each) => each.variant === name);
		if (found) return found;
	}
	return null;
}

/** Whether a browser says that bytes are dear (Network Information API; absent in Firefox and Safari). */
export function isThrifty(navigator: Navigator): boolean {
	const { connection } = navigator as Navigator & {
		connection?: { saveData?: boolean; effectiveType?: string };
	};
	return connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? '');
}
