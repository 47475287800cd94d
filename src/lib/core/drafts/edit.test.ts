import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anEdit, aDraft } from '../../../../tests/factories/drafts.ts';
import { Draft } from './draft.ts';
import * as edit from './edit.ts';
import * as practice from './edit-practice.ts';
import * as quiz from './edit-quiz.ts';
import { applyPatch, diffDrafts, invertPatch } from './patch.ts';

const frozen = <Value>(value: Value): Value => {
	if (typeof value === 'object' && value !== null) {
		Object.freeze(value);
		Object.values(value).forEach(frozen);
	}
	return value;
};

describe('editing a draft', () => {
	it('DRA-4 whatever is done in whatever order, it stays a draft, and the one before stays as it was', () => {
		fc.assert(
			fc.property(fc.array(anEdit(), { maxLength: 60 }), (edits) => {
				let draft = frozen(aDraft());
				for (const each of edits) {
					draft = frozen(each(draft));
					const parsed = v.safeParse(Draft, draft);
					expect(parsed.issues?.map(({ message, path }) => [message, path?.map(({ key }) => key)])).toBe(
						undefined
					);
				}
				for (const list of [draft.units, ...draft.units.map(({ items }) => items)]) {
					expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
				}
			}),
			{ numRuns: 150 }
		);
	});

	it('DRA-21 every change goes back and forward again', () => {
		fc.assert(
			fc.property(fc.array(anEdit(), { maxLength: 40 }), (edits) => {
				const drafts = edits.reduce((all, each) => [...all, each(all.at(-1)!)], [aDraft()]);
				let draft = drafts.at(-1)!;
				const patches = drafts.slice(1).map((after, index) => diffDrafts(drafts[index]!, after));
				for (const [index, patch] of [...patches.entries()].toReversed()) {
					draft = applyPatch(draft, JSON.parse(JSON.stringify(invertPatch(patch))));
					expect(draft).toEqual(drafts[index]);
				}
				for (const patch of patches) draft = applyPatch(draft, JSON.parse(JSON.stringify(patch)));
				expect(draft).toEqual(drafts.at(-1));
			}),
			{ numRuns: 150 }
		);
	});

	it('DRA-21 one key in a long text is a small change', () => {
		const draft = edit.setUnitWords(aDraft(), 'unit-1', 'en', { text: 'word '.repeat(5000) });
		const typed = edit.setUnitWords(draft, 'unit-1', 'en', { text: `${'word '.repeat(5000)}x` });
		expect(JSON.stringify(diffDrafts(draft, typed)).length).toBeLessThan(120);
	});

	it('DRA-3 ids are not given twice', () => {
		const draft = practice.addStep(practice.removeStep(aDraft(), 'unit-2', 'step-1'), 'unit-2');
		expect(draft.units[1]!.practice!.steps.map(({ id }) => id)).toEqual(['step-2', 'step-3', 'step-4']);
	});

	it('DRA-4 a sixth unit, and the last language, change nothing', () => {
		let draft = aDraft();
		while (draft.units.length < 5) draft = edit.addUnit(draft, 'theory');
		expect(edit.addUnit(draft, 'theory')).toBe(draft);
		const one = edit.removeLanguage(draft, draft.languages[0]!);
		expect(one.languages).toHaveLength(1);
		expect(edit.removeLanguage(one, one.languages[0]!)).toBe(one);
	});

	it('DRA-4 an option goes with its words and out of the key', () => {
		let draft = quiz.chooseKey(aDraft(), 'unit-1', 'q-1', 'o-2');
		draft = quiz.setEntryWords(draft, 'unit-1', 'q-1', 'en', 'options', 'o-2', 'twelve');
		draft = quiz.removeEntry(draft, 'unit-1', 'q-1', 'options', 'o-2');
		expect(draft.units[0]!.items[0]).toMatchObject({ options: ['o-1', 'o-3'], key: null });
		expect(draft.units[0]!.words.en!.quiz['q-1']!.options).toEqual({});
	});

	it('DRA-4 a file goes out of steps, questions and texts', () => {
		let draft = edit.addFile(aDraft(), {
			id: 'picture-1',
			role: 'picture',
			digest: 'a'.repeat(64),
			mediaType: 'image/webp',
			size: 1000,
			originalSize: 5000,
			width: 10,
			height: 10,
			seconds: null,
			words: {}
		});
		draft = practice.setStep(draft, 'unit-2', 'step-1', { picture: 'picture-1' });
		draft = edit.setUnitWords(draft, 'unit-1', 'en', {
			text: 'One.\n\n![](figure:picture-1)\n\nTwo ![](figure:picture-10).\n'
		});
		draft = edit.removeFile(draft, 'picture-1');
		expect(draft.units[1]!.practice!.steps[0]!.picture).toBeNull();
		expect(draft.units[0]!.words.en!.text).toBe('One.\n\nTwo ![](figure:picture-10).\n');
	});

	it('DRA-8 the next version takes the place of the published one', () => {
		const next = edit.nextVersion(aDraft(), { manifest: 'b'.repeat(64), version: '1.4.2' });
		expect(next).toMatchObject({ version: '1.5.0', supersedes: 'b'.repeat(64), package: aDraft().package });
	});
});
