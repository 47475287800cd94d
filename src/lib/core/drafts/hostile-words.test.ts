import { expect, it } from 'vitest';
import { freeTextIn, freeTextOf } from '../../../../tests/factories/from-schema.ts';
import { tryMarkup, wordyDraft } from '../../../../tests/factories/hostile-words.ts';
import sentences from '../../../../locales/en/check.json';
import { checkSource } from '../packages/source/check.ts';
import { Draft } from './draft.ts';

/** Where text is written with marks, so that markup would be some: never taken. */
const WITH_MARKS = ['units.*.words.*.text', 'units.*.words.*.practice.steps.*.text'];

it('DRA-14 markup in any field of text of a draft is refused with a sentence, or is words', () => {
	const draft = wordyDraft('khamla');
	const { tried, source } = tryMarkup(draft);
	// All fields that the schema has, none forgotten.
	expect(new Set(freeTextIn(Draft, draft).map(({ field }) => field))).toEqual(new Set(freeTextOf(Draft)));
	for (const { codes } of tried) for (const code of codes) expect(sentences).toHaveProperty([code]);
	for (const field of WITH_MARKS) {
		const there = tried.filter((each) => each.field === field);
		expect(there.length).toBeGreaterThan(0);
		for (const { codes } of there) expect(codes.length, field).toBeGreaterThan(0);
	}
	expect(checkSource(source.files).faults).toEqual([]);
});
