/** One draft as its pages use it: what this phone keeps of it, the language that is written, and what was just done. */
import { getContext, setContext, untrack } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Draft } from '$lib/core/drafts/draft.ts';
import { titleOf, unitWords } from '$lib/core/drafts/words.ts';
import type { Comment } from '$lib/core/protocol/hand-in.ts';
import { openCamera } from '$lib/device/drafts/camera.ts';
import type { DraftFault, DraftState, HandIns, HandInView, OpenDraft } from '$lib/device/drafts/api.ts';
import { openDrafts, openHandIns } from '$lib/device/drafts/open.ts';
import { watchWaiting, type Waiting } from '$lib/device/drafts/waiting.ts';
import type { DraftAddresses } from '$lib/ui/drafts/addresses.ts';
import { setDesk, type Desk, type Placing } from '$lib/ui/drafts/desk.ts';

/** A lock of another tab is only believed when it lasts: one's own takes a moment too. */
const OTHER_TAB = 600;
const SAID_FOR = 12_000;
const KEY = Symbol('open-desk');

export class OpenDesk implements Desk {
	state = $state.raw<DraftState | null>(null);
	standing = $state.raw<HandInView | null>(null);
	fault = $state.raw<DraftFault | null>(null);
	otherTab = $state(false);
	said = $state.raw<{ words: string; undo: boolean }>({ words: '', undo: false });
	handIns = $state.raw<HandIns | null>(null);
	/** It has waited for long on this phone alone. */
	waits = $state.raw<Waiting | null>(null);

	#open = $state.raw<OpenDraft | null>(null);
	#sayTimer: ReturnType<typeof setTimeout> | undefined;
	readonly #where: () => { language: string; draft: string };

	constructor(where: () => { language: string; draft: string }) {
		this.#where = where;
	}

