/** One submission on an expert's desk: what the server says of it, the units that were opened, what they do with it. */
import type { Comment } from '$lib/core/protocol/hand-in.ts';
import type { ReviewPage } from '$lib/core/protocol/review.ts';
import type { ReviewUnit } from '$lib/core/review/unit.ts';
import type { Result } from '$lib/core/base/result.ts';
import type { AskFault } from '$lib/device/ask.ts';
import {
	approve,
	askChanges,
	comment,
	isOutdated,
	readReview,
	readUnit,
	recall,
	resolveComment
} from '$lib/device/review/api.ts';
import {
	newCommentId,
	recallStatement,
	signApproval,
	signLifting,
	signRecall,
	type RecallWords
} from '$lib/device/review/statements.ts';
import type { DeviceKey } from '$lib/device/review/keys.ts';
import { endonym } from '$lib/core/base/languages.ts';
import type { I18n } from '$lib/i18n/context.ts';
import { marksOf, openedMark } from '$lib/ui/review/standing.ts';
import type { Spot, Talk } from '$lib/ui/review/talk.ts';
import { sentence } from './sentence.ts';
import type { Viewer } from './viewer.svelte.ts';

/** What a recall may take in all (REV-61), and what of it is signature and wrapping. */
const RECALL_LIMIT = 2048;
const WRAPPING = 260;

export class ReviewDesk implements Talk {
	readonly id: string;
	#viewer: Viewer;
	#i18n: I18n;
	review = $state.raw<ReviewPage | null>(null);
	fault = $state.raw<AskFault | null>(null);
	/** What is shown is no longer what is there. */
	isOutdated = $state(false);
	/** By `unit language`. */
	units = $state.raw<Record<string, ReviewUnit>>({});
	unitFault = $state.raw<AskFault | null>(null);
	opened = $state.raw<ReadonlySet<string>>(marksOf());
	/** What came of the last thing done, for who reads it and for who hears it. */
	said = $state<string | null>(null);

	constructor(id: string, viewer: Viewer, i18n: I18n) {
		this.id = id;
		this.#viewer = viewer;
		this.#i18n = i18n;
	}

	async load(): Promise<void> {
		const answer = await readReview(this.id);
		this.fault = answer.ok ? null : answer.fault;
		if (answer.ok) this.#take(answer.value);
	}

	/** Reads it anew after it changed meanwhile. What was typed stays. */
	async reload(): Promise<void> {
		this.units = {};
		this.said = null;
		await this.load();
		this.isOutdated = this.fault !== null;
	}

	/** Has a unit in a language read, and notes that it was opened once its words are here. */
	async open(unit: string, language: string): Promise<void> {
		const key = openedMark(unit, language);
		if (!this.units[key]) {
			const answer = await readUnit(this.id, unit, language);
			this.unitFault = answer.ok ? null : answer.fault;
			if (!answer.ok) return;
			this.units = { ...this.units, [key]: answer.value };
		}
		const manifest = this.review?.submission.manifest;
		if (manifest === undefined || this.opened.has(key)) return;
		this.opened = marksOf(...this.opened, key);
		this.#viewer.kept.noteOpened(manifest, [key]);
	}

	unit(unit: string, language: string): ReviewUnit | null {
		return this.units[openedMark(unit, language)] ?? null;
	}

	get comments(): readonly Comment[] {
		return this.review?.submission.comments ?? [];
	}

	get mayComment(): boolean {
		return this.review?.me.mayComment ?? false;
	}

	typed(spot: Spot | 'ask' | 'recall'): string {
		return this.#viewer.kept.typed(this.#place(spot));
	}

	type(spot: Spot | 'ask' | 'recall', words: string): void {
		this.#viewer.kept.type(this.#place(spot), words);
	}

	#place(spot: Spot | 'ask' | 'recall'): string {
		if (typeof spot === 'string') return `${this.id} ${spot}`;
		return [this.id, spot.unit, spot.anchor, spot.language].join(' ');
	}

	/** Ids of comments by their words: sent again after a lost answer, it is the same comment. */
	#sending: Record<string, string> = {};

	async send(spot: Spot, words: string): Promise<string | null> {
		const key = `${this.#place(spot)} ${words}`;
		const id = (this.#sending[key] ??= newCommentId());
		const { unit, anchor, language, quote } = spot;
		const answer = await comment(this.id, { id, unit, block: anchor, language, quote, text: words });
		return this.#done(answer, this.#i18n.t('review.comment-sent'));
	}

	async resolve({ id }: Comment): Promise<string | null> {
		return this.#done(await resolveComment(this.id, id), this.#i18n.t('review.comment-settled'));
	}

	async ask(text: string): Promise<string | null> {
		const { manifest } = this.review!.submission;
		return this.#done(await askChanges(this.id, { manifest, text }), this.#i18n.t('review.asked'));
	}

	/** Signs what is shared and these languages of exactly the version that is shown. */
	async sign(languages: readonly string[], key: DeviceKey): Promise<string | null> {
		const review = this.review!;
		const statement = await signApproval(review, languages, key);
		const answer = await approve(this.id, { manifest: review.submission.manifest, statement });
		return this.#done(answer, answer.ok ? this.#signedWords(answer.value, languages) : '');
	}

	#signedWords({ submission }: ReviewPage, languages: readonly string[]): string {
		const { t, format } = this.#i18n;
		const mine = submission.languages.filter(({ language }) => languages.includes(language));
		const out = mine.filter(({ published }) => published).map(({ language }) => endonym(language));
		if (out.length > 0) return t('review.signed-out', { languages: format.list(out) });
		return t(mine.some(({ approved }) => approved) ? 'review.signed-approved' : 'review.signed-waits');
	}

	async recall(words: RecallWords, key: DeviceKey): Promise<string | null> {
		const statement = await signRecall(this.review!, words, key);
		return this.#done(await recall(this.id, statement), this.#i18n.t('review.recalled'));
	}

	recallSize(words: RecallWords): { bytes: number; limit: number } {
		const statement = JSON.stringify(recallStatement(this.review!, words));
		const bytes = new TextEncoder().encode(statement).length;
		return { bytes: Math.ceil(bytes / 3) * 4 + WRAPPING, limit: RECALL_LIMIT };
	}

	async lift(digest: string, key: DeviceKey): Promise<string | null> {
		const { recalls } = this.review!;
		const found = recalls.find((each) => each.digest === digest)!;
		const answer = await recall(this.id, await signLifting(this.review!, found, key));
		const isLifted = answer.ok && answer.value.recalls.every((each) => each.digest !== digest);
		return this.#done(answer, this.#i18n.t(isLifted ? 'review.lifted' : 'review.lift-waits'));
	}

	#done(answer: Result<ReviewPage, AskFault>, said: string): string | null {
		if (!answer.ok) {
			if (isOutdated(answer.fault)) this.isOutdated = true;
			return sentence(answer.fault, this.#i18n.t);
		}
		this.said = said;
		this.#take(answer.value);
		return null;
	}

	#take(review: ReviewPage): void {
		// Another version under the same address: what was read of it is read anew.
		if (this.review && this.review.submission.manifest !== review.submission.manifest) this.units = {};
		this.opened = marksOf(...this.#viewer.kept.opened(review.submission.manifest));
		this.review = review;
	}
}
