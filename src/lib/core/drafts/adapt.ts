/**
 * A draft made from what is published: one unit to be adapted, or the whole to be revised (DRA-50 to DRA-53). Who made
 * it stays among its contributors, where it comes from is written into it, and its licence is kept.
 */
import { sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Contributor } from '../base/contributor.ts';
import { parseLesson } from '../lessons/parse.ts';
import { figuresIn } from '../lessons/walk.ts';
import type { Unit } from '../packages/manifest.ts';
import { draftUnitOf, questionsOf, unitTextOf } from './adapt-unit.ts';
import type { Draft, DraftFile } from './draft.ts';
import { nextVersion } from './edit.ts';
import { mayAdapt } from './licence.ts';
import { figureWordsOf, keysOf, type PublishedWork } from './published.ts';
import type { Made, NewDraft } from './templates.ts';

export type AdaptFault = 'draft/no-derivatives' | 'draft/not-found' | 'draft/does-not-fit';

export interface Adapted {
	draft: Draft;
	/** Bytes of its files, by digest. */
	bytes: Map<string, Uint8Array>;
}

export interface Adapting {
	/** Languages to take along; the first is the one that it goes on in. */
	languages: readonly string[];
	who: NewDraft['who'];
}

/** One unit of a published version as a micro-course of its own. */
export async function adaptUnit(
	work: PublishedWork,
	unit: string,
	{ languages, who }: Adapting,
	made: Made
): Promise<Result<Adapted, { code: AdaptFault }>> {
	const { shared } = work;
	if (!mayAdapt(shared.licence)) return fail('draft/no-derivatives');
	const found = unitsOf(work).find(({ id }) => id === unit);
	const here = languages.filter((tag) => Object.hasOwn(work.languages, tag));
	const [first] = here;
	if (!found || first === undefined) return fail('draft/not-found');
	const whole = await draftOf(work, [found], here, made);
	const titles = Object.fromEntries(
		here.map((tag) => {
			const { title, summary } = work.languages[tag]!.units[unit]!;
			return [tag, { title, goal: summary }];
		})
	);
	const author: Contributor = {
		name: who.name,
		institution: who.institution?.name ?? who.name,
		...(who.institution ? { country: who.institution.country } : {}),
		did: 'author'
	};
	return ok({
		...whole,
		draft: {
			...whole.draft,
			kind: 'micro-course',
			version: '1.0.0',
			contributors: [author, ...whole.draft.contributors].slice(0, 20),
			partners: who.institution ? [who.institution] : [],
			supersedes: null,
			adaptedFrom: {
				package: shared.package,
				version: shared.version,
				unit,
				title: work.languages[first]!.title,
				licence: shared.licence
			},
			words: titles
		}
	});
}

/** The next version of what somebody published and has no draft of any more. */
export async function reviseWork(
	work: PublishedWork,
	languages: readonly string[],
	made: Made
): Promise<Result<Adapted, { code: AdaptFault }>> {
	const { shared } = work;
	const { sourceLanguage, kind } = shared;
	if (kind === 'resource-package' || unitsOf(work).length > 5) return fail('draft/does-not-fit');
	const here = [sourceLanguage, ...languages.filter((tag) => tag !== sourceLanguage)].filter((tag) =>
		Object.hasOwn(work.languages, tag)
	);
	if (here[0] !== sourceLanguage) return fail('draft/not-found');
	const whole = await draftOf(work, unitsOf(work), here, { ...made, package: shared.package });
	const words = here.map((tag) => {
		const { title, summary } = work.languages[tag]!;
		return [tag, { title, goal: summary }];
	});
	const draft = { ...whole.draft, kind, words: Object.fromEntries(words) };
	return ok({ ...whole, draft: nextVersion(draft, { manifest: work.manifest, version: shared.version }) });
}

const unitsOf = ({ shared }: PublishedWork): Unit[] => shared.modules.flatMap(({ units }) => units);

