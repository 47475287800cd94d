/** What the checks of a package find, at its place in the draft (DRA-14). */
import { describe, expect, it } from 'vitest';
import { aDraft, filled } from '../../../../tests/factories/drafts.ts';
import type { LooseJson } from '../../../../tests/factories/package-source.ts';
import { utf8 } from '../base/hash.ts';
import { checkSource } from '../packages/source/check.ts';
import { compileDraft } from './compile.ts';
import { problemOfFault } from './source-problem.ts';

const draft = filled(aDraft());

/** Problems of the draft where its source says something else in one file. */
function spoiled(path: string, edit: (text: string) => string) {
	const files = new Map(compileDraft(draft, () => undefined));
	files.set(path, utf8(edit(new TextDecoder().decode(files.get(path) ?? new Uint8Array()))));
	return checkSource(files).faults.map((fault) => problemOfFault(draft, fault));
}
const json = (change: (value: LooseJson) => void) => (text: string) => {
	const value = JSON.parse(text) as unknown;
	change(value);
	return JSON.stringify(value);
};
const unit = draft.units[0]!.id;
const item = draft.units[0]!.items[0]!.id;
const lacks = { language: 'en', unit: null, place: null };

describe('what the checks of a package find', () => {
	it('in a text stands at its line, with the sentence of the fault', () => {
		expect(spoiled(`en/units/${unit}.md`, (text) => `${text}\n<b>no</b>\n`)[0]).toMatchObject({
			...{ code: 'draft/bad-text', language: 'en', unit, place: null },
			params: { fault: 'lesson/html', line: expect.any(Number) }
		});
	});

	it('in words stands at the field, whatever file it is written to', () => {
		const long = 'x'.repeat(5000);
		expect(
			spoiled(
				'package.json',
				json((value) => (value.occupation.code = 'cook'))
			)
		).toEqual([{ ...lacks, code: 'draft/bad-field', language: null, place: 'occupation' }]);
		expect(
			spoiled(
				'en/package.json',
				json((value) => (value.title = long))
			)
		).toEqual([{ ...lacks, code: 'draft/bad-field', place: 'title' }]);
		expect(
			spoiled(
				'en/package.json',
				json((value) => (value.units[unit].summary = long))
			)
		).toEqual([{ code: 'draft/bad-field', language: 'en', unit, place: 'summary' }]);
	});

	it('in a question stands at the question, by its name or by its number', () => {
		const words = spoiled(
			`en/units/${unit}.json`,
			json((value) => (value.quiz[item].prompt = 7))
		);
		expect(words[0]).toEqual({ code: 'draft/bad-field', language: 'en', unit, place: `item:${item}` });
		const keys = spoiled(
			`shared/units/${unit}.json`,
			json((value) => (value.quiz.items[0].kind = 'riddle'))
		);
		expect(keys).toContainEqual({ code: 'draft/bad-field', language: null, unit, place: `item:${item}` });
	});
});
