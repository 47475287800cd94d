import { beforeAll, describe, expect, it } from 'vitest';
import { valueOf, verifiedBuild, type VerifiedBuild } from '../../../../tests/factories/built-package.ts';
import { filesOf } from '../packages/pack.ts';
import { composeUnitPage, type UnitSource } from './compose.ts';

let build: VerifiedBuild;
beforeAll(async () => {
	build = await verifiedBuild();
});

const source = (language: string, change: Partial<UnitSource> = {}): UnitSource => ({
	shared: build.shared,
	language: build.languages[language]!,
	files: { shared: build.files.shared!, language: build.files[language]! },
	languages: ['en', 'th'],
	checked: 'this-phone',
	urls: {
		media: ({ digest }) => ({ url: `/media/${digest}`, here: true }),
		simulation: (id, tag) => `/sim/${id}/${tag}`
	},
	...change
});
const page = (unit: string, language = 'th') => valueOf(composeUnitPage(source(language), unit));

describe('the page of a unit', () => {
	it('PKG-80: says where it stands and whose it is', () => {
		expect(page('hands')).toMatchObject({
			checked: 'this-phone',
			package: { id: 'little-sun', version: '1.0.0', title: 'A little sun (th)', sector: 'energy' },
			sharedPart: build.shared.digest,
			languagePart: source('th').language.digest,
			unit: { id: 'hands', kind: 'practice', title: 'hands (th)', minutes: 20, number: 2, of: 5 },
			previous: { id: 'light', title: 'light (th)' },
			next: { id: 'try', title: 'try (th)' },
			contentLanguage: 'th',
			translation: 'drafted-by-machine'
		});
		expect(page('light').previous).toBeNull();
		expect(page('exam').next).toBeNull();
		expect(page('light').contributors.map(({ did }) => did)).toEqual(['translator', 'author']);
	});

	it('PKG-81: brings the figures that it shows with their words, and of the glossary what it links to', () => {
		const { figures, glossary, blocks } = page('light');
		expect(Object.keys(figures)).toEqual(['panel']);
		expect(figures.panel).toMatchObject({
			width: 328,
			height: 100,
			alt: 'A panel (th)',
			caption: 'Panel (th)'
		});
		expect(figures.panel!.svg).toContain('>ดวงอาทิตย์</text>');
		expect(glossary).toEqual({ voltage: { term: 'voltage (th)', meaning: 'What pushes. (th)' } });
		expect(blocks.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'figure', 'list', 'callout']);
	});

	it('PKG-81: brings practice, simulation, video and quiz with keys and words', () => {
		expect(page('hands').practice?.key.steps[0]).toMatchObject({
			id: 'look',
			figure: 'panel',
			evidence: 'photo'
		});
		expect(page('hands').figures).toHaveProperty('panel');
		expect(page('try').simulation).toMatchObject({
			id: 'sizing',
			title: 'Sizing (th)',
			url: '/sim/sizing/th'
		});
		const film = page('film');
		expect(film.mainVideo).toBe('clip');
		expect(film.videos.clip).toMatchObject({ poster: 'clip', captions: { language: 'th' } });
		expect(film.videos.clip!.variants.map(({ variant, here }) => [variant, here])).toEqual([
			['144p', true],
			['360p', true]
		]);
		expect(film.figures).toHaveProperty('clip');
		const { quiz } = page('exam');
		expect(quiz?.rule).toEqual({ shuffle: true, draw: 4, passPercent: 80 });
		expect(quiz?.items.map(({ key, words }) => [key.id, words.prompt])).toContainEqual(['q3', '3? (th)']);
	});

	it('PKG-82: is made of the same items in every language', () => {
		const items = (language: string) => page('exam', language).quiz?.items.map(({ key }) => key);
		expect(items('en')).toEqual(items('th'));
	});

	it('answers with a fault where there is no such unit', () => {
		const answer = composeUnitPage(source('en'), 'constructor');
		expect(answer.ok || answer.fault.code).toBe('lesson/not-found');
	});

	it.each(['units/exam.json', 'units/exam.md', 'figures.json'])(
		'answers with a fault that names %s where it is damaged',
		(path) => {
			const files = new Map(build.files.en!.paths.map((each) => [each, build.files.en!.bytes(each)!]));
			files.delete(path);
			const without = source('en', { files: { shared: build.files.shared!, language: filesOf(files) } });
			expect(composeUnitPage(without, 'exam')).toEqual({
				ok: false,
				fault: { code: 'lesson/bad-content', params: { path } }
			});
			files.set(path, new Uint8Array([0xff]));
			expect(composeUnitPage(without, 'exam').ok).toBe(false);
		}
	);
});
