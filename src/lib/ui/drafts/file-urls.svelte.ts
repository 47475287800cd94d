/** Where a draft's files are found by a page that shows them: asked for when a file first comes into the draft. */
import type { DraftFile } from '../../core/drafts/draft.ts';
import type { Desk } from './desk.ts';

export interface Found {
	/** For `src`. */
	url: string;
	/** What is drawn, for a drawing. */
	svg: string | null;
}

export class FileUrls {
	#found = $state.raw<Readonly<Record<string, Found>>>({});
	readonly #asked: Record<string, true> = {};
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Follows the draft's files; call it in an effect. */
	follow(): void {
		for (const file of this.#desk.draft.files) {
			const key = file.digest + file.id;
			if (this.#asked[key]) continue;
			this.#asked[key] = true;
			void this.#find(file).then((found) => {
				if (found) this.#found = { ...this.#found, [file.id]: found };
			});
		}
	}

	/** Null until it is known, and where the bytes are not here. */
	get(file: string): Found | null {
		return this.#found[file] ?? null;
	}

	async #find(file: DraftFile): Promise<Found | null> {
		const url = await this.#desk.fileUrl(file.id);
		if (url === null) return null;
		if (file.role !== 'drawing') return { url, svg: null };
		const bytes = (await this.#desk.bytes()).get(file.digest);
		return bytes ? { url, svg: new TextDecoder().decode(bytes) } : null;
	}
}
