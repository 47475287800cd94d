/** Who looks at the pages of review, with their key and what they did not send yet; set by the layout once it is known. */
import { getContext, setContext } from 'svelte';
import { may, type Action } from '$lib/core/identity/rights.ts';
import type { Person } from '$lib/core/protocol/account.ts';
import type { ExpertKey } from '$lib/core/protocol/review.ts';
import type { Sector } from '$lib/core/base/vocabulary.ts';
import { readKey, revokeKey, sendKey } from '$lib/device/review/api.ts';
import { openKept, type KeptWork } from '$lib/device/review/kept.ts';
import { canLock, dropOthers, keyHere, makeKey, proofOf, type DeviceKey } from '$lib/device/review/keys.ts';
import type { Translate } from '$lib/i18n/translate.ts';
import { sentence } from './sentence.ts';

export class Viewer {
	readonly person: Person;
	readonly kept: KeptWork;
	#t: () => Translate;
	/** As the server knows it; null until it has said, or for who signs nothing. */
	key = $state.raw<ExpertKey | null>(null);
	/** The same key on this device; undefined until known. */
	device = $state.raw<DeviceKey | null | undefined>(undefined);
	/** Whether this browser can lock a key in. */
	locks = $state<boolean | null>(null);

	constructor(person: Person, t: () => Translate) {
		this.person = person;
		this.kept = openKept(person.id, localStorage);
		this.#t = t;
	}

	has(action: Action): boolean {
		return !this.person.suspended && may(this.person.role, action);
	}

	/** Asks how the key stands. Answers the sentence of what went wrong, or null. */
	async readKey(): Promise<string | null> {
		if (!this.has('review/approve')) return null;
		this.locks ??= await canLock();
		const answer = await readKey();
		if (!answer.ok) return sentence(answer.fault, this.#t());
		await this.#take(answer.value);
		return null;
	}

	/** Makes a key on this device and asks for it to be enrolled. */
	async makeKey(sectors: Sector[], languages: string[]): Promise<string | null> {
		const { id } = this.person;
		const made = await makeKey(id);
		if (!made.ok) return sentence(made.fault, this.#t());
		const proof = await proofOf(made.value, id);
		const answer = await sendKey({ key: made.value.key, proof, sectors, languages });
		if (!answer.ok) return sentence(answer.fault, this.#t());
		await this.#take(answer.value);
		// Only the one that the server knows now signs anything.
		await dropOthers(id, answer.value.key);
		return null;
	}

	async endKey(): Promise<string | null> {
		const answer = await revokeKey();
		if (!answer.ok) return sentence(answer.fault, this.#t());
		await dropOthers(this.person.id, null);
		await this.#take(answer.value);
		return null;
	}

	async #take(key: ExpertKey): Promise<void> {
		const here = key.key === null ? null : await keyHere(this.person.id, key.key);
		this.key = key;
		this.device = here?.ok ? here.value : null;
	}
}

const KEY = Symbol('reviewer');
/** `viewer` is asked for by those below the layout, which draws them once it is there. */
export const setViewer = (viewer: { readonly now: Viewer }) => setContext(KEY, viewer);
export const useViewer = (): Viewer => getContext<{ readonly now: Viewer }>(KEY).now;
