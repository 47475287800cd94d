/** One measured figure: the median of its runs, with the least and the greatest. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	min: number;
	max: number;
	runs: number;
	/** What the value must not pass, or must reach, where something was promised. */
	limit: number | null;
	/** How much of what is allowed it takes: at most 1 holds the promise. */
	ratio: number | null;
}

/** Sums up the runs of one figure. `isLeast`: the limit is what must be reached. */
export function figure(
	name: string,
	unit: string,
	values: readonly number[],
	limit: number | null = null,
	isLeast = false
): Figure {
	const sorted = [...values].sort((a, b) => a - b);
	if (sorted.length === 0) throw new Error(`${name} was not measured`);
	const middle = (sorted.length - 1) / 2;
	const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
	return {
		name,
		value: round(median),
		unit,
		min: round(sorted[0]!),
		max: round(sorted.at(-1)!),
		runs: sorted.length,
		limit,
		ratio: limit === null ? null : round(isLeast ? limit / median : median / limit)
	};
}

const round = (value: number) => Number(value.toPrecision(4));
