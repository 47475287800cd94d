/** Where a draft's files are found by a page that shows them: asked for when a file first comes into the draft. */
import type { DraftFile } from '../../core/drafts/draft.ts';
import type { Desk } from './desk.ts';

export interface Found {
	/** For `src`. */
	url: string;
	/** What is drawn, for a drawing; a photo as one. */
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
		if (file.role !== 'drawing' && file.role !== 'picture') return { url, svg: null };
		const bytes = (await this.#desk.bytes()).get(file.digest);
		if (!bytes) return null;
		if (file.role === 'drawing') return { url, svg: new TextDecoder().decode(bytes) };
		return { url, svg: framed(file, bytes) };
	}
}

/** A photo in a drawing of its size: an image in an image may only be part of it. */
function framed({ width, height, mediaType }: DraftFile, bytes: Uint8Array): string {
	const [w, h] = [width ?? 4, height ?? 3];
	let binary = '';
	for (let at = 0; at < bytes.length; at += 8192) {
		binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}"><image width="${w}" height="${h}" href="data:${mediaType};base64,${btoa(binary)}"/></svg>`;
}
