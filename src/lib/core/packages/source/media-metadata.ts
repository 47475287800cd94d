/**
 * Whether a recording says where it was made (SRC-15). What a phone's own camera writes beside pictures and sound is
 * looked for where each format has room for it, never in the pictures themselves, where any few letters stand by chance.
 */
import { boxes } from './boxes.ts';

/** True where a place may travel with it: named, in XMP, in a track of measurements or in an attached file. */
export function hasPlace(bytes: Uint8Array): boolean {
	return isWebm(bytes) ? webmHasPlace(bytes) : mp4HasPlace(bytes);
}

export const isWebm = (bytes: Uint8Array): boolean =>
	[0x1a, 0x45, 0xdf, 0xa3].every((byte, index) => bytes[index] === byte);

/** QuickTime's `©xyz`, 3GPP's `loci`, Apple's keys, XMP, EXIF; each written as its makers write it. */
const MP4_PLACE = /\xa9xyz|loci|XMP_|xmpmeta|Exif|GPS|ISO6709|[Ll]ocation|[Ll]atitude|[Ll]ongitude/;
const WORDS = new Set(['udta', 'meta', 'ilst', 'keys']);
const HOLDERS = new Set(['moov', 'trak', 'mdia', 'minf', 'moof', 'traf']);
/** Kinds of tracks that measure something while it is filmed: cameras write their position there. */
const MEASURING = new Set(['meta', 'camm']);

function mp4HasPlace(bytes: Uint8Array): boolean {
	const found = boxes(bytes);
	// What cannot be walked through is searched as a whole: better one refused than one place given away.
	if (!found) return MP4_PLACE.test(latin(bytes));
	return found.some(({ type, body }) => {
		// A box of somebody's own: XMP is one, and what the others say nobody knows.
		if (type === 'uuid') return true;
		if (WORDS.has(type)) return MP4_PLACE.test(latin(body));
		if (type === 'hdlr') return MEASURING.has(latin(body.subarray(8, 12)));
		return HOLDERS.has(type) && mp4HasPlace(body);
	});
}

const SEGMENT = 0x18538067;
const CLUSTER = 0x1f43b675;
const TAGS = 0x1254c367;
const TRACKS = 0x1654ae6b;
const ATTACHMENTS = 0x1941a469;
/** Tags are named by whoever wrote them; a value may be a place too (ISO 6709). */
const WEBM_PLACE = /location|latitude|longitude|iso6709|gps|[+-]\d\d\.\d+[+-]\d{2,3}\.\d/i;
const MEASURED = /\/METADATA/;

function webmHasPlace(bytes: Uint8Array): boolean {
	for (let at = 0; at < bytes.length;) {
		const element = elementAt(bytes, at);
		const isRow = element?.id === SEGMENT || (element?.id === CLUSTER && element.to === null);
		if (!element || (element.to === null && !isRow)) return WEBM_PLACE.test(latin(bytes.subarray(at)));
		const { id, from, to } = element;
		const text = (of: number) => (id === of ? latin(bytes.subarray(from, to!)) : '');
		if (id === ATTACHMENTS || WEBM_PLACE.test(text(TAGS)) || MEASURED.test(text(TRACKS))) return true;
		// A recorder does not know how long these will be; what is in them lies in a row like what is beside them.
		at = isRow ? from : to!;
	}
	return false;
}

interface Element {
	id: number;
	from: number;
	/** Null where the file does not say. */
	to: number | null;
}

/** The EBML element at a place (RFC 8794, 5 and 6), or null where there is none. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
	const idLength = lengthAt(bytes, at);
	if (idLength > 4) return null;
	const sizeLength = lengthAt(bytes, at + idLength);
	const from = at + idLength + sizeLength;
	if (sizeLength > 8 || from > bytes.length) return null;
	const number = (start: number, end: number, first: number) =>
		bytes.subarray(start + 1, end).reduce((sum, byte) => sum * 256 + byte, first);
	const id = number(at, at + idLength, bytes[at]!);
	const mark = 0xff >>> sizeLength;
	const first = bytes[at + idLength]! & mark;
	const isUnknown = first === mark && bytes.subarray(at + idLength + 1, from).every((byte) => byte === 0xff);
	if (isUnknown) return { id, from, to: null };
	const to = from + number(at + idLength, from, first);
	return to > bytes.length ? null : { id, from, to };
}

/** How many bytes a number takes, by the zeros that it begins with; 9 where it is none. */
const lengthAt = (bytes: Uint8Array, at: number): number => Math.clz32(bytes[at] ?? 0) - 23;

/** Each byte as the character of its number. */
const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
