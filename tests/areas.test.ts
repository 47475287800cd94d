import { describe, expect, it } from 'vitest';
import { isForEveryone, workOf } from '../src/service-worker/kept.ts';
import { readAreas } from '../vite/areas.ts';

/** A graph of modules: by name, what each imports; a `~` before it where it is imported when asked for. */
function graph(modules: Record<string, string[]>, entries: string[]) {
	const paths = Object.keys(modules);
	return readAreas({
		getModuleIds: () => paths[Symbol.iterator](),
		getModuleInfo: (id: string) =>
			modules[id] && {
				isEntry: entries.includes(id),
				importedIds: modules[id].filter((each) => !each.startsWith('~')),
				dynamicallyImportedIds: modules[id]
					.filter((each) => each.startsWith('~'))
					.map((each) => each.slice(1))
			}
	} as unknown as Parameters<typeof readAreas>[0]);
}

const NODE = '/g/client-optimized/nodes';
const areas = graph(
	{
		[`${NODE}/1.js`]: ['/src/routes/(learn)/+page.svelte'],
		[`${NODE}/2.js`]: ['/src/routes/(teach)/+page.svelte'],
		[`${NODE}/3.js`]: ['/src/routes/(review)/+page.svelte'],
		'/src/routes/(learn)/+page.svelte': ['/src/kit.ts', '~/src/save.ts', '~/src/lib/i18n/work-catalogue.ts'],
		'/src/routes/(teach)/+page.svelte': ['/src/kit.ts', '/src/draft.ts', '/src/states.ts', '/src/save.ts'],
		'/src/routes/(review)/+page.svelte': ['/src/states.ts', '/src/diff.ts'],
		'/src/kit.ts': [],
		'/src/save.ts': [],
		'/src/draft.ts': ['~/src/remux.ts'],
		'/src/remux.ts': [],
		'/src/states.ts': [],
		'/src/diff.ts': [],
		'/src/lib/i18n/work-catalogue.ts': ['/src/words.ts'],
		'/src/words.ts': []
	},
	[1, 2, 3].map((number) => `${NODE}/${number}.js`)
);

describe('areas', () => {
	it('leaves to students what any of their pages reaches, at once or when asked for', () => {
		expect(areas.of('/src/kit.ts')).toBeNull();
		expect(areas.of('/src/save.ts')).toBeNull();
		expect(areas.ofNode('1')).toBeNull();
	});

	it('gives to an area what only its pages reach, and what they load late', () => {
		expect(areas.of('/src/draft.ts')).toBe('teach');
		expect(areas.of('/src/remux.ts')).toBe('teach');
		expect(areas.of('/src/diff.ts')).toBe('review');
		expect([areas.ofNode('2'), areas.ofNode('3')]).toEqual(['teach', 'review']);
	});

	it('gives to all work what several areas reach, and what a student’s page loads only for those who work', () => {
		expect(areas.of('/src/states.ts')).toBe('work');
		expect(areas.of('/src/lib/i18n/work-catalogue.ts')).toBe('work');
		expect(areas.of('/src/words.ts')).toBe('work');
	});
});

describe('what is kept of work', () => {
	const files = [
		'/_app/immutable/chunks/work.AAAAAAAA.js',
		'/_app/immutable/chunks/work-teach.AAAAAAAA.js',
		'/_app/immutable/assets/work-teach.AAAAAAAA.css',
		'/_app/immutable/nodes/work-teach-12.AAAAAAAA.js',
		'/_app/immutable/assets/work-teach-12.AAAAAAAA.css',
		'/_app/immutable/nodes/work-review-3.AAAAAAAA.js',
		'/_app/immutable/work-words/lo.AAAAAAAA.js'
	];

	it('is nobody’s who only learns', () => expect(files.filter(isForEveryone)).toEqual([]));

	it('is for an author all of authoring and nothing of review', () =>
		expect(files.filter((file) => workOf('teach').test(file))).toEqual(files.slice(0, 5)));
});
