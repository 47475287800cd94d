/** How a version stands with its signatures, and what whoever looks may sign: read off the page, told before signing. */
import type { NOT_COUNTING, ReviewPage } from '../../core/protocol/review.ts';

export interface Signer {
	name: string;
	party: string;
	country: string;
	date: string;
	demonstration: boolean;
	/** Languages that this signature counts for. */
	languages: string[];
}

/** Who signed, each person once, with the languages. */
export function signersOf({ submission }: Pick<ReviewPage, 'submission'>): Signer[] {
	const found = new Map<string, Signer>();
	for (const { language, signatures } of submission.languages) {
		for (const signature of signatures) {
			const key = `${signature.name}\n${signature.party}`;
			const known = found.get(key);
			if (known) known.languages.push(language);
			else found.set(key, { ...signature, languages: [language] });
		}
	}
	return [...found.values()];
}

/** The fewest signatures that still complete a language; 0: every language is approved. */
export function lackingOf({ submission }: Pick<ReviewPage, 'submission'>): number {
	const lacking = submission.languages
		.filter(({ approved }) => !approved)
		.map(({ signatures }) => Math.max(1, 2 - new Set(signatures.map(({ party }) => party)).size));
	return lacking.length === 0 ? 0 : Math.min(...lacking);
}

/** States in which a signature is taken at all. */
const SIGNABLE: readonly string[] = ['in-review', 'approved', 'published'];

/** Languages that this expert's signature would count for. */
export const signableOf = ({ submission, me }: Pick<ReviewPage, 'submission' | 'me'>): string[] =>
	SIGNABLE.includes(submission.state)
		? submission.languages.map(({ language }) => language).filter((tag) => me.counts[tag] === null)
		: [];

type Reason = (typeof NOT_COUNTING)[number];

/** Why a signature would not count, with the languages that this is so for. */
export function reasonsOf({ submission, me }: Pick<ReviewPage, 'submission' | 'me'>): [Reason, string[]][] {
	const found = new Map<Reason, string[]>();
	for (const { language, approved } of submission.languages) {
		const reason = me.counts[language];
		// What is approved needs no excuse.
		if (!reason || approved) continue;
		found.set(reason, [...(found.get(reason) ?? []), language]);
	}
	return [...found];
}

type Units = Pick<ReviewPage, 'units' | 'before'>;

/** Whether a unit says something else in this language than the version that is out. */
const isChangedIn = (
	{ before }: Pick<Units, 'before'>,
	unit: Units['units'][number],
	language: string
): boolean => before === null || unit.changed.includes(language) || unit.changed.includes('shared');

/** Units that are new or changed in any language. */
export const changedUnits = ({ units, before }: Units): Units['units'] =>
	units.filter((unit) => before === null || unit.changed.length > 0);

export const openedMark = (unit: string, language: string): string => `${unit} ${language}`;

/** How many changed units of a language this expert has not opened yet. */
export const toOpen = (review: Units, language: string, opened: ReadonlySet<string>): string[] =>
	review.units
		.filter((unit) => isChangedIn(review, unit, language))
		.map(({ id }) => id)
		.filter((id) => !opened.has(openedMark(id, language)));

/** By language, the units whose words stayed as they were while the source's changed. */
export function leftBehind({
	submission,
	units,
	before
}: Pick<ReviewPage, 'submission' | 'units' | 'before'>): [language: string, units: string[]][] {
	const [source, ...others] = submission.languages.map(({ language }) => language);
	if (!before || source === undefined) return [];
	const moved = units.filter(({ changed }) => changed.includes(source));
	return others.flatMap((language): [string, string[]][] => {
		const behind = moved.filter(({ changed }) => !changed.includes(language)).map(({ id }) => id);
		return behind.length > 0 ? [[language, behind]] : [];
	});
}

/** Marks of what was opened, as a set. */
export const marksOf = (...marks: readonly string[]): ReadonlySet<string> => new Set(marks);
