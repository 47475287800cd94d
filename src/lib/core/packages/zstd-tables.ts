/** Entropy tables of zstd (RFC 8878, 4): FSE and Huffman, and the bits that they are read from. Damage is a throw. */

/** Thrown at whatever no encoder writes. */
export const damaged = (): never => {
	throw new Error('damaged');
};

/** Bits `at` to `at + width` of bytes, the lowest first; at most 25 of them, zero outside of the bytes. */
const bitsAt = (bytes: Uint8Array, at: number, width: number): number => {
	const from = at >> 3;
	const four =
		(bytes[from] ?? 0) |
		((bytes[from + 1] ?? 0) << 8) |
		((bytes[from + 2] ?? 0) << 16) |
		((bytes[from + 3] ?? 0) << 24);
	return (four >>> (at & 7)) & ((1 << width) - 1);
};

/** A stream that is read from its end: the last bit that is set marks where it begins. */
export interface Bits {
	/** Bits that are left; below zero where zeros were read that are not there. */
	left: number;
	read(width: number): number;
	/** What `read` would give, nothing taken. */
	peek(width: number): number;
}

export function bitsOf(bytes: Uint8Array): Bits {
	const last = bytes[bytes.length - 1] || damaged();
	const bits: Bits = {
		left: bytes.length * 8 - 8 + (31 - Math.clz32(last)),
		read(width) {
			const value = bits.peek(width);
			bits.left -= width;
			return value;
		},
		peek(width) {
			const at = bits.left - width;
			return at < 0
				? (bitsAt(bytes, 0, bits.left < 0 ? 0 : bits.left) << -at) & ((1 << width) - 1)
				: bitsAt(bytes, at, width);
		}
	};
	return bits;
}

/** By state: a symbol, how many bits lead on, and to which state with none of them set. */
export interface Fse {
	log: number;
	symbols: Uint8Array;
	widths: Uint8Array;
	states: Uint16Array;
}

/** A table of shares of `1 << log` states; -1: a symbol that has one state, at the end (RFC 8878, 4.1.1). */
export function fseOf(shares: readonly number[], log: number): Fse {
	const size = 1 << log;
	const [symbols, widths, states] = [new Uint8Array(size), new Uint8Array(size), new Uint16Array(size)];
	const next = shares.map((share) => Math.abs(share));
	let high = size;
	shares.forEach((share, symbol) => {
		if (share < 0) symbols[--high] = symbol;
	});
	let at = 0;
	shares.forEach((share, symbol) => {
		for (let n = 0; n < share; n++) {
			symbols[at] = symbol;
			do at = (at + (size >> 1) + (size >> 3) + 3) & (size - 1);
			while (at >= high);
		}
	});
	symbols.forEach((symbol, state) => {
		const n = next[symbol]!++;
		const width = log - (31 - Math.clz32(n));
		widths[state] = width;
		states[state] = (n << width) - size;
	});
	return { log, symbols, widths, states };
}

/** Reads a table's description; answers it, and how many bytes that was. */
export function readFse(
	bytes: Uint8Array,
	mostLog: number,
	mostSymbol: number
): [table: Fse, length: number] {
	const log = (bytes[0]! & 15) + 5;
	const shares: number[] = [];
	let [left, at] = [1 << log, 4];
	if (log > mostLog) damaged();
	while (left > 0) {
		const width = 32 - Math.clz32(left + 1);
		const spare = (1 << width) - 2 - left;
		let value = bitsAt(bytes, at, width);
		const low = value & ((1 << (width - 1)) - 1);
		if (low < spare) [value, at] = [low, at + width - 1];
		else {
			at += width;
			if (value >> (width - 1)) value -= spare;
		}
		shares.push(value - 1);
		left -= Math.abs(value - 1);
		for (let more = value === 1 ? 3 : 0; more === 3;) {
			more = bitsAt(bytes, at, 2);
			at += 2;
			for (let n = 0; n < more; n++) shares.push(0);
			if (shares.length > 256) damaged();
		}
	}
	const length = (at + 7) >> 3;
	if (left < 0 || shares.length > mostSymbol + 1 || length > bytes.length) damaged();
	return [fseOf(shares, log), length];
}

/** By the next `log` bits: a symbol, and how many of them were its code. */
export interface Huffman {
	log: number;
	symbols: Uint8Array;
	widths: Uint8Array;
}

/** Reads a table of Huffman codes (RFC 8878, 4.2.1); answers it, and how many bytes that was. */
export function readHuffman(bytes: Uint8Array): [table: Huffman, length: number] {
	const head = bytes[0] ?? damaged();
	const packed = head < 128;
	const length = 1 + (packed ? head : (head - 126) >> 1);
	if (length > bytes.length) damaged();
	const weights: number[] = packed ? readWeights(bytes.subarray(1, length)) : [];
	for (let n = 0; !packed && n < head - 127; n++)
		weights.push((bytes[1 + (n >> 1)]! >> (n & 1 ? 0 : 4)) & 15);
	const sum = weights.reduce((all, weight) => all + ((1 << weight) >> 1), 0);
	const log = 32 - Math.clz32(sum);
	const rest = (1 << log) - sum;
	// The last weight is what makes it a whole; it must be one.
	if (sum === 0 || log > 11 || rest & (rest - 1)) damaged();
	weights.push(32 - Math.clz32(rest));
	const [symbols, widths] = [new Uint8Array(1 << log), new Uint8Array(1 << log)];
	let at = 0;
	for (let weight = 1; weight <= log; weight++) {
		weights.forEach((each, symbol) => {
			if (each !== weight) return;
			symbols.fill(symbol, at, at + ((1 << weight) >> 1));
			widths.fill(log + 1 - weight, at, (at += (1 << weight) >> 1));
		});
	}
	return [{ log, symbols, widths }, length];
}

/** Two states take turns; the stream ends where one reads bits that are not there. */
function readWeights(bytes: Uint8Array): number[] {
	const [{ log, symbols, widths, states }, length] = readFse(bytes, 6, 255);
	const bits = bitsOf(bytes.subarray(length));
	const turns = [bits.read(log), bits.read(log)];
	const weights: number[] = [];
	for (let turn = 0; bits.left >= 0; turn ^= 1) {
		const state = turns[turn]!;
		weights.push(symbols[state]!);
		if (weights.length > 254) damaged();
		turns[turn] = states[state]! + bits.read(widths[state]!);
		if (bits.left < 0) weights.push(symbols[turns[turn ^ 1]!]!);
	}
	return weights;
}
