/**
 * Vite plugin: few files, each named after what it is for (DEV-51). `app` is what every page needs,
 * `quiz` what is answered and scored, `reader` draws lessons, `open` reads and checks what is stored, `device` writes it, `save`
 * fetches packages; the words of a language are named after it, those of later pages apart, and what only authors, the
 * committee or administrators use begins with `work` (DEV-51). So a first visit is few requests, and the service worker
 * can tell what every student needs from what only readers of one language do, and from what none does. Every name but
 * its hash is that file's alone and stays from release to release, so that the one before is known by it
 * (vite/import-map.ts, SRV-71).
 */
import { createHash } from 'node:crypto';
import { isAbsolute, relative } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { readAreas, type Area, type Areas } from './areas.ts';

/** Reads and writes recordings: large, so it comes when somebody records, not with the rest of authoring. */
const RECORDER = /\/src\/lib\/device\/drafts\/convert\./;
const WORDS = /virtual:catalogue(?:-(work|later))?\/([\w-]+)$/;

/** The first that fits a module takes it, with what it imports unless an earlier one has that. */
const GROUPS: readonly [name: string, modules: readonly RegExp[]][] = [
	[
		'app',
		[
			/\/node_modules\/(?:svelte|@sveltejs|esm-env|clsx|devalue)\//,
			/\/src\/lib\/(?:i18n(?!\/later-)|ui\/kit|core\/base(?!\/pause\.))\//,
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
	// Only asked for when a reader switches marking on.
	['marks', [/\/src\/lib\/ui\/lessons\/marks\//]],
	['reader', [/\/src\/lib\/ui\/lessons\//]],
	[
		'open',
		[
			/\/node_modules\/(?:marked|@tufjs)\//,
			/\/src\/lib\/core\/(?:lessons|packages(?!\/(?:schedule|serving|window|package-file|listed-file)\.)|trust|protocol\/library)\b/,
			/\/src\/lib\/device\/packages\/(?:read-pages|open-language|check|composed|keep-simulation)\./
		]
	],
	[
		'device',
		[
			/\/node_modules\/dexie\//,
			/\/src\/lib\/(?:device\/(?:db|progress|sync)|core\/(?:budget|progress))\//,
			/\/src\/lib\/core\/base\/pause\./,
			/\/src\/(?:routes\/HeldUpdate|lib\/device\/app\/held)\./,
			/\/src\/lib\/device\/(?:ask|bill|purse|waking|packages\/(?:packages|rows|storage))\./
		]
	],
	['save', [/\/src\/lib\/(?:device|core)\/packages\/(?!(?:import|export)\.)/]]
];

/**
 * What a lesson opens with: compiled whole beside the page while it streams in (V8's explicit compile hint, Chrome 136),
 * instead of function by function on the page's own thread, where that was half a second of a slow phone.
 */
const AT_ONCE: ReadonlySet<string> = new Set(['app', 'open', 'quiz', 'reader']);
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';

const AREAS: readonly (Area | 'work')[] = ['teach', 'review', 'people', 'work'];
/** What only pages of work use, in files that say so: `work-teach`, or `work` for what several of them share. */
const workName = (area: Area | 'work'): string => (area === 'work' ? 'work' : `work-${area}`);

/** A name for a file that stands for no one thing: after the first of its modules, whatever else comes to stand in it. */
function nameAfter(modules: readonly string[]): string {
	const paths = modules.map((id) => (isAbsolute(id) ? relative(process.cwd(), id) : id)).sort();
	return createHash('sha256')
		.update(paths[0] ?? '')
		.digest('hex')
		.slice(0, 5);
}

export function chunkNames(): Plugin {
	let areas: Areas = { of: () => null, ofNode: () => null };
	const workOf = (modules: readonly string[]): string | null => {
		const found = new Set(modules.map((id) => areas.of(id)));
		if (found.size === 0 || found.has(null)) return null;
		return workName(found.size === 1 ? [...found][0]! : 'work');
	};
	/** `nodes/12`, or as source of a stylesheet `…/nodes/12.js`. */
	const node = (name: string): string | null => {
		const [, number] = /\bnodes\/(\d+)(?:\.js)?$/.exec(name) ?? [];
		const area = number === undefined ? null : areas.ofNode(number);
		return area && `${workName(area)}-${number}`;
	};
	return {
		name: 'setara-chunk-names',
		buildEnd() {
			areas = readAreas(this);
		},
		outputOptions(options) {
			const { chunkFileNames: usual, entryFileNames: entries, assetFileNames: assets } = options;
			if (typeof usual !== 'string' || !usual.includes('/immutable/chunks/')) return null;
			const named = (name: string) => usual.replace('chunks/[hash]', `${name}.[hash]`);
			const isStudents = (id: string) => !WORDS.test(id) && areas.of(id) === null;
			const students = GROUPS.map(([name, modules]) => ({
				name,
				test: (id: string) => isStudents(id) && modules.some((module) => module.test(id)),
				// What a single page needs comes with that page.
				minShareCount: name === 'app' ? 2 : 1
			}));
			const groups = [
				...students,
				// What students' pages share with work stays apart by page, and never comes to stand among work.
				{ name: 'shared', test: isStudents, minShareCount: 2, entriesAware: true },
				...AREAS.map((area) => ({
					name: workName(area),
					test: (id: string) => !WORDS.test(id) && areas.of(id) === area,
					minShareCount: 2
				}))
			];
			return {
				...options,
				codeSplitting: {
					groups: groups.map((group, at) => ({ ...group, priority: groups.length - at }))
				},
				entryFileNames: (chunk: Rolldown.PreRenderedChunk) => {
					const work = node(chunk.name);
					return work ? named(`nodes/${work}`) : String(entries);
				},
				chunkFileNames: ({ facadeModuleId, moduleIds, name }: Rolldown.PreRenderedChunk) => {
					if (moduleIds.some((id) => RECORDER.test(id))) return named('chunks/work-recorder');
					const [, apart, language] = WORDS.exec(facadeModuleId ?? '') ?? [];
					if (language) return named(`${apart ? `${apart}-words` : 'words'}/${language}`);
					if (GROUPS.some(([group]) => group === name)) return named(`chunks/${name}`);
					const own = workOf(moduleIds);
					if (own && own === name) return named(`chunks/${own}`);
					return named(`chunks/${own ? `${own}.` : ''}${nameAfter(moduleIds)}`);
				},
				assetFileNames: (asset: Rolldown.PreRenderedAsset) => {
					const work = asset.originalFileNames.map(node).find(Boolean);
					// What is shared by page would be named after all of them.
					const name = work ?? (asset.names[0]?.startsWith('shared~') ? 'shared' : '[name]');
					return String(assets).replace('[name]', name);
				}
			};
		},
		// Last of all, since it counts only as the first line.
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				for (const file of Object.values(bundle)) {
					if (file.type === 'chunk' && AT_ONCE.has(file.name)) file.code = COMPILE_HINT + file.code;
				}
			}
		}
	};
}
