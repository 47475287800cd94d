/** How near the day is by which something that is out has to be looked at again. */
const SOON = 60 * 86_400_000;

export function dueOf(reviewBy: string | null, now: number): 'past' | 'soon' | 'later' | null {
	if (reviewBy === null) return null;
	const left = Date.parse(reviewBy) - now;
	return left < 0 ? 'past' : left < SOON ? 'soon' : 'later';
}
