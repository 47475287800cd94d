/** What PostgreSQL knows of frames with a base: which are stored, which were useless, which are to be made. */
import type { Pool, PoolClient } from 'pg';

export interface FrameKey {
	base: string;
	pack: string;
}
export type FrameRow = FrameKey & ({ state: 'made'; size: number } | { state: 'useless' | 'waiting' });

type Queries = Pick<Pool, 'query'>;
type Raw = FrameKey & { state: FrameRow['state']; size: string | null };

const COLUMNS = 'pack, base, state, size';
// Bytes come as text: PostgreSQL's bigint may be more than a number holds.
const rowOf = ({ pack, base, state, size }: Raw): FrameRow =>
	state === 'made' ? { pack, base, state, size: Number(size) } : { pack, base, state };

/** What is known of frames of these packs with these bases. */
export async function knownFrames(
	client: Queries,
	bases: readonly string[],
	packs: readonly string[]
): Promise<FrameRow[]> {
	const { rows } = await client.query<Raw>(
		`select ${COLUMNS} from frames where pack = any($1) and base = any($2)`,
		[packs, bases]
	);
	return rows.map(rowOf);
}

/** Queues frames in this order; those that are known already stay as they are. */
export async function queueFrames(client: Queries, keys: readonly FrameKey[], now: number): Promise<void> {
	await client.query(
		`insert into frames (pack, base, place, at)
		 select u.pack, u.base, u.place, $3 from unnest($1::text[], $2::text[]) with ordinality as u (pack, base, place)
		 on conflict do nothing`,
		[keys.map(({ pack }) => pack), keys.map(({ base }) => base), new Date(now)]
	);
}

/** Its row, held until the transaction ends: who makes it meanwhile is waited for. */
export async function holdFrame(client: PoolClient, { pack, base }: FrameKey): Promise<FrameRow | null> {
	const { rows } = await client.query<Raw>(
		`select ${COLUMNS} from frames where pack = $1 and base = $2 for update`,
		[pack, base]
	);
	return rows[0] ? rowOf(rows[0]) : null;
}

/** The row that has waited longest and that nobody makes now, held until the transaction ends. */
export async function holdNextFrame(client: PoolClient): Promise<FrameRow | null> {
	const { rows } = await client.query<Raw>(
		`select ${COLUMNS} from frames where state = 'waiting' order by at, place limit 1 for update skip locked`
	);
	return rows[0] ? rowOf(rows[0]) : null;
}

/** Notes what came of it: its bytes, or null where it is not smaller than the frame without a base. */
export async function noteFrame(
	client: PoolClient,
	{ pack, base }: FrameKey,
	size: number | null,
	now: number
): Promise<FrameRow> {
	const state = size === null ? 'useless' : 'made';
	await client.query('update frames set state = $3, size = $4, at = $5 where pack = $1 and base = $2', [
		pack,
		base,
		state,
		size,
		new Date(now)
	]);
	return rowOf({ pack, base, state, size: size === null ? null : String(size) });
}

/** Forgets frames; whoever makes one of them now is waited for. */
export async function forgetFrames(client: PoolClient, keys: readonly FrameKey[]): Promise<void> {
	await client.query(
		`delete from frames f using unnest($1::text[], $2::text[]) as u (pack, base)
		 where f.pack = u.pack and f.base = u.base`,
		[keys.map(({ pack }) => pack), keys.map(({ base }) => base)]
	);
}

/** The stored frames that were made before those which fill `bytes`, newest first. */
export async function framesBeyond(client: Queries, bytes: number): Promise<FrameKey[]> {
	const { rows } = await client.query<FrameKey>(
		`select pack, base from (
			select pack, base, sum(size) over (order by at desc, pack, base) as filled from frames where state = 'made'
		 ) as newest where filled > $1`,
		[bytes]
	);
	return rows;
}

export async function allFrames(client: Queries): Promise<FrameKey[]> {
	return (await client.query<FrameKey>('select pack, base from frames')).rows;
}

/** How many parts each version had when its likely frames were queued, by manifest. */
export async function framePlans(client: Queries): Promise<Map<string, number>> {
	const { rows } = await client.query<{ manifest: string; parts: number }>(
		'select manifest, parts from frame_plans'
	);
	return new Map(rows.map(({ manifest, parts }) => [manifest, parts]));
}

export async function notePlan(client: Queries, manifest: string, parts: number): Promise<void> {
	await client.query(
		`insert into frame_plans (manifest, parts) values ($1, $2)
		 on conflict (manifest) do update set parts = excluded.parts`,
		[manifest, parts]
	);
}

/** Forgets the plans of versions that are no longer in force. */
export async function keepPlans(client: Queries, manifests: readonly string[]): Promise<void> {
	await client.query('delete from frame_plans where manifest <> all($1)', [manifests]);
}
