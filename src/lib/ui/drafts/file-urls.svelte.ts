/** Addresses of a draft's files for `src`, asked for when a file first comes into the draft. */
import { SvelteMap } from 'svelte/reactivity';
import type { Desk } from './desk.ts';

export class FileUrls {
	readonly #urls = new SvelteMap<string, string | null>();
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Follows the draft's files; call it in an effect. */
	follow(): void {
		for (const { id, digest } of this.#desk.draft.files) {
			const key = `${id} ${digest}`;
			if (this.#asked.has(key)) continue;
			this.#asked.add(key);
			void this.#desk.fileUrl(id).then((url) => this.#urls.set(id, url));
		}
	}
	readonly #asked = new Set<string>();

	/** Undefined until it is known, null where the bytes are not here. */
	get(file: string): string | null | undefined {
		return this.#urls.get(file);
	}
}
