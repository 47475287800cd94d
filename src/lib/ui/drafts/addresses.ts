/** Where the pages of a draft are; the routes make them, because they know how addresses are written. */
import type { DraftProblem } from '../../core/drafts/problem.ts';

export interface DraftAddresses {
	mine: string;
	overview: string;
	review: string;
	/** What learners say of what was published. */
	feedback: string;
	/** `in`: the language to write. */
	unit: (unit: string, language?: string | null, place?: string) => string;
	preview: (unit: string, language?: string | null) => string;
	/** The overview at a place of it, in a language. */
	at: (place: string, language?: string | null) => string;
}

/** The ids of the fields where what is missing is put right. */
const OVERVIEW: Partial<Record<DraftProblem['code'], string>> = {
	'draft/no-title': 'title',
	'draft/no-goal': 'goal',
	'draft/no-occupation': 'occupation',
	'draft/no-contributor': 'makers',
	'draft/no-units': 'units',
	'draft/no-release-notes': 'release-notes'
};
const UNIT: Partial<Record<DraftProblem['code'], string>> = {
	'draft/no-title': 'title',
	'draft/no-summary': 'summary',
	'draft/no-practice-goal': 'practice',
	'draft/no-steps': 'steps',
	'draft/no-question': 'questions'
};

/** The place where one thing that is missing is put right. */
export function placeOf(
	problem: DraftProblem,
	addresses: DraftAddresses,
	unitOfFile: (file: string) => string | null
): string {
	const place = problem.place?.replace(':', '-') ?? null;
	const file = problem.place?.startsWith('file:') ? problem.place.slice(5) : null;
	const unit = problem.unit ?? (file === null ? null : unitOfFile(file));
	return unit === null
		? addresses.at(place ?? OVERVIEW[problem.code] ?? 'title', problem.language)
		: addresses.unit(unit, problem.language, place ?? UNIT[problem.code] ?? 'text');
}
