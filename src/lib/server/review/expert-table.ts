/** What PostgreSQL knows of experts and their keys: queries only. */
import { fail, ok } from '../../core/base/result.ts';
import type { Reviewed } from '../../core/review/faults.ts';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';

export interface ExpertRow {
	expertId: string;
	account: string;
	name: string;
	partyId: string;
	sectors: string[];
	languages: string[];
	/** Oldest first. */
	keys: { key: string; proof: string; state: 'requested' | 'enrolled' | 'revoked' }[];
}

const SELECT = `select expert_id as "expertId", account, name, party_id as "partyId", sectors, languages,
	coalesce((select json_agg(json_build_object('key', k.key, 'proof', k.proof, 'state', k.state) order by k.at)
	          from expert_keys k where k.expert_id = e.expert_id), '[]') as keys
	from experts e`;

export const byAccount = async ({ pool }: Database, account: string): Promise<ExpertRow | null> =>
	(await pool.query<ExpertRow>(`${SELECT} where account = $1`, [account])).rows[0] ?? null;

export const byId = async ({ pool }: Database, expert: string): Promise<ExpertRow | null> =>
	(await pool.query<ExpertRow>(`${SELECT} where expert_id = $1`, [expert])).rows[0] ?? null;

export interface NewKey {
	expertId: string;
	account: string;
	name: string;
	plainName: string;
	party: string;
	sectors: readonly string[];
	languages: readonly string[];
	key: string;
	proof: string;
	now: number;
}

/** Puts a key in the place of those before it. The party stays the first one: nobody changes sides by a new key. */
export async function addKey({ pool }: Database, key: NewKey): Promise<Reviewed<null>> {
	try {
		return await inTransaction(pool, async (client): Promise<Reviewed<null>> => {
			await client.query(
				`insert into experts (expert_id, account, name, plain_name, party_id, sectors, languages)
				 values ($1, $2, $3, $4, $5, $6, $7)
				 on conflict (expert_id) do update
				 set name = excluded.name, plain_name = excluded.plain_name, sectors = excluded.sectors,
				     languages = excluded.languages`,
				[key.expertId, key.account, key.name, key.plainName, key.party, key.sectors, key.languages]
			);
			await client.query(`update expert_keys set state = 'revoked' where expert_id = $1 and key <> $2`, [
				...[key.expertId, key.key]
			]);
			const added = await client.query(
				`insert into expert_keys (key, expert_id, proof, state, at) values ($1, $2, $3, 'requested', $4)
				 on conflict (key) do update set proof = excluded.proof
				 where expert_keys.expert_id = excluded.expert_id and expert_keys.state = 'requested'`,
				[key.key, key.expertId, key.proof, new Date(key.now)]
			);
			return added.rowCount === 1 ? ok(null) : fail('review/key-taken');
		});
	} catch (error) {
		const { code, constraint } = error as { code?: string; constraint?: string };
		if (code === '23505' && constraint === 'experts_plain_name_key') return fail('review/name-taken');
		throw error;
	}
}

export async function revokeKeys({ pool }: Database, expert: string, now: number): Promise<void> {
	await pool.query(`update expert_keys set state = 'revoked' where expert_id = $1 and at <= $2`, [
		...[expert, new Date(now)]
	]);
}
