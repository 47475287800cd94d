/** What a media file really is, read from its own first bytes; the name and its ending are only a claim (SRC-10). */
import { boxes, type Box } from './boxes.ts';
import { hasPlace, isWebm } from './media-metadata.ts';

export const MEDIA_FAULTS = [
	'media/not-mp4',
	'media/not-webm',
	'media/not-h264',
	'media/index-last',
	'media/wrong-size',
	'media/not-audio'
] as const;

export type MediaFaultCode = (typeof MEDIA_FAULTS)[number];

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

/** The type of an audio file by its first bytes, or null for one that is not taken: MP4 (AAC) and WebM (Opus). */
export function audioType(bytes: Uint8Array): 'audio/mp4' | 'audio/webm' | null {
	if (boxes(bytes)?.[0]?.type === 'ftyp') return 'audio/mp4';
	return isWebm(bytes) ? 'audio/webm' : null;
}
