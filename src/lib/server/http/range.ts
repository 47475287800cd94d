/** Byte ranges and conditions of a request (RFC 9110, 13 and 14), as pure functions over header texts. */

/** First and last byte, both included. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * The part of `size` bytes that a `Range` header asks for: `whole` where there is none, it cannot be read, or it asks
 * for several (RFC 9110, 14.2 lets a server ignore those); `unsatisfiable` where it lies outside.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
	const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? [];
	if (first === undefined || (first === '' && last === '')) return 'whole';
	if (first === '') {
		const length = Number(last);
		return length === 0 || size === 0
			? 'unsatisfiable'
			: { start: Math.max(0, size - length), end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return 'whole';
	return start >= size ? 'unsatisfiable' : { start, end };
}

/** Whether `If-None-Match` names this ETag (weak comparison), so that the answer is 304. */
export function isUnchanged(ifNoneMatch: string | null, etag: string): boolean {
	if (!ifNoneMatch) return false;
	if (ifNoneMatch.trim() === '*') return true;
	const strong = etag.replace(/^W\//, '');
	return ifNoneMatch.split(',').some((each) => each.trim().replace(/^W\//, '') === strong);
}

/** Whether the range may be answered: there is no `If-Range`, or it names this very ETag (strong comparison). */
export const mayAnswerRange = (ifRange: string | null, etag: string): boolean =>
	ifRange === null || ifRange.trim() === etag;
