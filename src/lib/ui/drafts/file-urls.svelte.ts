/** Addresses of a draft's files for `src`, asked for when a file first comes into the draft. */
import type { Desk } from './desk.ts';

export class FileUrls {
	#urls = $state.raw<Readonly<Record<string, string | null>>>({});
	readonly #asked: Record<string, true> = {};
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Follows the draft's files; call it in an effect. */
	follow(): void {
		for (const { id, digest } of this.#desk.draft.files) {
			if (this.#asked[digest + id]) continue;
			this.#asked[digest + id] = true;
			void this.#desk.fileUrl(id).then((url) => (this.#urls = { ...this.#urls, [id]: url }));
		}
	}

	/** Undefined until it is known, null where the bytes are not here. */
	get(file: string): string | null | undefined {
		return this.#urls[file];
	}
}
