/** The way in, for joining and for signing in: the form, then "Is this yours?" where there is something, then the page of `me`. */
import { goto } from '$app/navigation';
import type { Result } from '$lib/core/base/result.ts';
import type { SignedIn } from '$lib/core/protocol/account.ts';
import type { Found } from '$lib/device/sync/account.ts';
import { sending } from '$lib/device/sync/state.svelte.ts';
import type { Translate } from '$lib/i18n/translate.ts';
import { openLibrary } from '$lib/library/open.ts';
import type { Language } from '$lib/core/base/languages.ts';
import { sentence } from './sentence.ts';

export interface FoundPackage {
	id: string;
	title: string;
	titleLang: string | undefined;
	units: number;
	done: number;
}

export class Entering {
	found = $state.raw<Found | null>(null);
	packages = $state.raw<FoundPackage[]>([]);
	#signed: SignedIn | null = null;
	#language: () => Language;

	constructor(language: () => Language) {
		this.#language = language;
	}

	/** Takes what the server said to the form; answers the sentence of what went wrong, or null. */
	async take(
		answer: Result<SignedIn, { code: string; message?: string }>,
		t: Translate
	): Promise<string | null> {
		if (!answer.ok) return sentence(answer.fault, t);
		const { findClaim } = await import('$lib/device/sync/account.ts');
		this.#signed = answer.value;
		const found = await findClaim(answer.value);
		if (!found) await this.answer(false);
		else {
			this.packages = await this.#name(found);
			this.found = found;
		}
		return null;
	}

	/** Goes in, with what was found if it is theirs. */
	async answer(isYours: boolean): Promise<void> {
		const { enter } = await import('$lib/device/sync/account.ts');
		await enter(this.#signed!, isYours);
		void sending.now();
		await goto(`/${this.#language()}/me`, { replaceState: true });
	}

	async #name({ units }: Found): Promise<FoundPackage[]> {
		const language = this.#language();
		const ids = units.map((unit) => unit.package).filter((id, at, all) => all.indexOf(id) === at);
		return Promise.all(
			ids.map(async (id) => {
				const page = await openLibrary(fetch).package({ language }, id);
				const own = units.filter((unit) => unit.package === id);
				const done = own.filter((unit) => unit.done).length;
				const title = page.ok ? page.value.title : id;
				return {
					id,
					title,
					titleLang: page.ok ? page.value.contentLanguage : undefined,
					units: own.length,
					done
				};
			})
		);
	}
}
