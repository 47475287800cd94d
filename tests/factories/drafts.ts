/** Drafts for tests: as a template begins them, with all words filled in, and edits by chance. */
import fc from 'fast-check';
import type { Draft, DraftFile } from '../../src/lib/core/drafts/draft.ts';
import * as edit from '../../src/lib/core/drafts/edit.ts';
import * as practice from '../../src/lib/core/drafts/edit-practice.ts';
import * as quiz from '../../src/lib/core/drafts/edit-quiz.ts';
import { fromTemplate, type Template } from '../../src/lib/core/drafts/templates.ts';

export const WHO = { name: 'Khamla', institution: { name: 'Savannakhet College', country: 'LA' } };
const MADE = {
	id: '0190a6e0-0000-7000-8000-000000000001',
	package: 'course-1a2b3c4d',
	now: Date.parse('2026-11-25T08:00:00Z')
};

/** A draft as a template begins it, in English and Lao. */
export const aDraft = (template: Template = 'one-skill', languages = ['en', 'lo']): Draft =>
	fromTemplate({ template, languages, sector: 'energy', who: WHO, words: (word) => `The ${word}` }, MADE);

/** Fills in everything that is missing, in every language. */
export function filled(draft: Draft): Draft {
	let whole = edit.setMeta(draft, { occupation: '7411' });
	for (const tag of draft.languages) {
		whole = edit.setWords(whole, tag, {
			title: `Strip wire (${tag})`,
			goal: `Strip a wire safely (${tag}).`
		});
		if (draft.supersedes)
			whole = edit.setMeta(whole, { releaseNotes: { ...whole.releaseNotes, [tag]: 'New.' } });
		for (const { id } of draft.units) whole = filledUnit(whole, id, tag);
		for (const { id } of draft.files) {
			whole = edit.setFileWords(whole, id, tag, { alt: `Shown (${tag})`, said: `Said (${tag}).` });
		}
	}
	return whole;
}

function filledUnit(draft: Draft, unit: string, tag: string): Draft {
	const source = draft.units.find(({ id }) => id === unit)!;
	const first = source.words[draft.languages[0]!]?.text ?? '';
	let whole = edit.setUnitWords(draft, unit, tag, {
		title: `Title of ${unit} (${tag})`,
		summary: `What ${unit} is about (${tag}).`,
		text:
			tag === draft.languages[0] ? first.replaceAll(/(^## .*\n)/gm, '$1\nA sentence.\n') || 'Text.' : first
	});
	if (source.practice) {
		whole = edit.setPracticeWords(whole, unit, tag, { goal: `Do it (${tag})` });
		for (const id of source.practice.tools) whole = practice.setToolWords(whole, unit, id, tag, 'Pliers');
		for (const id of source.practice.safety)
			whole = practice.setSafetyWords(whole, unit, id, tag, {
				title: 'Power off',
				text: 'First switch off.'
			});
		for (const step of source.practice.steps) {
			whole = practice.setStepWords(whole, unit, step.id, tag, {
				title: `Step (${tag})`,
				text: 'Cut 8 mm.',
				evidence: step.evidence ? 'Bare wire.' : ''
			});
		}
	}
	for (const item of source.items) {
		const words = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, `${id} (${tag})`]));
		whole = quiz.setItemWords(whole, unit, item.id, tag, {
			prompt: `Why (${tag})?`,
			explain: 'So.',
			...('options' in item ? { options: words(item.options), feedback: words(item.options) } : {}),
			...(item.kind === 'ordering' ? { options: words(item.key) } : {}),
			...(item.kind === 'matching' ? { left: words(item.left), right: words(item.right) } : {})
		});
		whole = quiz.editItem(whole, unit, item.id, (each) => {
			if (each.kind === 'single') return { ...each, key: each.key ?? each.options[0]! };
			if (each.kind === 'multiple') return { ...each, key: each.options.slice(0, 2) };
			return each.kind === 'numeric' ? { ...each, value: 40.5, symbol: 'V' } : each;
		});
	}
	return whole;
}

export const aFile = (number: number, role: DraftFile['role'] = 'picture'): DraftFile => ({
	id: `${role}-${number}`,
	role,
	digest: String(number % 10).repeat(64),
	mediaType: { picture: 'image/webp', sound: 'audio/webm', clip: 'video/mp4', drawing: 'image/svg+xml' }[
		role
	],
	size: 1000,
	originalSize: 9000,
	width: role === 'sound' ? null : 640,
	height: role === 'sound' ? null : 360,
	seconds: role === 'picture' ? null : 4,
	words: {}
});

type Edit = (draft: Draft) => Draft;

