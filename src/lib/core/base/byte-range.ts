/** One byte range of a request, as RFC 9110 (14.1.2) writes it. */
export interface ByteRange {
	start: number;
	/** The last byte, included. */
	end: number;
}

/**
 * Reads a `Range` header for a body of `size` bytes. Null: none was asked for, or several, or not bytes: the whole
 * body is the answer. `unsatisfiable`: it begins behind the end (416).
 */
export function parseRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
	const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? '') ?? [];
	if (from === undefined || to === undefined || (from === '' && to === '')) return null;
	if (from === '') {
		const length = Math.min(Number(to), size);
		return length > 0 ? { start: size - length, end: size - 1 } : 'unsatisfiable';
	}
	const start = Number(from);
	if (to !== '' && Number(to) < start) return null;
	if (start >= size) return 'unsatisfiable';
	return { start, end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
