/** What learners say of a package, as its makers and the committee see it (FBK-20 to FBK-26). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { shareRight, summarise, type ItemSum, type StandingMark } from '../../core/feedback/five.ts';
import { may, type Role } from '../../core/identity/rights.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { PackageFeedback } from '../../core/protocol/feedback.ts';
import type { Database } from '../db/pool.ts';
import { currentManifest } from '../packages/repository.ts';
import { chooseLanguage, type PublishedVersion, type Versions } from '../packages/versions.ts';
import { pageOf, promptOf, quoteOf } from './words.ts';

/** Words of marks in one answer, the last ones; a package that has more is read by their numbers. */
const MOST_WORDS = 2000;

interface Asking {
	id: string;
	role: Role;
}

type FeedbackFault = Fault<'people/not-allowed' | 'library/not-found'>;

export interface Feedback {
	of: (person: Asking, id: string, language: string) => Promise<Result<PackageFeedback, FeedbackFault>>;
}

export const createFeedback = (database: Database, versions: Versions): Feedback => ({
	async of(person, id, language) {
		if (!(await maySee(database, person, id))) return fail('people/not-allowed');
		const manifest = await currentManifest(database, id);
		const version = manifest && (await versions.byManifest(manifest));
		if (!version) return fail('library/not-found', { id });
		const [marks, items] = await Promise.all([marksOf(database, id), itemsOf(database, id)]);
		const pages = createPages(versions, version);
		const { part } = chooseLanguage(version, [language]);
		const known = version.shared.part.modules.flatMap((module) => module.units.map((unit) => unit.id));
		const rest = [...marks, ...items].map(({ unit }) => unit).filter((unit) => !known.includes(unit));
		const said = summarise(marks);
		const units: PackageFeedback['units'] = [];
		for (const unit of [...known, ...new Set(rest)]) {
			const own = await pages(unit, part.part.language);
			const places: PackageFeedback['units'][number]['places'] = [];
			for (const each of said.filter((one) => one.unit === unit)) {
				const page = await pages(unit, each.language);
				const older = page?.languagePart !== each.part;
				const quote = page && !older ? quoteOf(page, each.place) : null;
				const { place, words } = each;
				places.push({ place, language: each.language, quote, older, marks: each.marks, words });
			}
			places.sort(byPlace);
			const results = items
				.filter((each) => each.unit === unit)
				.map((each) => ({
					item: each.item,
					prompt: own && promptOf(own, each.item),
					right: shareRight(each)
				}));
			if (places.length + results.length > 0)
				units.push({ unit, title: own?.unit.title ?? null, places, items: results });
		}
		return ok({
			...{ package: id, version: version.manifest.manifest.version, manifest: manifest, units },
			title: part.part.title
		});
	}
});

/** Its makers, and who reads what the committee reads. */
async function maySee({ pool }: Database, person: Asking, id: string): Promise<boolean> {
	if (may(person.role, 'review/read')) return true;
	if (!may(person.role, 'feedback/own')) return false;
	const { rowCount } = await pool.query(
		`select 1 from submissions where package_id = $1 and author = $2
		 and state in ('published', 'superseded', 'recalled') limit 1`,
		[id, person.id]
	);
	return (rowCount ?? 0) > 0;
}

async function marksOf({ pool }: Database, id: string): Promise<StandingMark[]> {
	const { rows } = await pool.query<StandingMark>(
		`select unit_id as unit, place, part, language, mark,
			case when row_number() over (order by at desc) <= $2 then words end as words
		 from feedback where package_id = $1`,
		[id, MOST_WORDS]
	);
	return rows;
}

async function itemsOf({ pool }: Database, id: string): Promise<ItemSum[]> {
	const { rows } = await pool.query<ItemSum>(
		`select unit_id as unit, item_id as item, count(*)::int as learners,
			(count(*) filter (where first_right))::int as right
		 from item_results where package_id = $1 group by unit_id, item_id order by unit_id, item_id`,
		[id]
	);
	return rows;
}

type Pages = (unit: string, language: string) => Promise<UnitPage | null>;

/** Each page composed once an answer. */
function createPages(versions: Versions, version: PublishedVersion): Pages {
	const known = new Map<string, Promise<UnitPage | null>>();
	return (unit, language) => {
		const key = `${unit} ${language}`;
		const page = known.get(key) ?? pageOf(versions, version, unit, language);
		known.set(key, page);
		return page;
	};
}

/** Blocks in their order, then steps, then items; of one place its present words first. */
function byPlace(one: { place: string; older: boolean }, other: { place: string; older: boolean }): number {
	const block = (place: string) => (/^b\d+$/.test(place) ? Number(place.slice(1)) : Infinity);
	const [first, second] = [block(one.place), block(other.place)];
	if (first !== second) return first - second;
	return second === Infinity && one.place !== other.place
		? one.place < other.place
			? 1
			: -1
		: Number(one.older) - Number(other.older);
}
