/** What a place in a unit is called above its words. */
import { plainText } from '../../core/lessons/inline.ts';
import type { ItemKey } from '../../core/lessons/content.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import { letterOf, type Say } from './values.ts';

/** Words for a place of `unit-fields`, numbered as in this page; empty for a paragraph, which speaks for itself. */
export function labelOf(place: string, page: UnitPage | null, { t, format }: Say): string {
	const [head = '', rest = ''] = place.split('/');
	const [name = '', id = ''] = head.split(':');
	switch (name) {
		case 'title':
		case 'summary':
		case 'package':
		case 'kind':
		case 'minutes':
		case 'goal':
		case 'tools':
		case 'tool':
		case 'safety':
		case 'steps':
		case 'quiz':
		case 'items':
		case 'sound':
			return t(`review.place-${name}`);
		case 'credit':
			return t('review.place-credit', { name: id });
		case 'step': {
			const at = page?.practice?.key.steps.findIndex((step) => step.id === id) ?? -1;
			const step =
				at < 0 ? t('review.place-step-gone') : t('review.place-step', { number: format.number(at + 1) });
			return [step, ...stepPart(rest, t)].join(' · ');
		}
		case 'item': {
			const at = page?.quiz?.items.findIndex(({ key }) => key.id === id) ?? -1;
			const item =
				at < 0 ? t('review.place-item-gone') : t('review.place-item', { number: format.number(at + 1) });
			return [item, ...itemPart(rest, page?.quiz?.items[at]?.key, t)].join(' · ');
		}
		case 'figure':
			return t(rest ? `review.place-${rest as 'alt' | 'caption' | 'words'}` : 'review.place-picture');
		case 'video':
			return t(rest ? `review.place-${rest as 'captions' | 'transcript'}` : 'review.place-video');
		case 'simulation':
			return t(
				rest === 'text' || rest === 'intro' ? 'review.place-simulation-text' : 'review.place-simulation'
			);
		case 'term':
			return t(rest ? 'review.place-meaning' : 'review.place-term');
		default:
			return '';
	}
}

type T = Say['t'];

function stepPart(rest: string, t: T): string[] {
	if (rest === 'title') return [];
	if (rest === 'text' || rest === 'safety' || rest === 'evidence') return [t(`review.place-step-${rest}`)];
	return [t('review.place-step-about')];
}

function itemPart(rest: string, key: ItemKey | undefined, t: T): string[] {
	const [name, id = ''] = rest.split(':');
	const letter = letterOf(key ? orderOf(key, name ?? '').indexOf(id) : -1);
	switch (name) {
		case 'options':
			return [t('review.place-option', { letter })];
		case 'feedback':
			return [t('review.place-feedback', { letter })];
		case 'left':
		case 'right':
			return [t(`review.place-${name}`, { letter })];
		case 'key':
		case 'explain':
			return [t(`review.place-${name}`)];
		default:
			return [];
	}
}

function orderOf(key: ItemKey, name: string): readonly string[] {
	if (key.kind === 'matching') return name === 'right' ? key.right : key.left;
	if (key.kind === 'ordering') return key.key;
	return key.kind === 'numeric' ? [] : key.options;
}

/** The first words at a block, for a comment's quote. */
export function quoteOf(page: UnitPage | null, block: number | null): string | null {
	const found = block === null ? undefined : page?.blocks[block];
	if (!found) return null;
	if (found.type === 'paragraph' || found.type === 'heading') return cut(plainText(found.inlines));
	if (found.type === 'callout') return cut(plainText(found.title));
	return null;
}

const MAX_QUOTE = 120;

/** Words to be quoted, not more than fit in a line or two. */
export const cut = (words: string): string | null => {
	const trimmed = words.trim().replace(/\s+/g, ' ');
	return trimmed === '' ? null : trimmed.length > MAX_QUOTE ? `${trimmed.slice(0, MAX_QUOTE - 1)}…` : trimmed;
};
