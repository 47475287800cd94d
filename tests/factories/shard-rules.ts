/**
 * The structural rules of sharding.md over PostgreSQL's own catalogue: one plain server becomes a distributed one only
 * while they hold. Each table is in a group; a table in none is a fault too.
 */
import type { Pool } from 'pg';

export type Group = 'account' | 'package' | 'class' | 'username' | 'device' | 'reference' | 'one node';

/** The column that a group is spread by. */
const KEYS: Partial<Record<Group, string>> = {
	account: 'account_id',
	package: 'package_id',
	class: 'class_id',
	username: 'username',
	// Like usernames: unique over all accounts, which cannot be had across shards by another key.
	device: 'device_id'
};

/** Every table and its group. A new table is entered here, which is the moment to think about its key. */
const GROUPS: Record<string, Group> = {
	packages: 'reference',
	package_versions: 'reference',
	parts: 'reference',
	media: 'reference',
	frames: 'one node',
	frame_plans: 'one node',
	migrations: 'one node',
	accounts: 'account',
	account_cursors: 'account',
	devices: 'account',
	events: 'account',
	refused_events: 'account',
	progress: 'account',
	feedback_copies: 'account',
	feedback: 'package',
	item_results: 'package',
	usernames: 'username',
	device_owners: 'device',
	users: 'one node',
	sessions: 'one node',
	credentials: 'one node',
	verifications: 'one node',
	rate_limits: 'one node',
	secrets: 'one node',
	device_tokens: 'one node',
	reset_codes: 'one node',
	sign_in_tries: 'one node',
	audit_log: 'one node',
	submissions: 'one node',
	submission_log: 'one node',
	submission_blobs: 'one node',
	submission_statements: 'one node',
	review_comments: 'one node',
	experts: 'one node',
	expert_keys: 'one node',
	invites: 'one node',
	institutions: 'reference'
};

interface Column {
	table: string;
	column: string;
	nullable: boolean;
	automatic: boolean;
}
interface Index {
	table: string;
	index: string;
	primary: boolean;
	columns: string[];
}
interface Reference {
	table: string;
	name: string;
	to: string;
	columns: string[];
	onDelete: string;
	onUpdate: string;
}

/** What breaks the rules, a line each; none when all hold. */
export async function shardFaults(pool: Pool, groups: Record<string, Group> = GROUPS): Promise<string[]> {
	const tables = (await pool.query<{ table: string }>(TABLES)).rows.map(({ table }) => table);
	const columns = (await pool.query<Column>(COLUMNS)).rows;
	const indexes = (await pool.query<Index>(INDEXES)).rows;
	const references = (await pool.query<Reference>(REFERENCES)).rows;
	const extras = (await pool.query<{ table: string; what: string }>(EXTRAS)).rows;
	const isSpread = (table: string) => groups[table] !== 'one node';
	const keyOf = (table: string) => KEYS[groups[table]!];

	return [
		...tables.filter((table) => !groups[table]).map((table) => `${table} is in no group`),
		...Object.keys(groups)
			.filter((table) => !tables.includes(table))
			.map((table) => `${table} is in a group, but is no table`),
		...tables.filter((table) => groups[table]).flatMap((table) => keyFaults(table)),
		...references.flatMap(referenceFaults),
		...columns
			.filter(({ table, automatic }) => isSpread(table) && automatic)
			.map(({ table, column }) => `${table}.${column} is serial or identity`),
		...extras.filter(({ table }) => isSpread(table)).map(({ table, what }) => `${table} has a ${what}`)
	];

	function keyFaults(table: string): string[] {
		const key = keyOf(table);
		const own = indexes.filter((index) => index.table === table);
		const primary = own.find((index) => index.primary);
		if (!primary) return [`${table} has no primary key`];
		if (!key) return [];
		const column = columns.find((each) => each.table === table && each.column === key);
		if (!column) return [`${table} lacks ${key}`];
		return [
			...(column.nullable ? [`${table}.${key} may be null`] : []),
			...(primary.columns[0] === key ? [] : [`${table}: ${key} is not first in the primary key`]),
			...own
				.filter((index) => !index.columns.includes(key))
				.map((index) => `${table}: unique index ${index.index} lacks ${key}`)
		];
	}

	function referenceFaults({ table, name, to, columns: own, onDelete, onUpdate }: Reference): string[] {
		const key = keyOf(table);
		const faults: string[] = [];
		if (groups[to] !== 'reference' && groups[to] !== groups[table]) faults.push(`${name} leaves its group`);
		if (key && groups[to] === groups[table] && !own.includes(key)) faults.push(`${name} lacks ${key}`);
		if (isSpread(table) && ['n', 'd'].includes(onDelete) && (!key || own.includes(key))) {
			faults.push(`${name} sets its key to null`);
		}
		if (isSpread(table) && onUpdate !== 'a' && onUpdate !== 'r') faults.push(`${name} updates its key`);
		return faults;
	}
}

const TABLES = `select relname as table from pg_class
	where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`;

const COLUMNS = `select c.relname as table, a.attname as column, not a.attnotnull as nullable,
	(a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false)) as automatic
	from pg_attribute a join pg_class c on c.oid = a.attrelid
	left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
	where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
		and a.attnum > 0 and not a.attisdropped`;

const INDEXES = `select t.relname as table, i.relname as index, x.indisprimary as primary,
	array(select a.attname::text from unnest(x.indkey) with ordinality k(n, at)
		join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.at) as columns
	from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
	where x.indisunique and t.relnamespace = 'public'::regnamespace`;

const REFERENCES = `select f.relname as table, f.relname || '.' || k.conname as name, t.relname as to,
	array(select a.attname::text from unnest(k.conkey) n
		join pg_attribute a on a.attrelid = f.oid and a.attnum = n) as columns,
	k.confdeltype as "onDelete", k.confupdtype as "onUpdate"
	from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
	where k.contype = 'f' and f.relnamespace = 'public'::regnamespace`;

const EXTRAS = `select c.relname as table, 'trigger' as what from pg_trigger t
	join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
	union all select c.relname, 'rule' from pg_rewrite r join pg_class c on c.oid = r.ev_class
	where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
	union all select relname, 'row-level security policy' from pg_class
	where relrowsecurity and relnamespace = 'public'::regnamespace`;
