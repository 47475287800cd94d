/** The run through questions that a page shows: the steps of `run.ts`, kept on the phone after each of them. */
import {
	attemptResult,
	giveAnswer,
	moveTo,
	optionOrder,
	type Attempt,
	type AttemptResult,
	type Quiz
} from '../../../core/lessons/assessment.ts';
import type { ItemResponse } from '../../../core/lessons/scoring.ts';
import type { UnitPage } from '../../../core/lessons/unit-page.ts';
import type { Learner } from '../learner.ts';
import { draftOf, emptyDraft, responseOf, type Draft } from './draft.ts';
import { beginAttempt, isAtEnd, isChecked, quizOf, type Mode, type QuizItem } from './run.ts';

export interface RunSource {
	/** The page in whichever language it is in now. */
	page: () => UnitPage;
	mode: Mode;
	/** For `again`: which items. */
	only: readonly string[] | null;
	learner: Learner | null;
	/** Writes a number in the person's own way. */
	number: (value: number) => string;
}

export class QuizRun {
	readonly source: RunSource;
	attempt = $state.raw<Attempt>() as Attempt;
	draft = $state.raw<Draft | null>(null);
	readonly atEnd = $derived.by(() => isAtEnd(this.attempt));
	readonly item = $derived.by(() => this.#itemAt(this.attempt.position));
	readonly checked = $derived.by(
		() => this.item !== null && isChecked(this.source.mode, this.attempt, this.item.key.id)
	);
	/** What the draft comes to, in the language that is read. */
	readonly response = $derived.by(() =>
		this.item && this.draft ? responseOf(this.item.key, this.draft, this.source.page().contentLanguage) : null
	);
	readonly result = $derived.by(() => attemptResult(this.quiz, this.attempt));

	/** Goes on with the kept try, or begins one. */
	static async open(source: RunSource): Promise<QuizRun> {
		const kept = source.mode === 'again' ? null : ((await source.learner?.loadAttempt()) ?? null);
		const run = new QuizRun(source, kept);
		// From the first look on: what was drawn is drawn, a reload asks the same.
		await run.#save();
		return run;
	}

	private constructor(source: RunSource, kept: Attempt | null) {
		this.source = source;
		this.attempt = this.#begin(kept);
		this.draft = this.#draftHere();
	}

	get quiz(): Quiz {
		return quizOf(this.source.page(), this.source.only);
	}

	/** How the options of the item in view are shown. */
	get order(): string[] {
		return this.item ? optionOrder(this.quiz, this.item.key, this.attempt.id) : [];
	}

	change(draft: Draft): void {
		if (this.checked) return;
		this.draft = draft;
		this.source.learner?.saveDraft(this.attempt.id, draft);
	}

	/**
	 * Takes the draft as the answer, and with it its score; false while the draft is none. Written before it is shown:
	 * what was seen to count is not lost with the tab.
	 */
	async answer(): Promise<boolean> {
		const { item, response } = this;
		if (!item || !response) return false;
		const before = this.attempt.answers[item.key.id];
		const answered = giveAnswer(this.attempt, item.key.id, response);
		if (JSON.stringify(before) !== JSON.stringify(response)) {
			await this.#recordAnswer(item, response, attemptResult(this.quiz, answered));
		}
		this.attempt = answered;
		await this.#save();
		return true;
	}

	/** Another item into view; past the last one is the result, which is written before it is shown. */
	async go(position: number): Promise<void> {
		const arrives = !this.atEnd && position >= this.attempt.items.length;
		if (arrives && this.source.mode !== 'again') await this.#recordResult();
		this.attempt = moveTo(this.attempt, position);
		this.draft = this.#draftHere();
		this.source.learner?.saveDraft(this.attempt.id, null);
		await this.#save();
	}

	/** A new try, with a draw of its own. */
	async again(): Promise<void> {
		this.attempt = this.#begin(null);
		this.draft = this.#draftHere();
		await this.#save();
	}

	#begin(kept: Attempt | null): Attempt {
		const newId = () => this.source.learner?.newId() ?? crypto.randomUUID();
		return beginAttempt(this.source.page(), this.quiz, kept, newId);
	}

	#itemAt(position: number): QuizItem | null {
		const id = this.attempt.items[position];
		return this.source.page().quiz?.items.find((each) => each.key.id === id) ?? null;
	}

	#draftHere(): Draft | null {
		const item = this.#itemAt(this.attempt.position);
		if (!item) return null;
		const given = this.attempt.answers[item.key.id];
		if (given) return draftOf(item.key, given, this.source.number);
		const kept = this.source.learner?.loadDraft(this.attempt.id);
		if (kept?.item === item.key.id) return kept;
		return emptyDraft(item.key, optionOrder(this.quiz, item.key, this.attempt.id));
	}

	async #save(): Promise<void> {
		if (this.source.mode !== 'again') await this.source.learner?.saveAttempt(this.attempt);
	}

	get #context() {
		const { contentLanguage, sharedPart } = this.source.page();
		return { l: contentLanguage, d: sharedPart, a: this.attempt.id };
	}

	async #recordAnswer(item: QuizItem, response: ItemResponse, { scores }: AttemptResult): Promise<void> {
		const {
			package: { id: p },
			unit: { id: u }
		} = this.source.page();
		const y = scores[item.key.id]?.correct ?? false;
		const r = { a: response, y };
		await this.source.learner?.record({ v: 'answered', o: { p, u, q: item.key.id }, r, c: this.#context });
	}

	async #recordResult(): Promise<void> {
		const {
			package: { id: p },
			unit: { id: u }
		} = this.source.page();
		const { correct, of, passed } = this.result;
		const r = { n: correct, m: of, a: this.attempt.answers };
		await this.source.learner?.record({ v: passed ? 'passed' : 'failed', o: { p, u }, r, c: this.#context });
	}
}
