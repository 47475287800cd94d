/** A file with the chunks of a WebP picture and nothing to see: enough for what looks at its frame. */
import { join } from './mp4.ts';

export interface WebpWishes {
	width?: number;
	height?: number;
	form?: 'VP8 ' | 'VP8L' | 'VP8X';
	/** Side of the picture inside an extended frame, where it is not the frame's. */
	inner?: number;
	/** Chunks beside the picture. */
	extra?: string[];
}

export function makeWebp({
	width = 320,
	height = 240,
	form = 'VP8 ',
	inner,
	extra = []
}: WebpWishes = {}): Uint8Array {
	const lossy = frame(inner ?? width, inner ?? height);
	const chunks =
		form === 'VP8L'
			? [chunk('VP8L', lossless(width, height))]
			: form === 'VP8 '
				? [chunk('VP8 ', lossy)]
				: [chunk('VP8X', extended(width, height)), chunk('VP8 ', lossy)];
	const body = join(ascii('WEBP'), ...chunks, ...extra.map((name) => chunk(name, ascii('here'))));
	return chunk('RIFF', body);
}

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function chunk(name: string, body: Uint8Array): Uint8Array {
	const head = new Uint8Array(8);
	head.set(ascii(name));
	new DataView(head.buffer).setUint32(4, body.length, true);
	return join(head, body, new Uint8Array(body.length % 2));
}

function frame(width: number, height: number): Uint8Array {
	const bytes = new Uint8Array(20);
	bytes.set([0, 0, 0, 0x9d, 0x01, 0x2a]);
	const view = new DataView(bytes.buffer);
	view.setUint16(6, width, true);
	view.setUint16(8, height, true);
	return bytes;
}

function lossless(width: number, height: number): Uint8Array {
	const bytes = new Uint8Array(20);
	bytes[0] = 0x2f;
	new DataView(bytes.buffer).setUint32(1, (width - 1) | ((height - 1) << 14), true);
	return bytes;
}

function extended(width: number, height: number): Uint8Array {
	const bytes = new Uint8Array(10);
	const view = new DataView(bytes.buffer);
	for (const [at, side] of [
		[4, width - 1],
		[7, height - 1]
	] as const) {
		view.setUint16(at, side & 0xffff, true);
		view.setUint8(at + 2, side >>> 16);
	}
	return bytes;
}