async function draftOf(
	work: PublishedWork,
	units: readonly Unit[],
	languages: readonly string[],
	made: Made
): Promise<Adapted> {
	const { shared } = work;
	const { files, bytes } = await filesOf(work, units, languages);
	const kept = new Set(files.map(({ id }) => id));
	const kinds = new Set(units.map(({ id }) => id));
	const draft: Draft = {
		format: 'setara-draft/1',
		id: made.id,
		package: made.package,
		version: shared.version,
		kind: 'micro-course',
		sector: shared.sector,
		occupation: shared.occupation.code,
		aqrfLevel: shared.aqrfLevel,
		licence: shared.licence,
		reviewBy: shared.reviewBy,
		languages: [...languages],
		contributors: contributorsOf(work, languages),
		partners: shared.partners.slice(0, 4),
		supersedes: null,
		adaptedFrom: null,
		releaseNotes: {},
		units: units.map((unit) => draftUnitOf(work, unit, languages, { files: kept, units: kinds })),
		files,
		words: {},
		translations: Object.fromEntries(
			languages.slice(1).map((tag) => {
				const { status } = work.languages[tag]!.translation;
				return [tag, status === 'source' ? 'checked-by-speaker' : status];
			})
		),
		createdAt: made.now,
		changedAt: made.now
	};
	return { draft, bytes };
}

/** Everybody who made the shared part or one of the languages, each once. */
function contributorsOf(work: PublishedWork, languages: readonly string[]): Contributor[] {
	const all = [...work.shared.contributors, ...languages.flatMap((tag) => work.languages[tag]!.contributors)];
	const once = new Map(all.map((each) => [`${each.name}\n${each.institution}\n${each.did}`, each]));
	return [...once.values()].slice(0, 20);
}

const MOST_FILES = 60;

/** Drawings and photos that the units show and whose bytes are here. */
async function filesOf(
	work: PublishedWork,
	units: readonly Unit[],
	languages: readonly string[]
): Promise<{ files: DraftFile[]; bytes: Map<string, Uint8Array> }> {
	const bytes = new Map<string, Uint8Array>();
	const files: DraftFile[] = [];
	for (const id of [
		...new Set(units.flatMap((unit) => shownBy(work, unit.id, languages, new Set(units.map(({ id }) => id)))))
	].slice(0, MOST_FILES)) {
		const svg = work.files.get(`shared/figures/${id}.svg`);
		const content = svg ?? work.files.get(`shared/media/${id}.webp`);
		if (!content) continue;
		const digest = await sha256(content);
		bytes.set(digest, content);
		files.push({
			id,
			role: svg ? 'drawing' : 'picture',
			digest,
			mediaType: svg ? 'image/svg+xml' : 'image/webp',
			size: content.length,
			originalSize: content.length,
			width: null,
			height: null,
			seconds: null,
			words: Object.fromEntries(languages.flatMap((tag) => fileWordsOf(work, tag, id)))
		});
	}
	return { files, bytes };
}

function fileWordsOf(work: PublishedWork, tag: string, id: string): [string, DraftFile['words'][string]][] {
	const all = figureWordsOf(work, tag);
	if (!Object.hasOwn(all, id)) return [];
	const { alt, caption = '', words } = all[id]!;
	return [[tag, { alt, caption, said: '', ...(Object.keys(words).length > 0 ? { labels: words } : {}) }]];
}

function shownBy(
	work: PublishedWork,
	unit: string,
	languages: readonly string[],
	units: ReadonlySet<string>
): string[] {
	const { practice } = keysOf(work, unit);
	const items = questionsOf(work, unit, { units }).map(({ item }) => item);
	const inTexts = languages.flatMap((tag) => [
		...figuresIn(parseLesson(unitTextOf(work, tag, unit, new Set())).blocks)
	]);
	const inKeys = [...(practice?.steps ?? []), ...items].flatMap(({ figure }) => figure ?? []);
	return [...inTexts, ...inKeys];
}
