import { expect, it } from 'vitest';
import { clearMark, hasMark, setMark, type MarkStore } from './mark.ts';

function memory(): MarkStore {
	const kept = new Map<string, string>();
	return {
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key)
	};
}

it('remembers a run that never lived, for its own unit only', () => {
	const store = memory();
	setMark(store, 'solar/lab');
	expect(hasMark(store, 'solar/lab')).toBe(true);
	expect(hasMark(store, 'solar/other')).toBe(false);
	clearMark(store, 'solar/lab');
	expect(hasMark(store, 'solar/lab')).toBe(false);
});

it('goes without where a browser forbids its store', () => {
	const refuse = () => {
		throw new DOMException('denied', 'SecurityError');
	};
	const store: MarkStore = { getItem: refuse, setItem: refuse, removeItem: refuse };
	expect(setMark(store, 'a/b')).toBe(false);
	expect(hasMark(store, 'a/b')).toBe(false);
	expect(() => clearMark(store, 'a/b')).not.toThrow();
});
