import { describe, expect, it } from 'vitest';
import { verifiedBuild } from '../../../../tests/factories/built-package.ts';
import { makeMp4 } from '../../../../tests/factories/mp4.ts';
import { makeSource, type SourceFactory } from '../../../../tests/factories/package-source.ts';
import { composeUnitPage } from '../lessons/compose.ts';
import type { UnitPage } from '../lessons/unit-page.ts';
import { changedIn, diffUnit } from './diff.ts';

async function pageOf(
	unit: string,
	change?: (source: SourceFactory) => void,
	language = 'en'
): Promise<UnitPage> {
	const source = makeSource();
	change?.(source);
	const { shared, languages, files } = await verifiedBuild(source);
	const page = composeUnitPage(
		{
			...{ shared, language: languages[language]!, languages: ['en', 'th'], checked: 'online' },
			files: { shared: files['shared']!, language: files[language]! },
			urls: {
				media: ({ digest }) => ({ url: `/x/${digest}.mp4`, here: change !== undefined }),
				simulation: () => ''
			}
		},
		unit
	);
	if (!page.ok) throw new Error(page.fault.code);
	return page.value;
}
const diffOf = async (unit: string, change: (source: SourceFactory) => void) =>
	diffUnit(await pageOf(unit), await pageOf(unit, change), 'en');
const text = ({ kind, text }: { kind: string; text: string }) =>
	kind === 'same' ? text : `[${kind} ${text}]`;

describe('diffUnit (REV-72 to REV-75)', () => {
	it('says that nothing changed, wherever the media are read from', async () => {
		for (const unit of ['light', 'hands', 'try', 'film', 'exam']) {
			const diff = await diffOf(unit, () => {});
			expect(diff).toMatchObject({ kind: 'same', fields: [] });
			expect(changedIn(await pageOf(unit), await pageOf(unit, () => {}))).toEqual({
				shared: false,
				language: false
			});
		}
	});

	it('shows the words of a paragraph that changed, in its place', async () => {
		const diff = await diffOf('light', (source) =>
			source.replace('en/units/light.md', 'Light makes', 'Sunlight makes')
		);
		expect(diff.kind).toBe('changed');
		expect(diff.blocks.map(({ kind }) => kind)).toEqual(['same', 'changed', 'same', 'same', 'same']);
		expect(diff.blocks[1]!.pieces.map(text).join('')).toContain('[old Light][new Sunlight] makes');
	});

	it('keeps a paragraph that came or went apart from one that changed', async () => {
		const before = await pageOf('light');
		const inlines = [{ type: 'text' as const, text: 'Something else altogether stands here.' }];
		const now = { ...before, blocks: [{ type: 'paragraph' as const, inlines }, ...before.blocks] };
		const diff = diffUnit(before, now, 'en');
		expect(diff.blocks[0]).toMatchObject({ kind: 'new', before: null, now: 0 });
		expect(diff.blocks.slice(1).every(({ kind }) => kind === 'same')).toBe(true);
	});

	it('names what changed of questions: words, the right answer, a question that went', async () => {
		const before = await pageOf('exam');
		const now = structuredClone(before);
		const items = now.quiz!.items;
		items[0]!.words.prompt = 'Which one?';
		Object.assign(items[0]!.key, { key: 'c' });
		items.splice(2, 1);
		const diff = diffUnit(before, now, 'en');
		const places = Object.fromEntries(diff.fields.map(({ place, kind }) => [place, kind]));
		expect(places).toMatchObject({
			'item:q1/prompt': 'changed',
			'item:q1/key': 'changed',
			'item:q3/prompt': 'old',
			'item:q3/key': 'old',
			items: 'changed'
		});
		const key = diff.fields.find(({ place }) => place === 'item:q1/key')!;
		expect(key).toMatchObject({ words: false, shared: true, pieces: [] });
		expect([key.before, key.now].map((each) => JSON.parse(each!).key)).toEqual(['b', 'c']);
	});

	it('names what changed of steps, figures, media and metadata', async () => {
		const hands = await diffOf('hands', (source) =>
			source
				.edit('en/units/hands.json', (json) => (json.practice.steps.look.text = 'Look twice.'))
				.edit('shared/units/hands.json', (json) => json.practice.steps.reverse())
				.edit('en/figures.json', (json) => (json.panel.words.sun = 'The sun'))
				.edit('package.json', (json) => (json.modules[0].units[1].minutes = 25))
		);
		expect(hands.fields.map(({ place }) => place)).toEqual([
			'minutes',
			'steps',
			'step:look/text',
			'figure:panel/words'
		]);
		const film = await diffOf('film', (source) =>
			source.put('shared/media/clip.144p.mp4', makeMp4({ height: 144, data: 4000 }))
		);
		expect(film.fields.map(({ place }) => place)).toEqual(['video:clip']);
	});

	it('tells what is shared from what is one language: a drawing from the words in it', async () => {
		const words = await pageOf('light', (source) =>
			source.edit('en/figures.json', (json) => (json.panel.words.sun = 'Sol'))
		);
		expect(changedIn(await pageOf('light'), words)).toEqual({ shared: false, language: true });
		const drawing = await pageOf('light', (source) =>
			source.replace('shared/figures/panel.svg', 'x="8" y="40"', 'x="9" y="40"')
		);
		expect(changedIn(await pageOf('light'), drawing)).toEqual({ shared: true, language: false });
	});

	it('takes a unit that came or went as a whole', async () => {
		const page = await pageOf('light');
		expect(diffUnit(null, page, 'en').kind).toBe('new');
		expect(diffUnit(page, null, 'en')).toMatchObject({ kind: 'old' });
	});
});
