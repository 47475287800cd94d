/** Which compression a client takes (RFC 9110, 12.5.3). */
import type { Encoding } from '../base/compress.ts';

/** In the order in which we would send them: brotli is the smallest for text of this size. */
const ENCODINGS: readonly Encoding[] = ['br', 'zstd', 'gzip'];

/** The encoding to answer with, or null for none. */
export function chooseEncoding<Name extends string = Encoding>(
	accept: string | null,
	available: readonly Name[] = ENCODINGS as readonly Name[]
): Name | null {
	const weights = new Map(
		(accept ?? '').split(',').map((each) => {
			const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
			const q = parameters.find((parameter) => parameter.startsWith('q='));
			return [name, q ? Number(q.slice(2)) || 0 : 1] as const;
		})
	);
	const weightOf = (encoding: Name) => weights.get(encoding) ?? weights.get('*') ?? 0;
	// Not by the client's order of preference: browsers list all with the same weight.
	return available.find((encoding) => weightOf(encoding) > 0) ?? null;
}
