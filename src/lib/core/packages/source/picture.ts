/** What a photo really is, read from its own bytes (SRC-13): WebP, of a size a phone can hold, without a place in it. */
export const PICTURE_FAULTS = ['media/not-webp', 'media/too-many-pixels', 'media/has-location'] as const;
export type PictureFaultCode = (typeof PICTURE_FAULTS)[number];

/** Pixels of the longer side: more than any phone shows, and 10 MB when decoded. */
const MAX_SIDE = 1600;
/** Chunks that say where, when or with what (RIFF container of WebP, "Metadata"). */
const METADATA = new Set(['EXIF', 'XMP ']);
const PICTURES = new Set(['VP8 ', 'VP8L', 'VP8X']);

interface Chunk {
	name: string;
	body: DataView;
}

/** The chunks of a RIFF file of form WEBP, or null where lengths do not fit or it is none. */
function chunksOf(bytes: Uint8Array): Chunk[] | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
	if (bytes.length < 20 || name(0) !== 'RIFF' || name(8) !== 'WEBP') return null;
	if (view.getUint32(4, true) + 8 !== bytes.length) return null;
	const found: Chunk[] = [];
	for (let at = 12; at < bytes.length;) {
		if (bytes.length - at < 8) return null;
		const size = view.getUint32(at + 4, true);
		if (at + 8 + size > bytes.length) return null;
		found.push({ name: name(at), body: new DataView(bytes.buffer, bytes.byteOffset + at + 8, size) });
		at += 8 + size + (size % 2);
	}
	return found;
}

/** Width and height in pixels of what is drawn, or null where it is not a WebP picture. */
export function pictureSize(bytes: Uint8Array): Size | null {
	const [first] = chunksOf(bytes) ?? [];
	return first && PICTURES.has(first.name) ? sizeOf(first) : null;
}

interface Size {
	width: number;
	height: number;
}

/** The size that a chunk states: the extended frame, or a picture, lossless or not (RFC 9649, 2.5 to 2.7). */
function sizeOf({ name, body }: Chunk): Size | null {
	if (body.byteLength < 10) return null;
	const three = (at: number) => body.getUint16(at, true) | (body.getUint8(at + 2) << 16);
	if (name === 'VP8X') return { width: three(4) + 1, height: three(7) + 1 };
	if (name === 'VP8L') {
		if (body.getUint8(0) !== 0x2f) return null;
		const bits = body.getUint32(1, true);
		return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
	}
	const isKeyFrame = three(3) === 0x2a019d;
	return isKeyFrame
		? { width: body.getUint16(6, true) & 0x3fff, height: body.getUint16(8, true) & 0x3fff }
		: null;
}

/** What is wrong with a photo, or null. */
export function checkPicture(bytes: Uint8Array): PictureFaultCode | null {
	const chunks = chunksOf(bytes) ?? [];
	const pictures = chunks.filter(({ name }) => name === 'VP8 ' || name === 'VP8L');
	// A frame may state another size than the picture in it, which is what fills the memory.
	const sizes = chunks.filter(({ name }) => PICTURES.has(name)).map(sizeOf);
	// What moves is a video, and may be a bomb: its frames are not looked at here.
	const moves = chunks.some(({ name }) => name === 'ANIM' || name === 'ANMF');
	if (!pictureSize(bytes) || pictures.length !== 1 || moves || sizes.includes(null)) return 'media/not-webp';
	if (sizes.some((size) => Math.max(size!.width, size!.height) > MAX_SIDE)) return 'media/too-many-pixels';
	return chunks.some(({ name }) => METADATA.has(name)) ? 'media/has-location' : null;
}
