/** A file with the boxes of an H.264 video in MP4 and nothing to see: enough for what looks at boxes. */
export interface Mp4Wishes {
	height?: number;
	codec?: string;
	/** Put the media data before the index. */
	indexLast?: boolean;
	/** Bytes of media data. */
	data?: number;
}

export function makeMp4({
	height = 360,
	codec = 'avc1',
	indexLast = false,
	data = 64
}: Mp4Wishes = {}): Uint8Array {
	const picture = new Uint8Array(78);
	new DataView(picture.buffer).setUint16(24, Math.round((height * 16) / 9));
	new DataView(picture.buffer).setUint16(26, height);
	const entries = join(new Uint8Array([0, 0, 0, 0, 0, 0, 0, 1]), box(codec, picture));
	const index = ['stsd', 'stbl', 'minf', 'mdia', 'trak', 'moov'].reduce(
		(inner, type) => box(type, inner),
		entries
	);
	const media = box(
		'mdat',
		Uint8Array.from({ length: data }, (_, at) => at % 251)
	);
	const kind = box('ftyp', new TextEncoder().encode('isom'));
	return indexLast ? join(kind, media, index) : join(kind, index, media);
}

/** A box around bytes; the letters of its type are one byte each. */
export function box(type: string, body: Uint8Array): Uint8Array {
	const head = new Uint8Array(8);
	new DataView(head.buffer).setUint32(0, body.length + 8);
	head.set(
		Uint8Array.from(type, (letter) => letter.charCodeAt(0)),
		4
	);
	return join(head, body);
}

export function join(...pieces: Uint8Array[]): Uint8Array {
	const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}
