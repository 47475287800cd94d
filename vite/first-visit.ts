/**
 * Vite plugin: after the build, `build/first-visit.json` says how many bytes of files a first visit fetches, as they
 * are sent (brotli): those that the worker keeps for everyone, and the words of each language. The first button shows
 * it, with the page's own bytes added by the server (`routes/api/welcome`).
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { BESIDES, isForEveryone, SHELL, WORDS } from '../src/service-worker/kept.ts';
import { UPDATER } from './release.ts';
import { sentBytes } from './sent.ts';

export function firstVisit(folder = 'build'): Plugin {
	const sent = (path: string) => sentBytes(join(folder, path));
	return {
		name: 'setara-first-visit',
		apply: 'build',
		closeBundle: {
			sequential: true,
			order: 'post',
			handler() {
				const kept = join(folder, 'client/_app/immutable');
				// SvelteKit builds several times; the adapter writes the folder at the end of the last.
				if (!existsSync(kept)) return;
				const files = readdirSync(kept, { recursive: true, encoding: 'utf8' })
					.filter((path) => /\.(js|css)$/.test(path) && !UPDATER.test(path))
					.map((path) => `client/_app/immutable/${path}`);
				const besides = BESIDES.map((url) => (url === SHELL ? 'prerendered/shell.html' : `client${url}`));
				const shared = [...files.filter(isForEveryone), ...besides, 'client/service-worker.js'];
				const words = files.flatMap((path) => {
					const language = WORDS.exec(path)?.[1];
					return language ? [[language, sent(path)] as const] : [];
				});
				const cost = {
					files: shared.length + 1,
					bytes: shared.reduce((sum, path) => sum + sent(path), 0),
					words: Object.fromEntries(words)
				};
				writeFileSync(join(folder, 'first-visit.json'), JSON.stringify(cost));
			}
		}
	};
}
