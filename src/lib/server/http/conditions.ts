/** Conditions of a request (RFC 9110, 13), as pure functions over header texts. */

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
