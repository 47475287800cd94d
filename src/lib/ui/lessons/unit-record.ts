/** What a reader did in a unit, as events, each said once. Says nothing where nobody is there to keep it. */
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { Happening } from '../../core/progress/event.ts';
import type { UnitProgress } from '../../core/progress/view.ts';
import type { Learner } from './learner.ts';
import { completes } from './onward.ts';
import type { Place } from './place.ts';

export interface RecordSource {
	page: () => UnitPage;
	progress: () => UnitProgress | null;
	learner: () => Learner | null | undefined;
}

export class UnitRecord {
	readonly #source: RecordSource;
	#rested: { block: number; share: number } | null = null;
	#score = '';

	constructor(source: RecordSource) {
		this.#source = source;
	}

	opened(): void {
		this.#say({ v: 'initialized', ...this.#common });
	}

	/** Where the reader came to rest, when that is somewhere else than before. */
	rested(place: Place | null, share: number): void {
		const progress = this.#source.progress();
		const before = this.#rested ?? { block: progress?.block ?? 0, share: progress?.share ?? 0 };
		const now = { block: place?.block ?? 0, share: Math.max(before.share, Math.round(share * 100) / 100) };
		if (now.block === before.block && now.share === before.share) return;
		this.#rested = now;
		this.#say({ v: 'progressed', r: { b: now.block, f: now.share }, ...this.#common });
	}

	/** A step of the guide was ticked, or no more. With the last one the unit is done. */
	ticked(step: string, done: boolean): void {
		this.#say({ v: 'progressed', r: { s: [step, done] }, ...this.#common });
		const before = new Set(this.#source.progress()?.steps);
		const steps = this.#source.page().practice?.key.steps ?? [];
		if (steps.every(({ id }) => (id === step ? done : before.has(id)))) this.done('steps');
	}

	/** What the simulation said; the same again is nothing new. */
	scored(raw: number, max: number): void {
		const score = `${raw}/${max}`;
		if (score === this.#score) return;
		this.#score = score;
		this.#say({ v: 'scored', r: { n: raw, m: max }, ...this.#common });
		this.done('score');
	}

	/** A deed that makes the unit done, if it is one in this unit. */
	done(deed: Parameters<typeof completes>[1]): void {
		const page = this.#source.page();
		if (this.#source.progress()?.state === 'done' || !completes(page, deed)) return;
		this.#say({ v: 'completed', ...this.#common });
	}

	get #common() {
		const page = this.#source.page();
		return { o: { p: page.package.id, u: page.unit.id }, c: { l: page.contentLanguage } };
	}

	#say(happening: Happening): void {
		void this.#source.learner()?.record(happening);
	}
}
