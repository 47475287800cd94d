/** Who the people of a submission are: names and institutions, as credit is given. */
import type { Role } from '../../core/identity/rights.ts';
import type { Database } from '../db/pool.ts';

export interface Credit {
	name: string;
	institution: string | null;
	country: string | null;
}

/** Credits by account. Who deleted their account is not among them. */
export type Credits = (accounts: readonly string[]) => Promise<ReadonlyMap<string, Credit>>;

export const creditsFrom =
	({ pool }: Database): Credits =>
	async (accounts) => {
		const { rows } = await pool.query<{ id: string } & Credit>(
			`select u.id, u.display_username as name, i.name as institution, i.country
			 from users u left join institutions i on i.id = u.institution_id where u.id = any($1::uuid[])`,
			[[...new Set(accounts)]]
		);
		return new Map(rows.map(({ id, ...credit }) => [id, credit]));
	};

/** Shown for somebody who has left: the work stays, the person is gone. */
export const GONE: Credit = { name: '—', institution: null, country: null };

/** Whoever asks, as identity knows them. */
export interface ReviewPerson {
	id: string;
	name: string;
	role: Role;
	suspended: boolean;
	institution: { id: string; name: string; country: string } | null;
}
