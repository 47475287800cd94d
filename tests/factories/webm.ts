/** A file with the elements of a WebM recording and nothing to see: enough for what walks through them. */
import { join } from './mp4.ts';

export interface WebmWishes {
	/** As a remuxer writes it; a recorder leaves the sizes of segment and clusters open. */
	sizes?: boolean;
	/** Elements before, between and after the clusters. */
	before?: Uint8Array;
	between?: Uint8Array;
	after?: Uint8Array;
	/** Bytes of pictures in each cluster. */
	data?: number;
	/** Pictures themselves. */
	pictures?: Uint8Array;
}

const NONE = new Uint8Array();
const SEGMENT = '18538067';
const CLUSTER = '1f43b675';

export function makeWebm({
	sizes = true,
	before = NONE,
	between = NONE,
	after = NONE,
	data = 64,
	pictures = NONE
}: WebmWishes = {}): Uint8Array {
	const block = element(
		'a3',
		pictures,
		Uint8Array.from({ length: data }, (_, at) => at % 251)
	);
	const row = sizes ? element : open;
	const cluster = row(CLUSTER, element('e7', new Uint8Array(1)), block);
	const kind = element('1a45dfa3', element('4282', new TextEncoder().encode('webm')));
	return join(kind, row(SEGMENT, before, cluster, between, cluster, after));
}

/** An EBML element: its id in hexadecimal digits, what is in it. */
export function element(id: string, ...body: Uint8Array[]): Uint8Array {
	const inner = join(...body);
	const size = new Uint8Array(8);
	new DataView(size.buffer).setBigUint64(0, BigInt(inner.length) | (1n << 56n));
	return join(Uint8Array.from(Buffer.from(id, 'hex')), size, inner);
}

/** One that does not say how long it is. */
const open = (id: string, ...body: Uint8Array[]): Uint8Array =>
	join(Uint8Array.from(Buffer.from(id, 'hex')), Uint8Array.of(1, 255, 255, 255, 255, 255, 255, 255), ...body);
