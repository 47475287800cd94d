/** The words of the places that learners marked, out of the version in force (FBK-24). */
import { composeUnitPage } from '../../core/lessons/compose.ts';
import { blockText, type Manner } from '../../core/lessons/block-text.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { PublishedVersion, Versions } from '../packages/versions.ts';

const LONGEST = 400;
const QUOTED: Manner = { rows: ' · ', cells: ', ', blocks: ' ', medium: () => '' };

/** A unit's page in a language of this version, or null where it has none. */
export async function pageOf(
	versions: Versions,
	version: PublishedVersion,
	unit: string,
	tag: string
): Promise<UnitPage | null> {
	const language = version.languages.get(tag)?.part;
	if (!language) return null;
	const files = { shared: await versions.files(version.shared), language: await versions.files(language) };
	const page = composeUnitPage(
		{
			...{ shared: version.shared, language, files, checkers: [], languages: [tag] },
			checked: 'online',
			urls: { media: () => ({ url: '', here: false }), simulation: () => '' }
		},
		unit
	);
	return page.ok ? page.value : null;
}

/** What stands at a place; null where there is no such place. */
export function quoteOf(page: UnitPage, place: string): string | null {
	const [kind, id = ''] = place.split(':');
	const words =
		kind === 'step' ? stepOf(page, id) : kind === 'item' ? promptOf(page, id) : blockOf(page, place);
	return words === null || words.trim() === '' ? null : words.slice(0, LONGEST);
}

export const promptOf = (page: UnitPage, item: string): string | null =>
	page.quiz?.items.find(({ key }) => key.id === item)?.words.prompt ?? null;

function stepOf({ practice }: UnitPage, id: string): string | null {
	const step = practice && Object.hasOwn(practice.words.steps, id) ? practice.words.steps[id] : null;
	return step ? `${step.title}. ${step.text}` : null;
}

function blockOf({ blocks, figures }: UnitPage, place: string): string | null {
	const block = blocks[Number(place.slice(1))];
	if (block?.type === 'figure')
		return Object.hasOwn(figures, block.figure) ? figures[block.figure]!.alt : null;
	return block ? blockText(block, QUOTED) : null;
}
