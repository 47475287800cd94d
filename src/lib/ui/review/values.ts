/** What stands in a unit as a value (a key, a number, an order) said in words, before and now. */
import type { ItemKey, ItemWords, PracticeKey, QuizKey } from '../../core/lessons/content.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { diffWords, type Piece } from '../../core/review/words.ts';
import type { Format } from '../../i18n/format.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Words and formatters of the page that it is said on. */
export interface Say {
	t: Translate;
	format: Format;
}

interface Pages {
	before: UnitPage | null;
	now: UnitPage | null;
}

/** Letter of an answer, as learners see it in the order that the author gave. */
export const letterOf = (index: number): string => (index < 0 ? '?' : String.fromCharCode(65 + index));

/** The value at a place in pieces, or null where other rows say it already. */
export function valueText(
	place: string,
	{ before, now }: Pages,
	kind: 'same' | 'changed' | 'old' | 'new',
	say: Say,
	language: string
): Piece[] | null {
	const [was, is] = [before, now].map((page) => (page ? describe(place, page, say, language) : ''));
	if (was === null || is === null) return null;
	if (kind === 'same') return [{ kind: 'same', text: is || was || '' }];
	if (kind !== 'changed') return [{ kind, text: (kind === 'new' ? is : was) || '' }];
	// The same words for another value: numbers and ids too small to be said. Both are shown whole.
	if (was === is) return [{ kind: 'same', text: is ?? '' }];
	return diffWords(was ?? '', is ?? '', language);
}

function describe(place: string, page: UnitPage, say: Say, language: string): string | null {
	const { t, format } = say;
	const [head = '', rest] = place.split('/');
	const [name, id = ''] = head.split(':');
	const { practice, quiz } = page;
	switch (name) {
		case 'kind':
			return t(`review.kind-${page.unit.kind}`);
		case 'minutes':
			return format.minutes(page.unit.minutes);
		case 'steps':
			return (
				practice?.key.steps.map((step) => practice.words.steps[step.id]?.title ?? step.id).join(' → ') ?? ''
			);
		case 'step': {
			const step = practice?.key.steps.find((each) => each.id === id);
			return step ? stepText(step, practice!.words.tools, say) : '';
		}
		case 'quiz':
			return quiz ? ruleText(quiz.rule, say) : '';
		case 'items':
			return quiz?.items.map(({ words }) => words.prompt).join(' → ') ?? '';
		case 'item': {
			const item = rest === 'key' ? quiz?.items.find(({ key }) => key.id === id) : undefined;
			return item ? keyText(item.key, item.words, say, language) : '';
		}
		case 'figure':
		case 'sound':
			// Drawn, not said.
			return '';
		case 'video':
			return id ? clipText(page, id, say) : null;
		default:
			// Tools and a simulation are named by their words.
			return null;
	}
}

function stepText(
	{ minutes, tools, evidence }: PracticeKey['steps'][number],
	names: Record<string, string>,
	{ t, format }: Say
): string {
	return [
		...(minutes === undefined ? [] : [format.minutes(minutes)]),
		...tools.map((tool) => names[tool] ?? tool),
		...(evidence ? [t(`review.evidence-${evidence}`)] : [])
	].join(' · ');
}

function ruleText({ passPercent, draw, shuffle }: Omit<QuizKey, 'items'>, { t, format }: Say): string {
	return [
		t('review.pass-at', { percent: format.percent(passPercent / 100) }),
		...(draw === undefined ? [] : [t('review.draws', { count: draw })]),
		...(shuffle ? [t('review.shuffles')] : [])
	].join(' · ');
}

/** Which answer is right, with its words. */
function keyText(key: ItemKey, words: ItemWords, { t, format }: Say, language: string): string {
	const option = (id: string): string => words.options?.[id] ?? id;
	switch (key.kind) {
		case 'single':
			return `${letterOf(key.options.indexOf(key.key))} · ${option(key.key)}`;
		case 'multiple':
			return key.key.map((id) => `${letterOf(key.options.indexOf(id))} · ${option(id)}`).join('\n');
		case 'numeric': {
			const { value, symbol, tolerance } = key;
			const number = new Intl.NumberFormat(language, { maximumFractionDigits: 12 });
			return t('review.right-numeric', {
				...{ value: number.format(value), symbol },
				tolerance: format.number(tolerance)
			});
		}
		case 'ordering':
			return key.key.map((id, at) => `${at + 1}. ${option(id)}`).join('\n');
		case 'matching':
			return key.left
				.map((id) => `${words.left?.[id] ?? id} → ${words.right?.[key.key[id] ?? ''] ?? key.key[id] ?? ''}`)
				.join('\n');
	}
}

function clipText(page: UnitPage, id: string, { format }: Say): string {
	const video = page.videos[id];
	return video
		? video.variants.map(({ variant, size }) => `${variant}, ${format.bytes(size)}`).join(' · ')
		: '';
}
