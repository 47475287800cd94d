/**
 * Vite plugin: few files instead of many. At 400 ms a request a page of thirty small files is slow, so what most pages
 * share is one file, and what some share is another. What no page begins with (the store on the phone, the words of
 * other languages) is left out of both, however many pages ask for it later.
 */
import type { Plugin } from 'vite';

/** What only lessons begin with. */
const LESSON = /\/(ui|core)\/lessons\/|\/core\/base\/schema\.ts|\/node_modules\/valibot\//;

export function chunks(): Plugin {
	/** Modules that some page begins with: reached from an entry without a dynamic import. */
	const begun = new Set<string>();
	return {
		name: 'setara-chunks',
		buildEnd() {
			begun.clear();
			for (const id of this.getModuleIds()) if (this.getModuleInfo(id)?.isEntry) begun.add(id);
			// A set is walked with what is added on the way.
			for (const id of begun) for (const next of this.getModuleInfo(id)?.importedIds ?? []) begun.add(next);
		},
		outputOptions(options) {
			// The server and the worker are built with the same plugins: only the pages' files are named like this.
			const names = options.entryFileNames;
			if (typeof names !== 'string' || !names.includes('/immutable/')) return null;
			return {
				...options,
				codeSplitting: {
					groups: [
						{
							name: (id: string) => (begun.has(id) && !LESSON.test(id) ? 'frame' : null),
							minShareCount: 4,
							priority: 2
						},
						{
							name: (id: string) => (!begun.has(id) ? null : LESSON.test(id) ? 'lesson' : 'shared'),
							minShareCount: 2,
							priority: 1
						}
					]
				}
			};
		}
	};
}
