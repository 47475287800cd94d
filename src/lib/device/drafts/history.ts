/**
 * A draft with what was done to it: changes, undo, redo, and which of it the disk has not got yet (DRA-20, DRA-21).
 * Pure of IO: the clock comes in as an argument.
 */
import { applyPatch, diffDrafts, invertPatch, type Patch } from '../../core/drafts/patch.ts';
import type { Draft } from '../../core/drafts/draft.ts';

/** One step of undo; `base` is the draft before it, while it may still grow. */
interface Step {
	n: number;
	patch: Patch;
	size: number;
	place: string | null;
	at: number;
	base: Draft | null;
}

export interface StoredStep {
	n: number;
	patch: string;
}

/** What a save has to write. */
export interface Unsaved {
	draft: Draft;
	position: number;
	/** Steps that are new or grew. */
	steps: StoredStep[];
	/** Steps from here to here are the ones that count; others go. */
	first: number;
	last: number;
}

const MOST_STEPS = 200;
const MOST_BYTES = 2 * 1024 * 1024;
/** Typing in one field without a longer pause than this is one step. */
const TOGETHER = 1_500;
/** A step does not grow for longer than this, so that undo never takes back minutes of writing. */
const LONGEST = 20_000;

export class History {
	draft: Draft;
	/** Number of the last step that is applied. */
	position: number;
	private steps: Step[];
	private unsaved = new Set<number>();
	private isDirty = false;

	constructor(draft: Draft, position: number, steps: readonly StoredStep[]) {
		this.draft = draft;
		this.position = position;
		this.steps = steps.map(({ n, patch }) => ({
			n,
			patch: JSON.parse(patch) as Patch,
			size: patch.length,
			place: null,
			at: 0,
			base: null
		}));
	}

	get canUndo(): boolean {
		return this.steps.some(({ n }) => n <= this.position);
	}

	get canRedo(): boolean {
		return this.steps.some(({ n }) => n > this.position);
	}

	get hasUnsaved(): boolean {
		return this.isDirty;
	}

	/** Takes a changed draft in. `place`: what was typed into, or null for a step of its own. */
	change(changed: Draft, place: string | null, now: number): void {
		const last = this.steps.at(-1);
		const grows =
			last?.base &&
			place !== null &&
			last.place === place &&
			last.n === this.position &&
			now - last.at < TOGETHER &&
			now - this.beganAt < LONGEST;
		if (grows) this.grow(last, changed, now);
		else this.begin(changed, place, now);
		this.draft = { ...changed, changedAt: now };
		this.isDirty = true;
		this.bound();
	}

	undo(now: number): void {
		const step = this.steps.findLast(({ n }) => n <= this.position);
		if (!step) return;
		this.move(invertPatch(step.patch), step.n - 1, now);
	}

	redo(now: number): void {
		const step = this.steps.find(({ n }) => n > this.position);
		if (!step) return;
		this.move(step.patch, step.n, now);
	}

	/** What the disk lacks. Ends the growing of no step: the next key is still part of it. */
	take(): Unsaved {
		const steps = this.steps.filter(({ n }) => this.unsaved.has(n));
		this.unsaved = new Set();
		this.isDirty = false;
		return {
			draft: this.draft,
			position: this.position,
			steps: steps.map(({ n, patch }) => ({ n, patch: JSON.stringify(patch) })),
			first: this.steps[0]?.n ?? this.position + 1,
			last: this.steps.at(-1)?.n ?? this.position
		};
	}

	/** A save did not reach the disk: all that it had is to be written again. */
	giveBack({ steps }: Unsaved): void {
		for (const { n } of steps) this.unsaved.add(n);
		this.isDirty = true;
	}

	private beganAt = 0;

	private begin(changed: Draft, place: string | null, now: number): void {
		// What was undone is gone once something else is done.
		this.steps = this.steps.filter(({ n }) => n <= this.position);
		this.beganAt = now;
		this.position += 1;
		this.steps.push({
			n: this.position,
			...sized(diffDrafts(this.draft, { ...changed, changedAt: this.draft.changedAt })),
			place,
			at: now,
			base: this.draft
		});
		for (const step of this.steps.slice(0, -1)) step.base = null;
		this.unsaved.add(this.position);
	}

	private grow(step: Step, changed: Draft, now: number): void {
		const base = step.base!;
		Object.assign(step, sized(diffDrafts(base, { ...changed, changedAt: base.changedAt })), { at: now });
		this.unsaved.add(step.n);
	}

	private move(patch: Patch, position: number, now: number): void {
		this.draft = { ...applyPatch(this.draft, patch), changedAt: now };
		this.position = position;
		for (const step of this.steps) step.base = null;
		this.isDirty = true;
	}

	private bound(): void {
		let bytes = this.steps.reduce((sum, { size }) => sum + size, 0);
		while (this.steps.length > 1 && (this.steps.length > MOST_STEPS || bytes > MOST_BYTES)) {
			const { n, size } = this.steps.shift()!;
			this.unsaved.delete(n);
			bytes -= size;
		}
	}
}

const sized = (patch: Patch): { patch: Patch; size: number } => ({
	patch,
	size: patch.reduce(
		(sum, step) =>
			sum + ('cut' in step ? step.cut.length + step.put.length + 60 : JSON.stringify(step).length),
		0
	)
});
