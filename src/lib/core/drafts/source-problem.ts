/**
 * What the checks of a package find in a draft, said as a problem of the draft: authors know units, steps and questions,
 * not the files that `compile.ts` writes (DRA-14).
 */
import type { SourceFault, SourceFaultCode } from '../packages/source/faults.ts';
import type { Draft, DraftUnit } from './draft.ts';
import type { DraftProblem } from './problem.ts';

/** About how the package is written, which is ours to do: an author is told what of the draft cannot stay. */
const OF_FORM: ReadonlySet<SourceFaultCode> = new Set<SourceFaultCode>([
	'source/bad-json',
	'source/bad-shape',
	'source/bad-text',
	'source/duplicate-name',
	'source/extra-words',
	'source/unknown-file',
	'source/unused-file'
]);

/** The same fault at its place in the draft, with a sentence that names no file. */
export function problemOfFault(draft: Draft, fault: SourceFault): DraftProblem {
	const { language, unit, place } = placeIn(draft, fault);
	const at = { language, unit, place };
	if (fault.code === 'source/missing-file') return { code: 'draft/no-file', ...at };
	if (OF_FORM.has(fault.code)) return { code: 'draft/bad-field', ...at };
	const isText = fault.file.endsWith('.md') && fault.line !== null && place === null;
	const line: Record<string, number> = isText ? { line: fault.line! } : {};
	return { code: 'draft/bad-text', ...at, params: { ...fault.params, fault: fault.code, ...line } };
}

type Place = Pick<DraftProblem, 'language' | 'unit' | 'place'>;

function placeIn(draft: Draft, { file, params = {} }: SourceFault): Place {
	const [folder = '', kind = '', name = ''] = file.split('/');
	const language = draft.languages.includes(folder) ? folder : null;
	const path = typeof params.path === 'string' ? params.path.split('.') : [];
	const fileId = [params.figure, params.media, name.split('.')[0]].find((id) =>
		draft.files.some((each) => each.id === id)
	);
	const none = { language, unit: null, place: null };
	if (kind === 'units') {
		const unit = draft.units.find(({ id }) => id === name.replace(/\.\w+$/, ''));
		return unit ? { language, unit: unit.id, place: inUnit(unit, path, params.item) } : none;
	}
	if (fileId !== undefined) return { ...none, place: `file:${fileId}` };
	const [top = '', id = '', field = ''] = path;
	const unit = top === 'units' ? draft.units.find((each) => each.id === id) : undefined;
	if (unit) return { language, unit: unit.id, place: FIELDS[field] ?? null };
	return { ...none, place: FIELDS[top] ?? null };
}

/** Fields of `package.json` by the id under which the pages of a draft have them. */
const FIELDS: Record<string, string> = {
	title: 'title',
	summary: 'summary',
	occupation: 'occupation',
	contributors: 'makers',
	partners: 'makers',
	releaseNotes: 'release-notes'
};

/** By the words of a language (`steps.<id>`) or by the keys, which are lists (`steps.<n>`). */
function inUnit(unit: DraftUnit, path: readonly string[], item: unknown): string | null {
	const { steps = [], tools = [] } = unit.practice ?? {};
	const stepIds = steps.map(({ id }) => id);
	const named = (ids: readonly string[], key: string | undefined): string | null =>
		ids.find((id, index) => id === key || String(index) === key) ?? null;
	const [part, list, key] = path;
	if (part === 'quiz' || typeof item === 'string') {
		const asked = typeof item === 'string' ? item : list === 'items' ? key : list;
		const id = named(
			unit.items.map((each) => each.id),
			asked
		);
		return id && `item:${id}`;
	}
	const stepId = list === 'steps' ? named(stepIds, key) : null;
	const toolId = list === 'tools' ? named(tools, key) : null;
	return stepId ? `step:${stepId}` : toolId && `tool:${toolId}`;
}