/** One edit by chance, also of things that are not there. */
export function anEdit(): fc.Arbitrary<Edit> {
	const unit = fc.constantFrom('unit-1', 'unit-2', 'unit-3', 'unit-6', 'constructor');
	const step = fc.constantFrom('step-1', 'step-2', 'step-4', 'nothing');
	const item = fc.constantFrom('q-1', 'q-2', 'q-3');
	const tag = fc.constantFrom('en', 'lo', 'th');
	const by = fc.integer({ min: -3, max: 3 });
	const text = fc.string({ maxLength: 30, unit: 'grapheme' });
	const list = fc.constantFrom<quiz.EntryList>('options', 'key', 'left', 'right');
	const entry = fc.constantFrom('o-1', 'o-2', 'o-4', 'l-1', 'r-2');
	const kind = fc.constantFrom('single', 'multiple', 'numeric', 'ordering', 'matching');
	const edits: fc.Arbitrary<Edit>[] = [
		fc.constantFrom('theory', 'practice', 'assessment', 'case').map((each) => (d) => edit.addUnit(d, each)),
		unit.map((id) => (d) => edit.removeUnit(d, id)),
		fc.tuple(unit, by).map(
			([id, n]) =>
				(d) =>
					edit.moveUnit(d, id, n)
		),
		fc.tuple(unit, tag, text).map(
			([id, l, t]) =>
				(d) =>
					edit.setUnitWords(d, id, l, { text: t, title: t })
		),
		fc.tuple(tag, text).map(
			([l, t]) =>
				(d) =>
					edit.setWords(d, l, { title: t })
		),
		tag.map((l) => (d) => edit.addLanguage(d, l)),
		tag.map((l) => (d) => edit.removeLanguage(d, l)),
		fc.nat({ max: 9 }).map((n) => (d) => edit.addFile(d, aFile(n))),
		fc.nat({ max: 9 }).map((n) => (d) => edit.removeFile(d, `picture-${n}`)),
		fc.tuple(fc.nat({ max: 9 }), tag, text).map(
			([n, l, t]) =>
				(d) =>
					edit.setFileWords(d, `picture-${n}`, l, { alt: t })
		),
		unit.map((id) => (d) => practice.addStep(d, id)),
		fc.tuple(unit, step).map(
			([id, s]) =>
				(d) =>
					practice.removeStep(d, id, s)
		),
		fc.tuple(unit, step, by).map(
			([id, s, n]) =>
				(d) =>
					practice.moveStep(d, id, s, n)
		),
		fc.tuple(unit, step, tag, text).map(
			([id, s, l, t]) =>
				(d) =>
					practice.setStepWords(d, id, s, l, { text: t })
		),
		fc.tuple(unit, step, tag).map(
			([id, s, l]) =>
				(d) =>
					practice.setStepSound(d, id, s, l, 'sound-1')
		),
		unit.map((id) => (d) => practice.addTool(d, id)),
		unit.map((id) => (d) => practice.removeTool(d, id, 'tool-1')),
		fc.tuple(unit, tag, text).map(
			([id, l, t]) =>
				(d) =>
					practice.setToolWords(d, id, 'tool-1', l, t)
		),
		unit.map((id) => (d) => practice.addSafety(d, id)),
		fc.tuple(unit, kind).map(
			([id, k]) =>
				(d) =>
					quiz.addItem(d, id, k)
		),
		fc.tuple(unit, item).map(
			([id, i]) =>
				(d) =>
					quiz.removeItem(d, id, i)
		),
		fc.tuple(unit, item, by).map(
			([id, i, n]) =>
				(d) =>
					quiz.moveItem(d, id, i, n)
		),
		fc.tuple(unit, item, list).map(
			([id, i, l]) =>
				(d) =>
					quiz.addEntry(d, id, i, l)
		),
		fc.tuple(unit, item, list, entry).map(
			([id, i, l, e]) =>
				(d) =>
					quiz.removeEntry(d, id, i, l, e)
		),
		fc.tuple(unit, item, list, entry, by).map(
			([id, i, l, e, n]) =>
				(d) =>
					quiz.moveEntry(d, id, i, l, e, n)
		),
		fc.tuple(unit, item, entry).map(
			([id, i, e]) =>
				(d) =>
					quiz.chooseKey(d, id, i, e)
		),
		fc.tuple(unit, item).map(
			([id, i]) =>
				(d) =>
					quiz.choosePair(d, id, i, 'l-1', 'r-2')
		),
		fc.tuple(unit, item, tag, entry, text).map(
			([id, i, l, e, t]) =>
				(d) =>
					quiz.setEntryWords(d, id, i, l, 'options', e, t)
		)
	];
	return fc.oneof(...edits);
}
