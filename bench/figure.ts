/** One measured figure: the median of its runs, with the least and the greatest. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	min: number;
	max: number;
	runs: number;
	/** What the value must not pass, where something was promised. */
	limit: number | null;
	/** Value over limit: at most 1 holds the promise. */
	ratio: number | null;
}

/** Sums up the runs of one figure. */
export function figure(
	name: string,
	unit: string,
	values: readonly number[],
	limit: number | null = null
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
		ratio: limit === null ? null : round(median / limit)
	};
}

const round = (value: number) => Number(value.toPrecision(4));
