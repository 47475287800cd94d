/**
 * Marking of places in a unit (FBK-3): off until the reader asks for it, so that a lesson opens without a byte of it and
 * its page stays calm. What was marked is the learner's log; here it is only shown.
 */
import { getContext, setContext, type Component } from 'svelte';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { Mark } from '../../core/progress/marks.ts';
import type { MarkSaid } from '../../core/progress/project.ts';
import type { Learner } from './learner.ts';

const KEY = Symbol('marking');

export class Marking {
	/** What draws a place's mark; null while marking is off. */
	draw = $state.raw<Component<{ place: string }> | null>(null);
	marks = $state.raw<Readonly<Record<string, MarkSaid>>>({});
	/** Places marked since the page was opened and written to this phone's disk. */
	saved = $state.raw<readonly string[]>([]);
	readonly #page: () => UnitPage;
	readonly #learner: () => Learner | null | undefined;

	constructor(page: () => UnitPage, learner: () => Learner | null | undefined) {
		this.#page = page;
		this.#learner = learner;
		setContext(KEY, this);
	}

	async toggle(): Promise<void> {
		if (this.draw) {
			this.draw = null;
			return;
		}
		this.marks = (await this.#learner()?.loadMarks()) ?? {};
		this.draw = (await import('./marks/PlaceMark.svelte')).default;
	}

	/** True when the mark is on this phone's disk; `mark` null takes it back. */
	async set(place: string, mark: Mark | null, words: string): Promise<boolean> {
		const { package: of, unit, contentLanguage: language, languagePart: part } = this.#page();
		const said = words.trim();
		const kept = await this.#learner()?.record({
			v: 'commented',
			o: { p: of.id, u: unit.id },
			r: { k: place, m: mark, ...(mark && said !== '' ? { x: said } : {}) },
			c: { l: language, d: part }
		});
		if (!kept) return false;
		const others = Object.entries(this.marks).filter(([at]) => at !== place);
		const now = mark && { mark, words: said || null, language, part };
		this.marks = Object.fromEntries(now ? [...others, [place, now]] : others);
		this.saved = [...this.saved, place];
		return true;
	}
}

export const useMarking = (): Marking => getContext(KEY);
