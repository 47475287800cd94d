/** Questions of a unit, of the five kinds, as functions of the draft (DRA-4). */
import type { Draft, DraftItem, DraftItemWords, DraftUnit } from './draft.ts';
import { editUnit, moved, without, withWords } from './edit.ts';
import { freshId } from './ids.ts';
import { itemWords, unitWords } from './words.ts';

export const MOST_ITEMS = 40;
/** Where an item's entries stand: options, the order (of `ordering`), left and right sides. */
export type EntryList = 'options' | 'key' | 'left' | 'right';

const MOST: Record<EntryList, number> = { options: 8, key: 12, left: 8, right: 10 };

export const addItem = (draft: Draft, unit: string, kind: DraftItem['kind']): Draft =>
	editUnit(draft, unit, (each) =>
		each.items.length >= MOST_ITEMS
			? each
			: {
					...each,
					items: [
						...each.items,
						newItem(
							freshId(
								'q',
								each.items.map(({ id }) => id)
							),
							kind
						)
					]
				}
	);

/** A question with room for as many entries as a good one has. */
export function newItem(id: string, kind: DraftItem['kind']): DraftItem {
	const base = { id, picture: null };
	const three = (beginning: string) => [1, 2, 3].map((number) => `${beginning}-${number}`);
	switch (kind) {
		case 'single':
			return { ...base, kind, options: three('o'), key: null };
		case 'multiple':
			return { ...base, kind, options: three('o'), key: [] };
		case 'numeric':
			return { ...base, kind, value: null, tolerance: 0, symbol: '' };
		case 'ordering':
			return { ...base, kind, key: three('o') };
		case 'matching':
			return {
				...base,
				kind,
				left: three('l'),
				right: three('r'),
				key: { 'l-1': 'r-1', 'l-2': 'r-2', 'l-3': 'r-3' }
			};
	}
}

export const removeItem = (draft: Draft, unit: string, item: string): Draft =>
	editUnit(draft, unit, (each) => ({
		...each,
		items: each.items.filter(({ id }) => id !== item),
		words: Object.fromEntries(
			Object.entries(each.words).map(([tag, words]) => [tag, { ...words, quiz: without(words.quiz, item) }])
		)
	}));

export const moveItem = (draft: Draft, unit: string, item: string, by: number): Draft =>
	editUnit(draft, unit, (each) => ({
		...each,
		items: moved(
			each.items,
			each.items.findIndex(({ id }) => id === item),
			by
		)
	}));

/** Changes one question. An edit that answers another kind would leave words behind: it may not. */
export const editItem = (
	draft: Draft,
	unit: string,
	item: string,
	edit: (item: DraftItem) => DraftItem
): Draft =>
	editUnit(draft, unit, (each) => ({
		...each,
		items: each.items.map((one) => (one.id === item ? edit(one) : one))
	}));

export const setItemWords = (
	draft: Draft,
	unit: string,
	item: string,
	language: string,
	words: Partial<DraftItemWords>
): Draft =>
	editUnit(draft, unit, (each) =>
		withWords(each, language, {
			quiz: {
				...unitWords(each, language).quiz,
				[item]: { ...itemWords(each, language, item), ...words }
			}
		})
	);

/** Words of one entry: an option, its feedback, a left or right side. */
export const setEntryWords = (
	draft: Draft,
	unit: string,
	item: string,
	language: string,
	field: 'options' | 'feedback' | 'left' | 'right',
	entry: string,
	words: string
): Draft => {
	const found = draft.units.find(({ id }) => id === unit);
	if (!found) return draft;
	const before = itemWords(found, language, item)[field];
	return setItemWords(draft, unit, item, language, { [field]: { ...before, [entry]: words } });
};

export const addEntry = (draft: Draft, unit: string, item: string, list: EntryList): Draft =>
	editItem(draft, unit, item, (one) => {
		const entries = entriesOf(one, list);
		if (!entries || entries.length >= MOST[list]) return one;
		const beginning = { options: 'o', key: 'o', left: 'l', right: 'r' }[list];
		return { ...one, [list]: [...entries, freshId(beginning, entries)] } as DraftItem;
	});

/** Takes an entry away with its words, and out of the key. */
export function removeEntry(draft: Draft, unit: string, item: string, list: EntryList, entry: string): Draft {
	const removed = editItem(draft, unit, item, (one) => {
		const entries = entriesOf(one, list);
		return entries ? withoutEntry(one, list, entry) : one;
	});
	return editUnit(removed, unit, (each) => forgetEntry(each, item, list, entry));
}

export const moveEntry = (
	draft: Draft,
	unit: string,
	item: string,
	list: EntryList,
	entry: string,
	by: number
): Draft =>
	editItem(draft, unit, item, (one) => {
		const entries = entriesOf(one, list);
		return entries ? ({ ...one, [list]: moved(entries, entries.indexOf(entry), by) } as DraftItem) : one;
	});

/** Says which option is right (`single`), or turns one on or off (`multiple`). */
export const chooseKey = (draft: Draft, unit: string, item: string, option: string): Draft =>
	editItem(draft, unit, item, (one) => {
		if (one.kind === 'single') return { ...one, key: option };
		if (one.kind !== 'multiple') return one;
		const key = one.key.includes(option) ? one.key.filter((each) => each !== option) : [...one.key, option];
		return { ...one, key: one.options.filter((each) => key.includes(each)) };
	});

/** Says which right side belongs to a left one; `null`: none chosen. */
export const choosePair = (
	draft: Draft,
	unit: string,
	item: string,
	left: string,
	right: string | null
): Draft =>
	editItem(draft, unit, item, (one) =>
		one.kind === 'matching'
			? { ...one, key: right === null ? without(one.key, left) : { ...one.key, [left]: right } }
			: one
	);

/** The entries of a list, or null where this kind of question has no such list. */
function entriesOf(item: DraftItem, list: EntryList): string[] | null {
	if (list === 'options') return 'options' in item ? item.options : null;
	if (list === 'key') return item.kind === 'ordering' ? item.key : null;
	return item.kind === 'matching' ? item[list] : null;
}

function withoutEntry(item: DraftItem, list: EntryList, entry: string): DraftItem {
	const rest = (entries: string[]) => entries.filter((each) => each !== entry);
	switch (item.kind) {
		case 'single':
			return { ...item, options: rest(item.options), key: item.key === entry ? null : item.key };
		case 'multiple':
			return { ...item, options: rest(item.options), key: rest(item.key) };
		case 'ordering':
			return { ...item, key: rest(item.key) };
		case 'matching': {
			if (list === 'left') return { ...item, left: rest(item.left), key: without(item.key, entry) };
			const key = Object.fromEntries(Object.entries(item.key).filter(([, right]) => right !== entry));
			return { ...item, right: rest(item.right), key };
		}
		case 'numeric':
			return item;
	}
}

function forgetEntry(unit: DraftUnit, item: string, list: EntryList, entry: string): DraftUnit {
	return Object.keys(unit.words).reduce((changed, language) => {
		const { quiz } = unitWords(changed, language);
		if (!Object.hasOwn(quiz, item)) return changed;
		const words = quiz[item]!;
		const kept =
			list === 'left' || list === 'right'
				? { ...words, [list]: without(words[list], entry) }
				: { ...words, options: without(words.options, entry), feedback: without(words.feedback, entry) };
		return withWords(changed, language, { quiz: { ...quiz, [item]: kept } });
	}, unit);
}
