/** What a media file really is, read from its own first bytes; the name and its ending are only a claim (SRC-10). */
export const MEDIA_FAULTS = [
	'media/not-mp4',
	'media/not-webm',
	'media/not-h264',
	'media/index-last',
	'media/wrong-size',
	'media/not-audio'
] as const;

export type MediaFaultCode = (typeof MEDIA_FAULTS)[number];

interface Box {
	type: string;
	/** The box's payload. */
	body: Uint8Array;
}

/** Boxes that lie in a row (ISO/IEC 14496-12, 4.2); null where lengths do not fit. */
function boxes(bytes: Uint8Array): Box[] | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found: Box[] = [];
	for (let at = 0; at < bytes.length;) {
		if (bytes.length - at < 8) return null;
		let size = view.getUint32(at);
		let head = 8;
		if (size === 1) {
			if (bytes.length - at < 16) return null;
			size = Number(view.getBigUint64(at + 8));
			head = 16;
		} else if (size === 0) size = bytes.length - at;
		if (size < head || at + size > bytes.length) return null;
		const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		found.push({ type, body: bytes.subarray(at + head, at + size) });
		at += size;
	}
	return found;
}

const inside = (box: Box | undefined, type: string): Box[] =>
	box ? (boxes(box.body) ?? []).filter((each) => each.type === type) : [];

/** What is wrong with a video variant: H.264 in MP4, index first, its shorter side as the variant says. */
export function checkVideo(bytes: Uint8Array, variant: '360p' | '144p'): MediaFaultCode | null {
	const top = boxes(bytes);
	if (!top || top[0]?.type !== 'ftyp') return 'media/not-mp4';
	const order = top.map((box) => box.type).filter((type) => type === 'moov' || type === 'mdat');
	if (!order.includes('moov') || !order.includes('mdat')) return 'media/not-mp4';
	if (order[0] !== 'moov') return 'media/index-last';
	const entries = inside(
		top.find((box) => box.type === 'moov'),
		'trak'
	)
		.flatMap((track) => inside(track, 'mdia'))
		.flatMap((media) => inside(media, 'minf'))
		.flatMap((info) => inside(info, 'stbl'))
		.flatMap((table) => inside(table, 'stsd'))
		// Version, flags and count stand before the entries.
		.flatMap(({ body }) => boxes(body.subarray(8)) ?? []);
	const picture = entries.find((entry) => entry.type === 'avc1');
	if (!picture || entries.some((entry) => !['avc1', 'mp4a'].includes(entry.type))) return 'media/not-h264';
	const size = new DataView(picture.body.buffer, picture.body.byteOffset, picture.body.byteLength);
	const shorter = Math.min(size.getUint16(24), size.getUint16(26));
	return shorter === parseInt(variant, 10) ? null : 'media/wrong-size';
}

/** What is wrong with a clip from a phone: not what its name says, index last, or it says where it was filmed. */
export function checkClipFile(
	bytes: Uint8Array,
	ending: 'mp4' | 'webm'
): MediaFaultCode | 'media/has-location' | null {
	if (ending === 'webm') {
		if (!isWebm(bytes)) return 'media/not-webm';
	} else {
		const order = (boxes(bytes) ?? []).map((box) => box.type);
		if (order[0] !== 'ftyp' || !order.includes('moov') || !order.includes('mdat')) return 'media/not-mp4';
		if (order.indexOf('moov') > order.indexOf('mdat')) return 'media/index-last';
	}
	return hasPlace(bytes) ? 'media/has-location' : null;
}

/**
 * Whether a recording says where it was made. MP4: `udta`, `meta` or XMP (`uuid`) boxes, of which QuickTime's `©xyz`
 * and 3GPP's `loci` name a place (a recording that was remuxed has none of them). WebM: the Tags element with a place.
 */
export function hasPlace(bytes: Uint8Array): boolean {
	if (isWebm(bytes))
		return PLACES.some(
			(name) => includes(bytes.subarray(0, HEAD), name) || includes(bytes.subarray(-HEAD), name)
		);
	const top = boxes(bytes) ?? [];
	const moov = top.find((box) => box.type === 'moov');
	const all = [...top, ...(moov ? (boxes(moov.body) ?? []) : [])];
	return all.some(({ type, body }) => {
		if (type === 'uuid') return true;
		return (type === 'udta' || type === 'meta') && MP4_PLACES.some((name) => includes(body, name));
	});
}

/** Where a muxer writes tags: before or after the pictures and sounds. */
const HEAD = 64 * 1024;
const PLACES = ['LOCATION', 'location', 'GPS'];
const MP4_PLACES = ['\xa9xyz', 'loci', 'com.apple.quicktime.location', 'GPS'];

function includes(bytes: Uint8Array, name: string): boolean {
	const codes = Array.from(name, (char) => char.charCodeAt(0));
	for (let at = bytes.indexOf(codes[0]!); at >= 0; at = bytes.indexOf(codes[0]!, at + 1)) {
		if (codes.every((code, index) => bytes[at + index] === code)) return true;
	}
	return false;
}

const isWebm = (bytes: Uint8Array): boolean =>
	[0x1a, 0x45, 0xdf, 0xa3].every((byte, index) => bytes[index] === byte);

/** The type of an audio file by its first bytes, or null for one that is not taken: MP4 (AAC) and WebM (Opus). */
export function audioType(bytes: Uint8Array): 'audio/mp4' | 'audio/webm' | null {
	if (boxes(bytes)?.[0]?.type === 'ftyp') return 'audio/mp4';
	return isWebm(bytes) ? 'audio/webm' : null;
}
