/** Keeping one package on this phone: what is chosen, what it costs, and every way to save, stop and remove it. */
import type { Language } from '$lib/core/base/languages.ts';
import { TIERS, type Tier } from '$lib/core/base/vocabulary.ts';
import type { PackagePage, TierBytes } from '$lib/core/protocol/library.ts';
import type { News, Quote, StoredPackage } from '$lib/device/packages/api.ts';
import { openPackages } from '$lib/device/packages/open.ts';
import type { SaveFault } from '$lib/device/faults.ts';
import { httpLibrary } from '$lib/library/http.ts';
import type { Cost, Wanted } from '$lib/ui/packages/stored.ts';
import { phone } from '../../../../phone.svelte.ts';

/** How long "undo" stands before a package goes. */
const UNDO = 8_000;

export class Keeping {
	wanted = $state<Wanted>({ languages: [], tier: 'pictures' });
	/** The form is open though something is saved. */
	changing = $state(false);
	/** What is new, once somebody asked; why that is not known; null: nobody asked. */
	news = $state.raw<News | SaveFault | 'asked' | null>(null);
	/** A removal that can still be undone. */
	leaving = $state(false);
	#quotes = $state.raw<Partial<Record<Tier, Quote>>>({});
	/** What the server offers, where it was asked: the phone's own copy knows only the languages that are stored. */
	#offered = $state.raw<PackagePage['translations']>([]);
	#page: () => PackagePage;
	#language: () => Language;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** @param language the interface's */
	constructor(page: () => PackagePage, language: () => Language) {
		this.#page = page;
		this.#language = language;
		this.wanted.languages = [page().contentLanguage];
	}

	get stored(): StoredPackage | null | undefined {
		return phone.stored(this.#page().id);
	}

	/** Languages to choose from. */
	get translations(): PackagePage['translations'] {
		const here = this.#page().translations;
		const further = this.#offered.filter(({ language }) => !here.some((each) => each.language === language));
		return [...here, ...further];
	}

	/** Bytes in all by tier. Exact for one language; for more as the phone counts them, at most their sum. */
	get bytes(): TierBytes {
		const { languages } = this.wanted;
		const each = this.translations
			.filter(({ language }) => languages.includes(language))
			.map(({ bytes }) => bytes);
		const total = (tier: Tier) =>
			(languages.length > 1 || this.wanted.units ? this.#quotes[tier]?.total : undefined) ??
			each.reduce((sum, bytes) => sum + bytes[tier], 0);
		return { text: total('text'), pictures: total('pictures'), audio: total('audio'), video: total('video') };
	}

	/** What the choice still costs. */
	get cost(): Cost {
		const total = this.bytes[this.wanted.tier];
		return { total, missing: (this.stored ? this.#quotes[this.wanted.tier]?.missing : undefined) ?? total };
	}

	/** Takes over the choice that was made before, once the phone has answered; then asks what another costs. */
	async askCosts(): Promise<void> {
		const { languages, units } = this.wanted;
		// Where no form is shown nobody reads it, and in mid-download it would ask for catalogue and documents once more.
		const isShown = this.stored
			? this.changing && this.stored.state === 'saved'
			: languages.length > 1 || units !== undefined;
		if (!isShown) return;
		const packages = await openPackages();
		const asked = TIERS.map(
			async (tier) => [tier, await packages.quote(this.#page().id, { languages, tier, units })] as const
		);
		const answers = (await Promise.all(asked)).flatMap(([tier, quote]) =>
			quote.ok ? [[tier, quote.value] as const] : []
		);
		if (languages === this.wanted.languages && units === this.wanted.units)
			this.#quotes = Object.fromEntries(answers);
	}

	/** Text only, unless something else was chosen. */
	spare(): void {
		if (this.wanted.tier === 'pictures') this.wanted.tier = 'text';
	}

	/** Opens the form with what is kept now. */
	change(): void {
		void this.#askOffer();
		const { stored } = this;
		if (stored) {
			const { languages, tier, units, media } = stored.choice;
			this.wanted = { languages: [...languages], tier, units: units && [...units], media };
		}
		this.changing = true;
		void this.askCosts();
	}

	/** With no link what the page knows stays the whole choice. */
	async #askOffer(): Promise<void> {
		const { id, contentLanguage: content } = this.#page();
		const answer = await httpLibrary(fetch).package({ language: this.#language(), content }, id);
		if (answer.ok) this.#offered = answer.value.translations;
	}

	async save(beyond = false, tier: Tier = this.wanted.tier): Promise<void> {
		this.changing = false;
		this.wanted.tier = tier;
		const packages = await openPackages();
		// Without the promise the browser may clear what was paid for; it never asks the person in Chrome.
		await packages.persist();
		const { languages, units, media } = $state.snapshot(this.wanted);
		await packages.save(this.#page().id, { languages, tier, units, media }, beyond);
	}

	async pause(): Promise<void> {
		await (await openPackages()).pause(this.#page().id);
	}
	async resume(beyond = false): Promise<void> {
		await (await openPackages()).resume(this.#page().id, beyond);
	}
	async cancel(): Promise<void> {
		await (await openPackages()).cancel(this.#page().id);
		await this.#askOffer();
	}

	/** Asks what is new in the version that can be had. */
	async askNews(): Promise<void> {
		this.news = 'asked';
		const answer = await (await openPackages()).news(this.#page().id);
		this.news = answer.ok ? answer.value : answer.fault;
	}

	/** Takes the newer version: the choice stays as it was made. */
	async update(): Promise<void> {
		this.news = null;
		const { stored } = this;
		if (stored) await (await openPackages()).save(stored.id, stored.choice);
	}

	/** Removes in a while, so that a slip of the finger costs nothing. */
	remove(): void {
		this.leaving = true;
		phone.leaving.push(this.#page().id);
		this.#timer = setTimeout(() => void this.removeNow(), UNDO);
	}
	undo(): void {
		clearTimeout(this.#timer);
		this.#stay();
	}
	/** Called when the page is left too. */
	async removeNow(): Promise<void> {
		if (!this.leaving) return;
		clearTimeout(this.#timer);
		await (await openPackages()).remove(this.#page().id);
		this.#stay();
		await this.#askOffer();
	}
	#stay(): void {
		this.leaving = false;
		phone.leaving = phone.leaving.filter((id) => id !== this.#page().id);
	}

	/** Lets other packages go, then goes on. */
	async free(ids: readonly string[]): Promise<void> {
		const packages = await openPackages();
		for (const id of ids) await packages.remove(id);
		await packages.resume(this.#page().id);
	}
}

/** What a fault means to the page: no room, a cut link, content that was refused, or something else. */
export function kindOf({ code }: SaveFault): 'room' | 'cut' | 'refused' | 'other' {
	if (code === 'storage/full' || code === 'storage/over-limit') return 'room';
	if (code.startsWith('network/') || code === 'trust/unreachable') return 'cut';
	return code.startsWith('trust/') || code.startsWith('package/') || code === 'library/withdrawn'
		? 'refused'
		: 'other';
}
