import { expect, test } from 'vitest';
import { openKept } from './kept.ts';

function memoryStore() {
	const all = new Map<string, string>();
	return {
		all,
		getItem: (name: string) => all.get(name) ?? null,
		setItem: (name: string, value: string) => void all.set(name, value)
	};
}

test('keeps what was typed until it is sent, for whoever typed it', () => {
	const store = memoryStore();
	openKept('a', store).type('s1/u/b3', 'Say M8.');
	openKept('a', store).type('s1/ask', 'Please.');
	expect(openKept('a', store).typed('s1/u/b3')).toBe('Say M8.');
	expect(openKept('b', store).typed('s1/u/b3')).toBe('');
	openKept('a', store).type('s1/u/b3', '');
	expect(openKept('a', store).typed('s1/u/b3')).toBe('');
	expect(openKept('a', store).typed('s1/ask')).toBe('Please.');
});

test('notes opened units by manifest, so that a changed version is to be opened again', () => {
	const kept = openKept('a', memoryStore());
	kept.noteOpened('m1', ['u th']);
	kept.noteOpened('m1', ['u th', 'u zh-Hans']);
	expect(kept.opened('m1')).toEqual(['u th', 'u zh-Hans']);
	expect(kept.opened('m2')).toEqual([]);
	for (let n = 0; n < 60; n++) kept.noteOpened(`n${n}`, ['u th']);
	expect(kept.opened('m1')).toEqual([]);
	expect(kept.opened('n59')).toEqual(['u th']);
});

test('goes on where the store is spoiled or refuses', () => {
	const store = memoryStore();
	store.all.set('setara-review:a', '{"opened":3');
	expect(openKept('a', store).typed('x')).toBe('');
	const full = openKept('a', {
		getItem: () => null,
		setItem: () => {
			throw new DOMException('full', 'QuotaExceededError');
		}
	});
	full.type('x', 'kept while the page is open');
	expect(full.typed('x')).toBe('kept while the page is open');
});
