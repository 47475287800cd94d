/**
 * Vite plugin: names the file of each language's words after the language (`_app/immutable/words/th.<hash>.js`), so
 * that the service worker can tell what every student needs from what only readers of one language do (DEV-51).
 */
import type { Plugin, Rolldown } from 'vite';

const WORDS = /virtual:catalogue\/([\w-]+)$/;

export function chunkNames(): Plugin {
	return {
		name: 'setara-chunk-names',
		outputOptions(options) {
			const usual = options.chunkFileNames;
			if (typeof usual !== 'string' || !usual.includes('/immutable/')) return null;
			const words = usual.replace(/chunks\/\[hash\]/, 'words/LANGUAGE.[hash]');
			return {
				...options,
				chunkFileNames: ({ facadeModuleId }: Rolldown.PreRenderedChunk) => {
					const language = WORDS.exec(facadeModuleId ?? '')?.[1];
					return language ? words.replace('LANGUAGE', language) : usual;
				}
			};
		}
	};
}
