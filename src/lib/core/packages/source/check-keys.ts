/** `shared/units/<unit>.json` (SRC-2), and that every unit is assessed (SRC-3). */
import { UnitKeys, type ItemKey, type QuizKey } from '../../lessons/content.ts';
import type { Unit } from '../manifest.ts';
import type { SourceJson, SourceReader } from './files.ts';
import type { JsonPath } from './json-lines.ts';
import { soundOf } from './check-sounds.ts';
import type { SourcePackage } from './schema.ts';

/** A unit of the tree with its keys; `json` is null where it has no file of its own. */
export interface UnitSource extends Unit {
	keys: UnitKeys;
	json: SourceJson<UnitKeys> | null;
}

const NEEDED: Partial<Record<Unit['kind'], keyof UnitKeys>> = {
	practice: 'practice',
	simulation: 'simulation',
	media: 'media',
	assessment: 'quiz'
};

export function checkUnitKeys(reader: SourceReader, tree: SourceJson<SourcePackage>, unit: Unit): UnitSource {
	const file = `shared/units/${unit.id}.json`;
	const json = reader.json(file, UnitKeys);
	const keys = json?.value ?? {};
	const needed = NEEDED[unit.kind];
	if (needed !== undefined && keys[needed] === undefined && (json || !reader.files.has(file))) {
		const params = { unit: unit.id, kind: unit.kind, needs: needed };
		if (json) reader.reportAt('source/kind-without-content', json, [], params);
		else reader.reportAt('source/kind-without-content', tree, ['modules'], params);
	}
	if (json) {
		checkPractice(reader, json);
		checkReferences(reader, tree, json);
		if (keys.quiz) checkQuiz(reader, json, keys.quiz);
	}
	return { ...unit, keys, json };
}

function checkPractice(reader: SourceReader, json: SourceJson<UnitKeys>): void {
	const practice = json.value.practice;
	if (!practice) return;
	checkOnce(reader, json, practice.tools, ['practice', 'tools']);
	checkOnce(
		reader,
		json,
		practice.steps.map((step) => step.id),
		['practice', 'steps']
	);
	practice.steps.forEach((step, at) => {
		for (const tool of step.tools) {
			if (practice.tools.includes(tool)) continue;
			reader.reportAt('source/dead-link', json, ['practice', 'steps', at, 'tools'], { target: tool });
		}
	});
}

/** Figures, videos and simulations that keys name are there. */
function checkReferences(
	reader: SourceReader,
	tree: SourceJson<SourcePackage>,
	json: SourceJson<UnitKeys>
): void {
	const { practice, quiz, simulation } = json.value;
	const figure = (id: string | undefined, path: JsonPath) => {
		if (id === undefined || reader.has(`shared/figures/${id}.svg`) || reader.has(`shared/media/${id}.webp`))
			return;
		reader.reportAt('source/dead-link', json, path, { target: `figure:${id}` });
	};
	practice?.steps.forEach((step, at) => figure(step.figure, ['practice', 'steps', at, 'figure']));
	practice?.steps.forEach(({ sound }, at) => {
		if (sound === undefined || tree.value.languages.some((tag) => soundOf(reader, tag, sound))) return;
		reader.reportAt('source/dead-link', json, ['practice', 'steps', at, 'sound'], {
			target: `audio:${sound}`
		});
	});
	quiz?.items.forEach((item, at) => figure(item.figure, ['quiz', 'items', at, 'figure']));
	if (simulation !== undefined && !reader.has(`shared/sims/${simulation}.html`)) {
		reader.reportAt('source/dead-link', json, ['simulation'], { target: `simulation:${simulation}` });
	}
}

function checkQuiz(reader: SourceReader, json: SourceJson<UnitKeys>, quiz: QuizKey): void {
	checkOnce(
		reader,
		json,
		quiz.items.map((item) => item.id),
		['quiz', 'items']
	);
	if (quiz.draw !== undefined && quiz.draw > quiz.items.length) {
		reader.reportAt('source/bad-key', json, ['quiz', 'draw'], { item: 'draw', rule: 'draw' });
	}
	quiz.items.forEach((item, at) => {
		const rule = brokenRule(item);
		if (rule) reader.reportAt('source/bad-key', json, ['quiz', 'items', at], { item: item.id, rule });
	});
}

/** The name of the rule that a key breaks: a key that no answer could meet, or that every answer would. */
function brokenRule(item: ItemKey): string | null {
	const distinct = (ids: readonly string[]) => new Set(ids).size === ids.length;
	switch (item.kind) {
		case 'single':
		case 'multiple': {
			const key = typeof item.key === 'string' ? [item.key] : item.key;
			if (item.options.length < 2) return 'two-options';
			if (item.options.some((option, index) => option !== String.fromCharCode(97 + index)))
				return 'options-a-b-c';
			return key.length > 0 && distinct(key) && key.every((id) => item.options.includes(id))
				? null
				: 'key-of-options';
		}
		case 'ordering':
			return item.key.length >= 2 && distinct(item.key) ? null : 'two-options';
		case 'matching': {
			const { left, right, key } = item;
			if (left.length < 1 || right.length < 2 || !distinct(left) || !distinct(right)) return 'two-options';
			const paired = left.every((id) => Object.hasOwn(key, id) && right.includes(key[id]!));
			return paired && Object.keys(key).length === left.length ? null : 'key-of-options';
		}
		case 'numeric':
			return null;
	}
}

function checkOnce(
	reader: SourceReader,
	json: SourceJson<unknown>,
	ids: readonly string[],
	path: JsonPath
): void {
	ids.forEach((id, at) => {
		if (ids.indexOf(id) !== at) reader.reportAt('source/duplicate-id', json, [...path, at], { id });
	});
}

/** Every unit but the assessments is assessed by an item somewhere (SRC-3); at most 500 items (SRC-12). */
export function checkItems(
	reader: SourceReader,
	tree: SourceJson<SourcePackage>,
	units: readonly UnitSource[]
): void {
	const assessed = new Set<string>();
	let items = 0;
	for (const unit of units) {
		unit.keys.quiz?.items.forEach((item, at) => {
			items += 1;
			const of = item.unit ?? unit.id;
			assessed.add(of);
			if (units.some((each) => each.id === of)) return;
			reader.reportAt('source/dead-link', unit.json!, ['quiz', 'items', at, 'unit'], {
				target: `unit:${of}`
			});
		});
	}
	if (items > 500) reader.reportAt('source/too-large', tree, ['modules'], { bytes: items, limit: 500 });
	tree.value.modules.forEach((module, at) => {
		module.units.forEach((unit, index) => {
			if (unit.kind === 'assessment' || assessed.has(unit.id)) return;
			reader.reportAt('source/not-assessed', tree, ['modules', at, 'units', index], { unit: unit.id });
		});
	});
}