	/** Opens the draft and follows it; answers what ends that. */
	follow(id: string): () => void {
		const ends: (() => void)[] = [];
		let over = false;
		let opened: OpenDraft | null = null;
		const keep = (end: () => void) => (over ? end() : ends.push(end));
		const open = openDrafts().then(async (drafts) => {
			const answer = await drafts.open(id);
			if (!answer.ok) return void (this.fault = answer.fault);
			opened = answer.value;
			if (over) return void opened.close();
			this.#open = opened;
			keep(opened.watch((state) => (this.state = state)));
			const timer = setInterval(() => (this.otherTab = this.state?.otherTab ?? false), OTHER_TAB);
			keep(() => clearInterval(timer));
		});
		open.catch(() => (this.fault = { code: 'storage/closed' }));
		void openHandIns().then((handIns) => {
			if (over) return;
			this.handIns = handIns;
			keep(
				handIns.watch((all) => {
					this.standing = all.find((each) => each.draft === id && !each.replaced) ?? null;
				})
			);
		});
		keep(watchWaiting((all) => (this.waits = all.find((each) => each.id === id) ?? null)));
		return () => {
			over = true;
			ends.forEach((end) => end());
			clearTimeout(this.#sayTimer);
			void opened?.close();
		};
	}

	/** Only read in pages of the draft, which wait for it. */
	get draft(): Draft {
		return this.state!.draft;
	}
	/** The file that it came out of, or null. */
	get from(): OpenDraft['from'] {
		return this.#open?.from ?? null;
	}
	get locked(): boolean {
		return this.state?.otherTab ?? true;
	}
	get language(): string {
		const asked = page.url.searchParams.get('in');
		return asked && this.draft.languages.includes(asked) ? asked : this.draft.languages[0]!;
	}
	get beside(): string | null {
		const asked = page.url.searchParams.get('beside');
		return asked && asked !== this.language && this.draft.languages.includes(asked) ? asked : null;
	}
	get comments(): readonly Comment[] {
		return this.standing?.submission?.comments ?? [];
	}

	change(edit: (draft: Draft) => Draft, place?: string): void {
		const answer = this.#open?.change(edit, place);
		if (answer && !answer.ok) this.fault = answer.fault;
		else this.fault = null;
	}

	say(words: string, undo = false): void {
		this.said = { words, undo };
		clearTimeout(this.#sayTimer);
		this.#sayTimer = setTimeout(() => (this.said = { words: '', undo: false }), SAID_FOR);
	}

	undo(): void {
		this.#open?.undo();
		this.said = { words: '', undo: false };
	}
	redo(): void {
		this.#open?.redo();
	}
	takeOver(): void {
		void this.#open?.takeOver();
	}
	flush() {
		return this.#open!.flush();
	}
	bytes() {
		return this.#open!.bytes();
	}
	cutRecordings() {
		return this.#open!.cutRecordings();
	}
	fileUrl(file: string): Promise<string | null> {
		return this.#open?.fileUrl(file) ?? Promise.resolve(null);
	}
	addPicture = (photo: Blob, place: Placing) => this.#open!.addPicture(photo, place);
	addClip = (clip: Blob, place: Placing) => this.#open!.addClip(clip, place);
	addSound = (sound: Blob, place: Placing) => this.#open!.addSound(sound, place);
	recordSound = (place: Placing) => this.#open!.recordSound(place);
	openCamera = () => openCamera('photo');

	/** Writes in a language from here on, with another beside it: both stand in the address. */
	choose(language: string, beside: string | null): void {
		const url = new URL(page.url);
		url.searchParams.set('in', language);
		if (beside) url.searchParams.set('beside', beside);
		else url.searchParams.delete('beside');
		void goto(url, { replaceState: true, noScroll: true, keepFocus: true });
	}

	/** What is being made, in the language in which it has a title. */
	get title(): { words: string; language: string | undefined } {
		const words = titleOf(this.draft);
		const language = this.draft.languages.find((tag) => this.draft.words[tag]?.title.trim() === words);
		return { words, language: words ? language : undefined };
	}

	unitTitle(id: string): string {
		const unit = this.draft.units.find((each) => each.id === id);
		return unit ? unitWords(unit, this.language).title : '';
	}

	get addresses(): DraftAddresses {
		const { language, draft } = this.#where();
		const base = `/${language}/teach/${draft}`;
		const query = (chosen?: string | null) => {
			const into = new URLSearchParams();
			const writes = chosen ?? (this.language === this.draft.languages[0] ? null : this.language);
			if (writes) into.set('in', writes);
			if (this.beside && this.beside !== writes) into.set('beside', this.beside);
			const written = into.toString();
			return written === '' ? '' : `?${written}`;
		};
		const hash = (place?: string) => (place ? `#${place}` : '');
		return {
			mine: `/${language}/teach`,
			overview: `${base}${query()}`,
			review: `${base}/review`,
			feedback: `${base}/feedback`,
			unit: (unit, chosen, place) => `${base}/${unit}${query(chosen)}${hash(place)}`,
			preview: (unit, chosen) => `${base}/preview/${unit}${query(chosen)}`,
			at: (place, chosen) => `${base}${query(chosen)}${hash(place)}`
		};
	}
}

const GRACE = 1000;
let held: { id: string; desk: OpenDesk; users: number; close: () => void } | null = null;

/** The desk of a draft, which stays open from one of its pages to the next. `hold` in an effect: as long as the page stands. */
export function holdDesk(id: string, language: () => string): { desk: OpenDesk; hold: () => () => void } {
	if (held?.id !== id) {
		held?.close();
		const desk = new OpenDesk(() => ({ language: language(), draft: id }));
		held = { id, desk, users: 0, close: untrack(() => desk.follow(id)) };
	}
	const mine = held;
	const hold = () => {
		mine.users++;
		return () => {
			mine.users--;
			setTimeout(() => {
				if (mine.users > 0 || mine !== held) return;
				mine.close();
				held = null;
			}, GRACE);
		};
	};
	return { desk: mine.desk, hold };
}

/** Called once by a draft's page. */
export function putDesk(desk: OpenDesk): OpenDesk {
	setDesk(desk);
	return setContext(KEY, desk);
}

export const useOpenDesk = (): OpenDesk => getContext(KEY);
