/** What waits for a person of the committee, oldest first: one query, paged by key (REV-10 to REV-13). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { Queue, QueueEntry, QueueQuery } from '../../core/protocol/review.ts';
import { plainName } from '../../core/trust/approval.ts';
import type { Expert } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import { GONE, type Credits } from './people.ts';

const PAGE = 50;

/** Who asks: an account, and as whom the register in force knows it. */
export interface Reviewer {
	account: string;
	expert: Expert | null;
}

/** How a contributor is kept with a submission, so that SQL can tell who made it (`isContributor`). */
export const contributorMarks = (
	contributors: readonly { name: string; registerId?: string | undefined }[]
): string[] => [
	...new Set(
		contributors.map(({ name, registerId }) =>
			registerId ? `expert:${registerId}` : `name:${plainName(name)}`
		)
	)
];

const marksOf = ({ id, name }: Expert): string[] => [`expert:${id}`, `name:${plainName(name)}`];

/** Open to the committee: read, or out with languages that wait. */
const OPEN = `(s.state in ('in-review', 'changes-asked', 'approved') or (s.state = 'published' and s.waiting <> '{}'))`;
const OUT = `s.state in ('published', 'superseded', 'recalled')`;

/**
 * A signature of mine would count, as far as one table can say: in scope, no contributor, nobody of my party has signed
 * for some language that waits. $1 account, $2 marks, $3 sectors, $4 languages (null: every), $5 party.
 */
const MINE = `(s.state in ('in-review', 'approved', 'published') and s.author <> $1 and not s.contributors && $2::text[]
	and ($3::text[] is null or s.sector = any($3))
	and exists (select from unnest(s.waiting) as w (tag)
		where ($4::text[] is null or w.tag = any($4))
		and not exists (select from submission_statements t where t.submission_id = s.id
			and t.decision = 'approve' and t.party_id = $5 and w.tag = any(t.languages))))`;

interface Row {
	id: string;
	author: string;
	package_id: string;
	version: string;
	kind: QueueEntry['kind'];
	sector: QueueEntry['sector'];
	titles: Record<string, string>;
	languages: string[];
	waiting: string[];
	state: QueueEntry['state'];
	handed_in_at: Date;
	mine: boolean;
	comments: string;
}

/** One page of the queue. `http/bad-request`: `after` is not a place that we gave. */
export async function readQueue(
	{ pool }: Database,
	credits: Credits,
	{ account, expert }: Reviewer,
	query: QueueQuery,
	language: string
): Promise<Result<Queue, Fault>> {
	const show = query.show ?? 'mine';
	const place = query.after === undefined ? null : readPlace(query.after);
	if (query.after !== undefined && !place) return fail('http/bad-request', { field: 'after' });
	const scope = (values: readonly string[]) => (values.includes('*') ? null : values);
	const who = expert
		? [account, marksOf(expert), scope(expert.sectors), scope(expert.languages), expert.party]
		: [account, [], [], [], ''];
	const among = { mine: MINE, all: OPEN, published: OUT }[show];
	const [page, waiting] = await Promise.all([
		pool.query<Row>(
			`select s.id, s.author, s.package_id, s.version, s.kind, s.sector, s.titles, s.languages, s.waiting, s.state,
			        s.handed_in_at, ${MINE} as mine,
			        (select count(*) from review_comments c where c.submission_id = s.id and c.resolved_at is null) as comments
			 from submissions s
			 where ${among}
			   and ($6::text is null or ${show === 'published' ? 's.languages' : 's.waiting'} @> array[$6])
			   and ($7::text is null or s.sector = $7)
			   and ($8::timestamptz is null or (s.handed_in_at, s.id) > ($8, $9::uuid))
			 order by s.handed_in_at, s.id limit ${PAGE + 1}`,
			[...who, query.language ?? null, query.sector ?? null, place?.at ?? null, place?.id ?? null]
		),
		expert
			? pool.query<{ count: string }>(`select count(*) from submissions s where ${MINE}`, who)
			: { rows: [{ count: '0' }] }
	]);
	const rows = page.rows.slice(0, PAGE);
	const people = await credits(rows.map(({ author }) => author));
	const last = page.rows.length > PAGE ? rows.at(-1)! : null;
	return ok({
		entries: rows.map((row) => entryOf(row, people.get(row.author) ?? GONE, language)),
		next: last && `${last.handed_in_at.toISOString()}~${last.id}`,
		waiting: Number(waiting.rows[0]!.count)
	});
}

function entryOf(row: Row, maker: QueueEntry['maker'], language: string): QueueEntry {
	const { id, version, kind, sector, titles, languages, state } = row;
	const titleLanguage = titles[language] === undefined ? languages[0]! : language;
	return {
		...{ id, version, kind, sector, titleLanguage, state, maker },
		package: row.package_id,
		title: titles[titleLanguage]!,
		languages: row.waiting,
		handedInAt: row.handed_in_at.toISOString(),
		waitsForMe: row.mine,
		openComments: Number(row.comments),
		reviewBy: null
	};
}

function readPlace(after: string): { at: Date; id: string } | null {
	const [, time, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/.exec(after) ?? [];
	const at = new Date(time ?? '');
	return id && !Number.isNaN(at.getTime()) ? { at, id } : null;
}
