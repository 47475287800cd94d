/**
 * Vite plugin: few files, each named after what it is for (DEV-51). `app` is what every page needs,
 * `quiz` what is answered and scored, `reader` draws lessons, `open` reads and checks what is stored, `device` writes it, `save`
 * fetches packages; the words of a language are
 * named after it. So a first visit is few
 * requests, and the service worker can tell what every student needs from what only readers of one language do.
 */
import type { Plugin, Rolldown } from 'vite';

const WORDS = /virtual:catalogue(-work)?\/([\w-]+)$/;

/** The first that fits a module takes it, with what it imports unless an earlier one has that. */
const GROUPS: readonly [name: string, modules: readonly RegExp[]][] = [
	[
		'app',
		[
			/\/node_modules\/(?:svelte|@sveltejs|esm-env|clsx|devalue)\//,
			/\/src\/lib\/(?:i18n|ui\/kit|core\/base)\//,
			/\/src\/lib\/core\/progress\/(?:view|project|hybrid-time)\./,
			/\/src\/lib\/library\/(?:open|http|choose)\./,
			/\/src\/lib\/device\/(?:link|network|db\/(?:reader|names|storing)|packages\/has-package|packages\/open|progress\/open|keep-lessons|first-frame|app\/(?:start|first-use))\./,
			/\/src\/routes\/(?:\+layout|phone|Status)/,
			/virtual:icon/
		]
	],
	['quiz', [/\/src\/lib\/core\/lessons\/(?:assessment|content|draw|figure|number|scoring|simulation)\./]],
	// Its own file: only browsers without Ed25519 ask for it (Chrome before 137).
	['ed25519', [/\/node_modules\/@noble\/ed25519\//]],
	['reader', [/\/src\/lib\/ui\/lessons\//]],
	[
		'open',
		[
			/\/node_modules\/(?:marked|@tufjs)\//,
			/\/src\/lib\/core\/(?:lessons|packages|trust|protocol\/library)\b/,
			/\/src\/lib\/device\/packages\/(?:read-pages|open-language|check|composed|keep-simulation)\./
		]
	],
	[
		'device',
		[
			/\/node_modules\/dexie\//,
			/\/src\/lib\/(?:device\/(?:db|progress|sync)|core\/progress)\//,
			/\/src\/lib\/device\/(?:ask|packages\/(?:packages|rows|storage))\./
		]
	],
	['save', [/\/node_modules\/fzstd\//, /\/src\/lib\/device\/packages\//]]
];

export function chunkNames(): Plugin {
	return {
		name: 'setara-chunk-names',
		outputOptions(options) {
			const usual = options.chunkFileNames;
			if (typeof usual !== 'string' || !usual.includes('/immutable/chunks/')) return null;
			const named = (name: string) => usual.replace('chunks/[hash]', `${name}.[hash]`);
			return {
				...options,
				codeSplitting: {
					groups: GROUPS.map(([name, modules], at) => ({
						name,
						test: (id: string) => !WORDS.test(id) && modules.some((module) => module.test(id)),
						priority: GROUPS.length - at,
						// What a single page needs comes with that page.
						minShareCount: name === 'app' ? 2 : 1
					}))
				},
				chunkFileNames: ({ facadeModuleId, name }: Rolldown.PreRenderedChunk) => {
					const [, work, language] = WORDS.exec(facadeModuleId ?? '') ?? [];
					if (language) return named(`${work ? 'work-words' : 'words'}/${language}`);
					return GROUPS.some(([group]) => group === name) ? named(`chunks/${name}`) : usual;
				}
			};
		}
	};
}
