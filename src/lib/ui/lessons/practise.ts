/** What to practise: items whose last answer was wrong, by package and unit, the latest first. */
import { compareStamps, type Facts, type Stamp } from '../../core/progress/project.ts';

export interface ToPractise {
	package: string;
	units: { unit: string; items: number; last: number }[];
}

export function toPractise(facts: Facts): ToPractise[] {
	const found = Object.entries(facts).flatMap(([id, units]) => {
		const open = Object.entries(units).flatMap(([unit, { answers }]) => {
			const wrong = Object.values(answers).filter(({ value }) => !value);
			if (wrong.length === 0) return [];
			const stamp = latest(wrong.map((answer) => answer.stamp));
			return [{ unit, items: wrong.length, stamp }];
		});
		if (open.length === 0) return [];
		open.sort((one, other) => compareStamps(other.stamp, one.stamp));
		return [{ package: id, stamp: open[0]!.stamp, open }];
	});
	return found
		.sort((one, other) => compareStamps(other.stamp, one.stamp))
		.map(({ package: id, open }) => ({
			package: id,
			units: open.map(({ unit, items, stamp }) => ({ unit, items, last: stamp[0][0] }))
		}));
}

const latest = (stamps: readonly Stamp[]): Stamp =>
	stamps.reduce((one, other) => (compareStamps(one, other) >= 0 ? one : other));
