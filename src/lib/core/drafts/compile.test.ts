import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDraft, aFile, anEdit, filled } from '../../../../tests/factories/drafts.ts';
import { buildPackage } from '../packages/build.ts';
import { checkSource } from '../packages/source/check.ts';
import { compileDraft } from './compile.ts';
import * as edit from './edit.ts';
import * as practice from './edit-practice.ts';
import * as quiz from './edit-quiz.ts';
import { blockingProblems, problemsOf, readyLanguages } from './problems.ts';
import { TEMPLATES } from './templates.ts';

const nothing = () => undefined;
const json = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
	JSON.parse(new TextDecoder().decode(files.get(path)));
const text = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
	new TextDecoder().decode(files.get(path));

describe('a draft as a package source', () => {
	it.each(TEMPLATES)('DRA-5 %s, filled in, passes the checks of a package and is built', async (template) => {
		const draft = filled(aDraft(template));
		expect(problemsOf(draft)).toEqual([]);
		const checked = checkSource(compileDraft(draft, nothing), draft.package);
		expect(checked.faults).toEqual([]);
		const built = await buildPackage(checked.source!);
		expect(Object.keys(built.manifest.manifest.languages)).toEqual(['en', 'lo']);
	});

	it.each(TEMPLATES)('DRA-11 %s, as it begins, lacks what the author has to say', (template) => {
		const draft = aDraft(template);
		const codes = new Set(blockingProblems(draft).map(({ code }) => code));
		for (const code of ['draft/no-title', 'draft/no-goal', 'draft/no-occupation', 'draft/no-prompt']) {
			expect(codes).toContain(code);
		}
	});

	it('DRA-6 the same draft gives the same files, in whatever order it was filled in', () => {
		const draft = filled(aDraft());
		const turned = JSON.parse(JSON.stringify(draft), (_, value) =>
			typeof value === 'object' && value !== null && !Array.isArray(value)
				? Object.fromEntries(Object.entries(value).toReversed())
				: value
		);
		const [one, other] = [compileDraft(draft, nothing), compileDraft(turned, nothing)];
		for (const [path, bytes] of one) expect([path, [...other.get(path)!]]).toEqual([path, [...bytes]]);
	});

	it('DRA-10 whatever is done to it, where nothing is missing the checks of a package find nothing', () => {
		fc.assert(
			fc.property(fc.array(anEdit(), { maxLength: 25 }), (edits) => {
				const edited = edits.reduce((draft, each) => each(draft), aDraft());
				// Texts by chance are markup by chance, and files have no bytes here.
				const plain = {
					...edited,
					files: [],
					units: edited.units.map((unit) => ({
						...unit,
						words: {},
						practice: unit.practice && {
							...unit.practice,
							steps: unit.practice.steps.map((step) => ({ ...step, sound: {} }))
						}
					}))
				};
				const draft = filled(plain);
				if (problemsOf(draft).length > 0) return;
				expect(checkSource(compileDraft(draft, nothing)).faults).toEqual([]);
			}),
			{ numRuns: 80 }
		);
	});

	it('DRA-12 a language in which a word is missing stays at home; the others go', () => {
		const draft = edit.setUnitWords(filled(aDraft('one-idea', ['en', 'lo', 'th'])), 'unit-1', 'lo', {
			title: ' '
		});
		const problems = problemsOf(draft);
		expect(problems).toEqual([{ code: 'draft/no-title', language: 'lo', unit: 'unit-1', place: null }]);
		expect(blockingProblems(draft, problems)).toEqual([]);
		const { ready, behind } = readyLanguages(draft, problems);
		expect([ready, behind]).toEqual([['en', 'th'], ['lo']]);
		const files = compileDraft(draft, nothing, ready);
		expect(checkSource(files).faults).toEqual([]);
		expect([...files.keys()].some((path) => path.startsWith('lo/'))).toBe(false);
	});

	it('DRA-13 a translation with another paragraph lags behind', () => {
		const draft = filled(aDraft());
		const lao = draft.units[0]!.words.lo!.text;
		const longer = edit.setUnitWords(draft, 'unit-1', 'lo', { text: `${lao}\n\nOne more.` });
		expect(problemsOf(longer).map(({ code, language, unit }) => [code, language, unit])).toEqual([
			['draft/structure-differs', 'lo', 'unit-1']
		]);
	});

	it('DRA-11 text that a package refuses is said with its line', () => {
		const draft = edit.setUnitWords(filled(aDraft('one-idea', ['en'])), 'unit-1', 'en', {
			text: 'Good.\n\n<script>alert(1)</script>\n\n[x](unit:gone)'
		});
		expect(blockingProblems(draft).map(({ code, params }) => [code, params?.line ?? params?.target])).toEqual(
			[
				['draft/bad-text', 3],
				['draft/dead-link', 'gone']
			]
		);
	});

	it('DRA-7 options are named by letter where they stand', () => {
		let draft = filled(aDraft('check-yourself', ['en']));
		draft = quiz.chooseKey(draft, 'unit-1', 'q-1', 'o-3');
		draft = quiz.removeEntry(draft, 'unit-1', 'q-1', 'options', 'o-1');
		const files = compileDraft(draft, nothing);
		expect(json(files, 'shared/units/unit-1.json').quiz.items[0]).toMatchObject({
			options: ['a', 'b'],
			key: 'b'
		});
		expect(json(files, 'en/units/unit-1.json').quiz['q-1'].options).toEqual({ a: 'o-2 (en)', b: 'o-3 (en)' });
	});

	it('DRA-7 only files that something shows travel, each where the package has it', () => {
		let draft = aDraft();
		for (const file of [aFile(1), aFile(2), aFile(3, 'clip'), aFile(4, 'sound'), aFile(5, 'sound')]) {
			draft = edit.addFile(draft, file);
		}
		draft = edit.setUnitWords(draft, 'unit-1', 'en', { text: 'See.\n\n![](figure:picture-1)' });
		draft = practice.setStep(draft, 'unit-2', 'step-1', { picture: 'clip-3' });
		draft = practice.setStepSound(draft, 'unit-2', 'step-1', 'en', 'sound-4');
		draft = practice.setStepSound(draft, 'unit-2', 'step-1', 'lo', 'sound-5');
		draft = filled(draft);
		const files = compileDraft(draft, (digest) => Uint8Array.of(Number(digest[0])));
		expect([...files.keys()].filter((path) => path.includes('/media/')).sort()).toEqual([
			'en/media/clip-3.md',
			'en/media/clip-3.vtt',
			'en/media/sound-4.audio.webm',
			'en/media/sound-4.md',
			'lo/media/clip-3.md',
			'lo/media/clip-3.vtt',
			'lo/media/sound-4.audio.webm',
			'lo/media/sound-4.md',
			'shared/media/clip-3.360p.mp4',
			'shared/media/picture-1.webp'
		]);
		expect(files.get('lo/media/sound-4.audio.webm')).toEqual(Uint8Array.of(5));
		expect(Object.keys(json(files, 'en/figures.json'))).toEqual(['clip-3', 'picture-1']);
		expect(json(files, 'shared/units/unit-2.json').practice.steps[0].sound).toBe('sound-4');
		expect(text(files, 'en/units/unit-2.md')).toContain('![](video:clip-3)');
		expect(text(files, 'en/media/clip-3.vtt')).toBe('WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nSaid (en).\n');
	});
});
