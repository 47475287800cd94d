/** What a first visit costs in each language: the files that the build counted, and the library's page as it is now. */
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants } from 'node:zlib';
import * as v from 'valibot';
import type { Language } from '$lib/core/base/languages.ts';

/** Written by the build (`vite/first-visit.ts`). */
const Built = v.object({ files: v.number(), bytes: v.number(), words: v.record(v.string(), v.number()) });

/** Header bytes, measured at a proxy: of a script or style; of a page, which names its scripts there. */
const FILE_HEADERS = 385;
const PAGE_HEADERS = 950;
/** What shell and worker add, which carry policies, and the icon, asked for twice. */
const OTHERS = 2000;
/** The library changes rarely; the figure is rounded to kilobytes where it is shown. */
const KEPT_MS = 10 * 60_000;

let built: Promise<v.InferOutput<typeof Built> | null> | undefined;
const pages = new Map<Language, { at: number; bytes: number }>();

/** Bytes until nothing moves any more, or null where nothing was built (in development). */
export async function firstVisitCost(
	language: Language,
	fetch: typeof globalThis.fetch
): Promise<number | null> {
	const files = await (built ??= readFile('build/first-visit.json', 'utf8').then(
		(json) => v.parse(Built, JSON.parse(json)),
		() => null
	));
	if (!files) return null;
	const page = pages.get(language);
	const fresh = page && Date.now() - page.at < KEPT_MS;
	const bytes = fresh ? page.bytes : await pageBytes(language, fetch);
	if (!fresh) pages.set(language, { at: Date.now(), bytes });
	const headers = PAGE_HEADERS + OTHERS + files.files * FILE_HEADERS;
	return bytes + files.bytes + (files.words[language] ?? 0) + headers;
}

async function pageBytes(language: Language, fetch: typeof globalThis.fetch): Promise<number> {
	const html = Buffer.from(await (await fetch(`/${language}/library`)).arrayBuffer());
	return brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}
