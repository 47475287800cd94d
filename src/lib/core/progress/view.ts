/** Progress as pages show it: units done, the best score, the place to go on from, what to practise. */
import { compareStamps, own, type Facts, type MarkSaid, type Outcome, type UnitFacts } from './project.ts';

export interface UnitProgress {
	state: 'new' | 'begun' | 'done';
	/** Block to go on reading at, the same in every language (SRC-7); null: from the start. */
	block: number | null;
	/** 0 to 1. */
	share: number;
	/** Steps of a practice guide that are ticked. */
	steps: string[];
	best: Outcome | null;
	latest: Outcome | null;
	/** Items whose last answer was wrong. */
	wrong: string[];
	/** Milliseconds, by the clock of the device that did it; null while new. */
	lastAt: number | null;
}

export interface PackageProgress {
	units: Record<string, UnitProgress>;
	/** Units that are done. */
	done: number;
	/** The unit that something was last done in. */
	lastUnit: string | null;
	lastAt: number | null;
}

const NEW: UnitProgress = {
	state: 'new',
	block: null,
	share: 0,
	steps: [],
	best: null,
	latest: null,
	wrong: [],
	lastAt: null
};

/** Progress in one unit; a unit that was never opened is `new`. */
export const unitProgress = (progress: PackageProgress | null | undefined, unit: string): UnitProgress =>
	(progress && own(progress.units, unit)) ?? NEW;

/** Progress in one package. */
export function packageProgress(facts: Facts, id: string): PackageProgress {
	const entries = Object.entries(own(facts, id) ?? {});
	const [last] = entries.sort(([, one], [, other]) => compareStamps(other.last, one.last));
	const units = Object.fromEntries(entries.map(([unit, each]) => [unit, viewUnit(each)]));
	return {
		units,
		done: Object.values(units).filter((unit) => unit.state === 'done').length,
		lastUnit: last?.[0] ?? null,
		lastAt: last?.[1].last[0][0] ?? null
	};
}

/** A package and its units in their order, as a `PackagePage` has them. */
export interface Course {
	id: string;
	units: readonly string[];
}

export interface NextStep {
	package: string;
	unit: string;
	/** Whether the unit was begun, or is the next new one. */
	begun: boolean;
}

/**
 * The one next step: in the package where something was done last and something is left, the unit that was begun and
 * is not done, else the first that is not done after the last one, else the first that is not done. A package that
 * was never opened comes after all others, in the order given.
 */
export function nextStep(facts: Facts, courses: readonly Course[]): NextStep | null {
	const open = courses
		.map((course) => ({ course, progress: packageProgress(facts, course.id) }))
		.filter(({ course, progress }) =>
			course.units.some((unit) => unitProgress(progress, unit).state !== 'done')
		)
		.sort((one, other) => (other.progress.lastAt ?? 0) - (one.progress.lastAt ?? 0));
	const [chosen] = open;
	if (!chosen) return null;
	const { course, progress } = chosen;
	const left = course.units.filter((unit) => unitProgress(progress, unit).state !== 'done');
	const at = course.units.indexOf(progress.lastUnit ?? '');
	const unit =
		left.find((each) => each === progress.lastUnit) ??
		left.find((each) => course.units.indexOf(each) > at) ??
		left[0]!;
	return { package: course.id, unit, begun: unitProgress(progress, unit).state === 'begun' };
}

/** The marks that stand in a unit, by place; what was taken back is not among them. */
export const marksOf = (facts: UnitFacts | undefined): Record<string, MarkSaid> =>
	Object.fromEntries(
		Object.entries(facts?.marks ?? {}).flatMap(([place, { value }]) => (value ? [[place, value]] : []))
	);

function viewUnit(facts: UnitFacts): UnitProgress {
	const named = <Value>(record: Record<string, { value: Value }>, wanted: Value) =>
		Object.entries(record).flatMap(([key, { value }]) => (value === wanted ? [key] : []));
	return {
		state: facts.done ? 'done' : 'begun',
		block: facts.block?.value ?? null,
		share: facts.done ? 1 : facts.share,
		steps: named(facts.steps, true),
		best: facts.best?.value ?? null,
		latest: facts.latest?.value ?? null,
		wrong: named(facts.answers, false),
		lastAt: facts.last[0][0]
	};
}
