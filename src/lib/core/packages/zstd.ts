/**
 * Unpacks the blocks of a zstd frame (RFC 8878, 3.1.1.2) behind a base, to which its matches may reach back: all that a
 * phone needs of zstd. It ends on whatever bytes, writes nothing beyond what it was given, and throws on damage; that the
 * bytes are the right ones is their SHA-256's to say.
 */
import { bitsOf, damaged, fseOf, readFse, readHuffman, type Fse, type Huffman } from './zstd-tables.ts';

/** The most bytes that one block gives (RFC 8878, 3.1.1.2.4). */
export const MAX_BLOCK_BYTES = 128 * 1024;

const repeat = (value: number, times: number): number[] => Array<number>(times).fill(value);
/** Bits behind the codes of literal lengths, and of match lengths (3.1.1.3.2.1.1). */
const LITERAL_BITS = [...repeat(0, 16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MATCH_BITS = [...repeat(0, 32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
/** The smallest length of each code: they follow each other without gaps. */
const lengthsOf = (bits: readonly number[], first: number): number[] =>
	bits.map((_, code) => bits.slice(0, code).reduce((sum, width) => sum + 2 ** width, first));
const LITERALS = lengthsOf(LITERAL_BITS, 0);
const MATCHES = lengthsOf(MATCH_BITS, 3);
/** A window of 16 MB and a base of 16 MB are reached with this many bits. */
const MOST_OFFSET_BITS = 25;

/** Tables of literal lengths, offsets and match lengths, as they stand before a frame says others (3.1.1.3.2.2). */
const usual = (): Fse[] => [
	fseOf([4, 3, ...repeat(2, 11), 1, 1, 1, ...repeat(2, 9), 3, 2, ...repeat(1, 5), ...repeat(-1, 4)], 6),
	fseOf([...repeat(1, 6), 2, 2, 2, ...repeat(1, 15), ...repeat(-1, 5)], 5),
	fseOf([1, 4, 3, ...repeat(2, 6), ...repeat(1, 37), ...repeat(-1, 7)], 6)
];
const MOST_LOGS = [9, 8, 9];
const MOST_SYMBOLS = [LITERALS.length - 1, MOST_OFFSET_BITS, MATCHES.length - 1];

/** Unpacks `blocks` into `out` from `at` on, to its end; what is in `out` before `at` is the base. */
export function unpackBlocks(blocks: Uint8Array, out: Uint8Array, at: number): void {
	let from = 0;
	let huffman: Huffman | null = null;
	let tables: (Fse | null)[] = [null, null, null];
	const offsets = [1, 4, 8];

	for (let isLast = false; !isLast;) {
		if (from + 3 > blocks.length) damaged();
		const head = blocks[from]! | (blocks[from + 1]! << 8) | (blocks[from + 2]! << 16);
		const [type, size] = [(head >> 1) & 3, head >> 3];
		const body = blocks.subarray(from + 3, from + 3 + (type === 1 ? 1 : size));
		from += 3 + (type === 1 ? 1 : size);
		isLast = (head & 1) === 1;
		if (type > 2 || size > MAX_BLOCK_BYTES || from > blocks.length) damaged();
		if (type === 2) unpackBlock(body);
		else {
			room(size);
			if (type === 0) out.set(body, at);
			else out.fill(body[0]!, at, at + size);
			at += size;
		}
	}
	if (from !== blocks.length || at !== out.length) damaged();

	function room(bytes: number): void {
		if (at + bytes > out.length) damaged();
	}

	/** Literals, then sequences: some literals, and a match behind them, each time (3.1.1.3). */
	function unpackBlock(body: Uint8Array): void {
		const [literals, used] = readLiterals(body);
		const rest = body.subarray(used);
		let [count = damaged(), head] = [rest[0], 1];
		if (count > 127) {
			count = count < 255 ? ((count - 128) << 8) + rest[1]! : rest[1]! + (rest[2]! << 8) + 0x7f00;
			head = rest[0]! < 255 ? 2 : 3;
		}
		let taken = 0;
		if (count > 0) {
			const modes = rest[head++] ?? damaged();
			if (modes & 3) damaged();
			const standard = usual();
			tables = tables.map((before, n) => {
				const mode = (modes >> (6 - 2 * n)) & 3;
				if (mode === 3) return before ?? damaged();
				if (mode === 0) return standard[n]!;
				if (mode === 1) {
					const symbol = rest[head++] ?? damaged();
					if (symbol > MOST_SYMBOLS[n]!) damaged();
					return {
						log: 0,
						symbols: Uint8Array.of(symbol),
						widths: new Uint8Array(1),
						states: new Uint16Array(1)
					};
				}
				const [table, length] = readFse(rest.subarray(head), MOST_LOGS[n]!, MOST_SYMBOLS[n]!);
				head += length;
				return table;
			});
			taken = follow(rest.subarray(head), count, literals);
		} else if (rest.length !== head) damaged();
		room(literals.length - taken);
		out.set(literals.subarray(taken), at);
		at += literals.length - taken;
	}

	/** Carries out the sequences; answers how many literals they took (3.1.1.3.2.1, 3.1.1.4, 3.1.1.5). */
	function follow(stream: Uint8Array, count: number, literals: Uint8Array): number {
		const bits = bitsOf(stream);
		const [lengths, distances, matches] = tables as [Fse, Fse, Fse];
		let [l, o, m] = [bits.read(lengths.log), bits.read(distances.log), bits.read(matches.log)];
		let taken = 0;
		for (let n = 0; n < count; n++) {
			const [lengthCode, matchCode, width] = [
				lengths.symbols[l]!,
				matches.symbols[m]!,
				distances.symbols[o]!
			];
			const distance = 2 ** width + bits.read(width);
			let match = MATCHES[matchCode]! + bits.read(MATCH_BITS[matchCode]!);
			const length = LITERALS[lengthCode]! + bits.read(LITERAL_BITS[lengthCode]!);
			let offset = distance - 3;
			// The last three offsets can be named again; with no literals before it the first of them would make no sense.
			const which = distance > 3 ? 3 : distance - 1 + Number(length === 0);
			if (distance < 4) offset = which < 3 ? offsets[which]! : offsets[0]! - 1;
			offsets.splice(Math.min(which, 2), 1);
			offsets.unshift(offset);
			if (n < count - 1) {
				l = lengths.states[l]! + bits.read(lengths.widths[l]!);
				m = matches.states[m]! + bits.read(matches.widths[m]!);
				o = distances.states[o]! + bits.read(distances.widths[o]!);
			}
			room(length + match);
			if (taken + length > literals.length) damaged();
			out.set(literals.subarray(taken, (taken += length)), at);
			at += length;
			if (offset < 1 || offset > at) damaged();
			if (offset >= match) {
				out.copyWithin(at, at - offset, at - offset + match);
				at += match;
			} else for (; match > 0; match--, at++) out[at] = out[at - offset]!;
		}
		if (bits.left !== 0) damaged();
		return taken;
	}

	/** The literals of a block, and how many bytes they take there (3.1.1.3.1). */
	function readLiterals(body: Uint8Array): [Uint8Array, number] {
		const first = body[0] ?? damaged();
		const [type, format] = [first & 3, (first >> 2) & 3];
		const word =
			first +
			((body[1] ?? 0) << 8) +
			((body[2] ?? 0) << 16) +
			(body[3] ?? 0) * 2 ** 24 +
			(body[4] ?? 0) * 2 ** 32;
		/** `width` bits of the header from bit `shift` on. */
		const field = (shift: number, width: number) => Math.floor(word / 2 ** shift) % 2 ** width;
		if (type < 2) {
			const head = format === 1 ? 2 : format === 3 ? 3 : 1;
			const size = format === 1 ? field(4, 12) : format === 3 ? field(4, 20) : field(3, 5);
			const end = head + (type ? 1 : size);
			if (size > MAX_BLOCK_BYTES || end > body.length) damaged();
			return [type ? new Uint8Array(size).fill(body[head]!) : body.subarray(head, end), end];
		}
		const width = format < 2 ? 10 : 4 * format + 6;
		const head = format < 2 ? 3 : format + 2;
		const [size, packed] = [field(4, width), field(4 + width, width)];
		const end = head + packed;
		if (size > MAX_BLOCK_BYTES || end > body.length) damaged();
		let from = head;
		if (type === 2) {
			const [table, length] = readHuffman(body.subarray(head, end));
			huffman = table;
			from += length;
		}
		const literals = new Uint8Array(size);
		const table = huffman ?? damaged();
		if (format === 0) unpackStream(table, body.subarray(from, end), literals);
		else {
			// Four streams, each but the last with its length in front.
			const each = (size + 3) >> 2;
			let start = from + 6;
			for (let n = 0; n < 4; n++) {
				const length = n < 3 ? body[from + 2 * n]! | (body[from + 2 * n + 1]! << 8) : end - start;
				if (start > end || start + length > end || n * each > size) damaged();
				unpackStream(
					table,
					body.subarray(start, start + length),
					literals.subarray(n * each, n < 3 ? (n + 1) * each : size)
				);
				start += length;
			}
		}
		return [literals, end];
	}
}

function unpackStream({ log, symbols, widths }: Huffman, stream: Uint8Array, into: Uint8Array): void {
	const bits = bitsOf(stream);
	for (let at = 0; at < into.length; at++) {
		const code = bits.peek(log);
		into[at] = symbols[code]!;
		bits.left -= widths[code]!;
	}
	if (bits.left !== 0) damaged();
}
