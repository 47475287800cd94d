/** A unit of a draft as `units/<unit>.json`: its keys (the same in every language) and a language's words (SRC-2, SRC-5). */
import type { ItemKey, ItemWords, UnitKeys, UnitWords } from '../lessons/content.ts';
import type { DraftItem, DraftStep, DraftUnit } from './draft.ts';
import type { UsedFiles } from './used.ts';
import { itemWords, own, practiceWords, stepWords } from './words.ts';

/** Keys of practice and quiz, or null where the unit has neither. */
export function unitKeysOf(unit: DraftUnit, used: UsedFiles): object | null {
	const steps = unit.practice?.steps ?? [];
	const keys = {
		...(unit.practice
			? { practice: { tools: unit.practice.tools, steps: steps.map((step) => stepKey(unit, step, used)) } }
			: {}),
		...(unit.items.length > 0
			? {
					quiz: {
						shuffle: true,
						passPercent: unit.passPercent,
						items: unit.items.map((item) => itemKey(item, used))
					}
				}
			: {})
	} satisfies Partial<Record<keyof UnitKeys, object>>;
	return Object.keys(keys).length > 0 ? keys : null;
}

function stepKey(unit: DraftUnit, step: DraftStep, used: UsedFiles): object {
	const sound = used.sounds.find((each) => each.unit === unit.id && each.step === step.id);
	return {
		id: step.id,
		...(step.minutes === null ? {} : { minutes: step.minutes }),
		...figureOf(step.picture, used),
		...(sound ? { sound: sound.id } : {}),
		...(step.evidence === null ? {} : { evidence: step.evidence })
	};
}

const figureOf = (picture: string | null, used: UsedFiles): { figure?: string } =>
	picture !== null && used.pictures.has(picture) ? { figure: picture } : {};

/** Options of choices are named by letter where they stand (SRC-2), whatever the draft calls them. */
const letter = (index: number): string => String.fromCharCode(97 + index);

function itemKey(item: DraftItem, used: UsedFiles): ItemKey {
	const fields = { id: item.id, ...figureOf(item.picture, used) };
	switch (item.kind) {
		case 'single':
			return {
				...fields,
				kind: 'single',
				options: item.options.map((_, index) => letter(index)),
				key: lettersOf(item, [item.key])[0] ?? ''
			};
		case 'multiple':
			return {
				...fields,
				kind: 'multiple',
				options: item.options.map((_, index) => letter(index)),
				key: lettersOf(item, item.key)
			};
		case 'numeric':
			return {
				...fields,
				kind: 'numeric',
				value: item.value ?? 0,
				tolerance: item.tolerance,
				symbol: item.symbol.trim()
			};
		case 'ordering':
			return { ...fields, kind: 'ordering', key: item.key };
		case 'matching':
			return {
				...fields,
				kind: 'matching',
				left: item.left,
				right: item.right,
				key: Object.fromEntries(
					item.left.flatMap((id) => (own(item.key, id) === undefined ? [] : [[id, item.key[id]!]]))
				)
			};
	}
}

const lettersOf = ({ options }: { options: readonly string[] }, ids: readonly (string | null)[]): string[] =>
	options.flatMap((id, index) => (ids.includes(id) ? [letter(index)] : []));

/** A language's words of practice and quiz, or null where the unit has neither. */
export function unitWordsOf(unit: DraftUnit, tag: string): object | null {
	const words = {
		...(unit.practice ? { practice: practiceOf(unit, tag) } : {}),
		...(unit.items.length > 0
			? { quiz: Object.fromEntries(unit.items.map((item) => [item.id, itemWordsOf(unit, item, tag)])) }
			: {})
	};
	return Object.keys(words).length > 0 ? words : null;
}

function practiceOf(unit: DraftUnit, tag: string): UnitWords['practice'] {
	const { tools, safety, steps } = unit.practice!;
	const words = practiceWords(unit, tag);
	return {
		goal: words.goal.trim(),
		tools: Object.fromEntries(tools.map((id) => [id, (own(words.tools, id) ?? '').trim()])),
		safety: safety.map((id) => {
			const note = own(words.safety, id) ?? { title: '', text: '' };
			return { title: note.title.trim(), text: note.text.trim() };
		}),
		steps: Object.fromEntries(
			steps.map((step) => {
				const { title, text, safety, evidence } = stepWords(unit, tag, step.id);
				return [
					step.id,
					{
						title: title.trim(),
						text: text.trim(),
						...(safety.trim() === '' ? {} : { safety: safety.trim() }),
						...(step.evidence === null ? {} : { evidence: evidence.trim() })
					}
				];
			})
		)
	};
}

function itemWordsOf(unit: DraftUnit, item: DraftItem, tag: string): ItemWords {
	const words = itemWords(unit, tag, item.id);
	const of = (
		ids: readonly string[],
		from: Record<string, string>,
		name: (id: string, index: number) => string
	) => Object.fromEntries(ids.map((id, index) => [name(id, index), (own(from, id) ?? '').trim()]));
	const same = (id: string) => id;
	const byLetter = (_: string, index: number) => letter(index);
	const prompt = words.prompt.trim();
	const explain = words.explain.trim();
	switch (item.kind) {
		case 'single':
		case 'multiple':
			return {
				prompt,
				options: of(item.options, words.options, byLetter),
				feedback: of(item.options, words.feedback, byLetter)
			};
		case 'numeric':
			return { prompt, explain };
		case 'ordering':
			return { prompt, options: of(item.key, words.options, same), explain };
		case 'matching':
			return {
				prompt,
				left: of(item.left, words.left, same),
				right: of(item.right, words.right, same),
				explain
			};
	}
}
