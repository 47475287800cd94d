/**
 * Looks through the blocks of a zstd frame (RFC 8878, 3.1.1.2) before it is unpacked, without unpacking anything: a frame
 * that was made to keep the decoder busy for ever, or to write more than it says, is told by its headers (PCK-6).
 */

/** The most bytes that one block gives (RFC 8878, 3.1.1.2.4). */
export const MAX_BLOCK_BYTES = 128 * 1024;

const RAW = 0;
const RLE = 1;
const COMPRESSED = 2;
/** No match is shorter (RFC 8878, 3.1.1.3.2.1.1). */
const MIN_MATCH = 3;

/**
 * Whether blocks from `at` on end with the last block exactly at `end`, can together give no more than `size` bytes, and
 * hold nothing that the decoder never comes to the end of.
 */
export function areBlocksSound(frame: Uint8Array, at: number, end: number, size: number): boolean {
	let least = 0;
	for (let isLast = false; !isLast;) {
		if (at + 3 > end) return false;
		const head = frame[at]! | (frame[at + 1]! << 8) | (frame[at + 2]! << 16);
		const type = (head >> 1) & 3;
		const length = head >> 3;
		const from = at + 3;
		isLast = (head & 1) === 1;
		at = from + (type === RLE ? 1 : length);
		if (type > COMPRESSED || length > MAX_BLOCK_BYTES || at > end) return false;
		const gives = type === COMPRESSED ? leastOf(frame.subarray(from), length) : length;
		if (gives === null) return false;
		least += gives;
		if (least > size) return false;
	}
	return at === end;
}

/**
 * The fewest bytes that a compressed block can give: its literals and the shortest of its matches; null: unsound.
 * @param rest the frame from the block's first byte on: the decoder does not stop at the block's end
 */
function leastOf(rest: Uint8Array, length: number): number | null {
	const literals = readLiterals(rest, length);
	if (!literals || literals.size > MAX_BLOCK_BYTES) return null;
	const [first = -1, second = -1, third = -1] = rest.subarray(literals.end, length);
	if (first < 0) return null;
	if (first < 128) return literals.size + MIN_MATCH * first;
	if (second < 0) return null;
	if (first < 255) return literals.size + MIN_MATCH * (((first - 128) << 8) + second);
	return third < 0 ? null : literals.size + MIN_MATCH * (second + (third << 8) + 0x7f00);
}

/** Where the literals of a block end, and how many bytes they give (RFC 8878, 3.1.1.3.1). */
function readLiterals(rest: Uint8Array, length: number): { size: number; end: number } | null {
	if (length < 2) return null;
	const type = rest[0]! & 3;
	const format = (rest[0]! >> 2) & 3;
	if (type < COMPRESSED) {
		const head = format === 1 ? 2 : format === 3 ? 3 : 1;
		const size = bits(rest, format % 2 ? 4 : 3, format === 1 ? 12 : format === 3 ? 20 : 5);
		return { size, end: head + (type === RAW ? size : 1) };
	}
	const head = format < 2 ? 3 : 2 + format;
	const width = format < 2 ? 10 : 4 * format + 6;
	if (type === COMPRESSED && isEndless(rest.subarray(head))) return null;
	return { size: bits(rest, 4, width), end: head + bits(rest, 4 + width, width) };
}

/**
 * Whether the weights of a Huffman table are packed with a table of one symbol: each then takes no bit at all, and the
 * decoder reads them for ever. No encoder writes that; one symbol is written as a run.
 */
function isEndless(table: Uint8Array): boolean {
	if (table.length === 0 || table[0]! > 127) return false;
	const accuracy = bits(table, 8, 4) + 5;
	const whole = 1 << accuracy;
	// Symbols with no share come first, each with two bits that say how many more follow (RFC 8878, 4.1.1).
	for (let at = 12, symbol = 0; symbol < 256; symbol++) {
		const low = bits(table, at, accuracy);
		const spare = whole - 2;
		const value = low < spare ? low : bits(table, at, accuracy + 1);
		at += low < spare ? accuracy : accuracy + 1;
		const share = (value < whole ? value : value - spare) - 1;
		if (share !== 0) return share === whole;
		for (let more = 3; more === 3 && symbol < 256; symbol += more, at += 2) more = bits(table, at, 2);
	}
	return false;
}

/** A little-endian number of `width` bits from bit `at`; what lies behind the end is zero. */
function bits(bytes: Uint8Array, at: number, width: number): number {
	let value = 0;
	for (let bit = at + width - 1; bit >= at; bit--) {
		value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1);
	}
	return value;
}
