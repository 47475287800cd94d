/** Tables that shard (sharding.md): the rules hold after the migrations, and each is really looked for. */
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/lib/server/db/migrate.ts';
import { databaseOfThisTest } from '../factories/database.ts';
import { shardFaults, type Group } from '../factories/shard-rules.ts';

it('hold after all migrations', async () => {
	const { pool } = await databaseOfThisTest();
	expect((await migrate(pool)).ok).toBe(true);
	expect(await shardFaults(pool)).toEqual([]);
});

describe('each planted fault is seen', () => {
	const accounts = 'create table accounts (account_id uuid primary key, name text)';
	const planted: [string, string, Record<string, Group>, string][] = [
		['a table in no group', 'create table loose (id int primary key)', {}, 'loose is in no group'],
		['a group without its table', '', { gone: 'account' }, 'gone is in a group, but is no table'],
		[
			'no primary key',
			'create table events (account_id uuid not null)',
			{ events: 'account' },
			'events has no primary key'
		],
		['no key', 'create table events (id uuid primary key)', { events: 'account' }, 'events lacks account_id'],
		[
			'a key that may be null',
			'create table events (id int primary key, account_id uuid)',
			{ events: 'account' },
			'events.account_id may be null'
		],
		[
			'a key that is not first',
			'create table events (id int, account_id uuid, primary key (id, account_id))',
			{ events: 'account' },
			'events: account_id is not first in the primary key'
		],
		[
			'a unique index without the key',
			'create table events (account_id uuid, id int, primary key (account_id, id), constraint ids unique (id))',
			{ events: 'account' },
			'events: unique index ids lacks account_id'
		],
		[
			'a reference out of the group',
			`${accounts}; create table classes (class_id int primary key, teacher uuid constraint who references accounts)`,
			{ accounts: 'account', classes: 'class' },
			'classes.who leaves its group'
		],
		[
			'a reference within the group without the key',
			`create table accounts (account_id uuid, n int unique, primary key (account_id));
			create table events (account_id uuid, n int constraint nth references accounts (n), primary key (account_id))`,
			{ accounts: 'account', events: 'account' },
			'events.nth lacks account_id'
		],
		[
			'SET NULL on a key',
			`${accounts}; create table events (account_id uuid primary key constraint who references accounts on delete set null)`,
			{ accounts: 'account', events: 'account' },
			'events.who sets its key to null'
		],
		[
			'an updated key',
			`${accounts}; create table events (account_id uuid primary key constraint who references accounts on update cascade)`,
			{ accounts: 'account', events: 'account' },
			'events.who updates its key'
		],
		[
			'an identity column',
			'create table events (account_id uuid primary key, n int generated always as identity)',
			{ events: 'account' },
			'events.n is serial or identity'
		],
		[
			'a serial column',
			'create table units (id serial primary key)',
			{ units: 'reference' },
			'units.id is serial or identity'
		],
		[
			'a trigger',
			`${accounts}; create function f() returns trigger language plpgsql as 'begin return new; end';
			create trigger t before insert on accounts for each row execute function f()`,
			{ accounts: 'account' },
			'accounts has a trigger'
		],
		[
			'a rule',
			`${accounts}; create rule r as on insert to accounts do instead nothing`,
			{ accounts: 'account' },
			'accounts has a rule'
		],
		[
			'row-level security',
			`${accounts}; alter table accounts enable row level security`,
			{ accounts: 'account' },
			'accounts has a row-level security policy'
		]
	];

	it.each(planted)('%s', async (_, statements, groups, fault) => {
		const { pool } = await databaseOfThisTest();
		if (statements) await pool.query(statements);
		expect(await shardFaults(pool, groups)).toContain(fault);
	});

	it('and what is allowed is not one', async () => {
		const { pool } = await databaseOfThisTest();
		await pool.query(`${accounts};
			create table packages (package_id text primary key);
			create table events (account_id uuid references accounts, id int, package_id text references packages,
				primary key (account_id, id), unique (id, account_id));
			create table jobs (id int generated always as identity primary key, account_id uuid references accounts)`);
		const groups: Record<string, Group> = {
			accounts: 'account',
			events: 'account',
			packages: 'reference',
			jobs: 'account'
		};
		const faults = await shardFaults(pool, groups);
		expect(faults.filter((fault) => !fault.startsWith('jobs'))).toEqual([]);
	});
});
