/** Two sequences side by side: what stayed, what went, what came (Myers, "An O(ND) Difference Algorithm", 1986). */

export type Step =
	| { kind: 'same'; before: number; now: number }
	| { kind: 'old'; before: number }
	| { kind: 'new'; now: number };

/** More differences than a reader can follow: the rest is shown as old and new, whole. */
const MAX_DIFFERENCES = 1500;

/** The shortest way from `before` to `now`, in order. Elements are alike when their strings are. */
export function align(before: readonly string[], now: readonly string[]): Step[] {
	let start = 0;
	const shorter = Math.min(before.length, now.length);
	while (start < shorter && before[start] === now[start]) start += 1;
	let end = 0;
	while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1;
	const same = (count: number, fromBefore: number, fromNow: number): Step[] =>
		Array.from({ length: count }, (_, at) => ({ kind: 'same', before: fromBefore + at, now: fromNow + at }));
	return [
		...same(start, 0, 0),
		...middle(before.slice(start, before.length - end), now.slice(start, now.length - end)).map((step) =>
			shift(step, start)
		),
		...same(end, before.length - end, now.length - end)
	];
}

function shift(step: Step, by: number): Step {
	if (step.kind === 'same') return { ...step, before: step.before + by, now: step.now + by };
	return step.kind === 'old' ? { ...step, before: step.before + by } : { ...step, now: step.now + by };
}

function middle(before: readonly string[], now: readonly string[]): Step[] {
	const [n, m] = [before.length, now.length];
	const limit = Math.min(n + m, MAX_DIFFERENCES);
	const offset = limit + 1;
	const furthest = new Int32Array(2 * limit + 3);
	const trace: Int32Array[] = [];
	for (let depth = 0; depth <= limit; depth += 1) {
		trace.push(furthest.slice(offset - depth - 1, offset + depth + 2));
		for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
			const at = offset + diagonal;
			const isDown = diagonal === -depth || (diagonal !== depth && furthest[at - 1]! < furthest[at + 1]!);
			let x = isDown ? furthest[at + 1]! : furthest[at - 1]! + 1;
			let y = x - diagonal;
			while (x < n && y < m && before[x] === now[y]) {
				x += 1;
				y += 1;
			}
			furthest[at] = x;
			if (x >= n && y >= m) return walkBack(trace, n, m);
		}
	}
	return [
		...before.map((_, at): Step => ({ kind: 'old', before: at })),
		...now.map((_, at): Step => ({ kind: 'new', now: at }))
	];
}

/** From the end to the beginning along the rounds that led there. */
function walkBack(trace: readonly Int32Array[], n: number, m: number): Step[] {
	const steps: Step[] = [];
	let [x, y] = [n, m];
	for (let depth = trace.length - 1; depth >= 0; depth -= 1) {
		// `trace[depth]` holds the diagonals from -depth-1 to depth+1, as they stood before this round.
		const at = (diagonal: number): number => trace[depth]![diagonal + depth + 1]!;
		const diagonal = x - y;
		const isDown = diagonal === -depth || (diagonal !== depth && at(diagonal - 1) < at(diagonal + 1));
		const from = isDown ? diagonal + 1 : diagonal - 1;
		const startX = at(from);
		const startY = startX - from;
		while (x > startX && y > startY) {
			x -= 1;
			y -= 1;
			steps.push({ kind: 'same', before: x, now: y });
		}
		if (depth === 0) break;
		steps.push(isDown ? { kind: 'new', now: startY } : { kind: 'old', before: startX });
		[x, y] = [startX, startY];
	}
	return steps.reverse();
}
