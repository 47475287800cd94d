/** What a question still lacks: its key, and its words in one language (DRA-11). */
import type { DraftItem, DraftUnit } from './draft.ts';
import type { Say } from './problem.ts';
import { isEmpty, itemWords, own } from './words.ts';

/** What is the same in every language: enough to choose from, and which of it is right. */
export function itemProblems(item: DraftItem, say: Say): void {
	const place = `item:${item.id}`;
	switch (item.kind) {
		case 'single':
		case 'multiple': {
			if (item.options.length < 2) say('draft/too-few-options', place);
			const key = item.kind === 'single' ? [item.key] : item.key;
			if (key.length === 0 || key.some((id) => id === null || !item.options.includes(id))) {
				say('draft/no-key', place);
			}
			return;
		}
		case 'ordering':
			if (item.key.length < 2) say('draft/too-few-options', place);
			return;
		case 'matching':
			if (item.left.length < 1 || item.right.length < 2) say('draft/too-few-options', place);
			else if (item.left.some((id) => !item.right.includes(own(item.key, id) ?? '')))
				say('draft/no-key', place);
			return;
		case 'numeric':
			if (item.value === null) say('draft/no-key', place);
	}
}

export function itemWordProblems(unit: DraftUnit, item: DraftItem, language: string, say: Say): void {
	const place = `item:${item.id}`;
	const words = itemWords(unit, language, item.id);
	const lacks = (ids: readonly string[], from: Record<string, string>) =>
		ids.some((id) => isEmpty(own(from, id)));
	if (isEmpty(words.prompt)) say('draft/no-prompt', place);
	if (item.kind === 'single' || item.kind === 'multiple') {
		if (lacks(item.options, words.options)) say('draft/no-option-words', place);
		if (lacks(item.options, words.feedback)) say('draft/no-feedback', place);
		return;
	}
	if (item.kind === 'ordering' && lacks(item.key, words.options)) say('draft/no-option-words', place);
	if (item.kind === 'matching' && (lacks(item.left, words.left) || lacks(item.right, words.right))) {
		say('draft/no-option-words', place);
	}
	if (isEmpty(words.explain)) say('draft/no-explanation', place);
}
