/**
 * Tables as lines of JSON, written and read by PostgreSQL itself (`row_to_json`, `json_populate_recordset`), so that
 * every type comes back as it was. npm's PostgreSQL brings no pg_dump.
 */
import pg from 'pg';

/** Rows of one batch: one entry of the archive, one insert. */
const BATCH = 500;
const { escapeIdentifier } = pg;

export interface TableInfo {
	name: string;
	/** Columns that can be written: all but the generated ones. */
	columns: string[];
}

/** The tables of the database, each after those that it refers to. `migrations` is not among them. */
export async function listTables(client: pg.ClientBase): Promise<TableInfo[]> {
	const { rows } = await client.query<TableInfo>(
		`select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
		from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
			and c.is_generated = 'NEVER' and c.table_name <> 'migrations'
		group by c.table_name order by c.table_name`
	);
	const { rows: references } = await client.query<{ from: string; to: string }>(
		`select f.relname as from, t.relname as to from pg_constraint k
		join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
		where k.contype = 'f' and k.conrelid <> k.confrelid`
	);
	return inOrder(rows, references);
}

function inOrder(tables: TableInfo[], references: { from: string; to: string }[]): TableInfo[] {
	const done: TableInfo[] = [];
	let left = tables;
	while (left.length > 0) {
		const waiting = new Set(left.map(({ name }) => name));
		const free = left.filter(
			({ name }) => !references.some(({ from, to }) => from === name && waiting.has(to))
		);
		if (free.length === 0) throw new Error(`tables refer to each other: ${[...waiting].join(', ')}`);
		done.push(...free);
		left = left.filter((table) => !free.includes(table));
	}
	return done;
}

/** Reads a table in batches within the transaction that the client is in; each is a line of JSON a row. */
export async function* dumpTable(
	client: pg.ClientBase,
	table: string
): AsyncGenerator<{ text: string; rows: number }> {
	await client.query(
		`declare dump no scroll cursor for select row_to_json(t)::text as line from ${escapeIdentifier(table)} t`
	);
	for (;;) {
		const { rows } = await client.query<{ line: string }>(`fetch ${BATCH} from dump`);
		if (rows.length === 0) break;
		yield { text: rows.map(({ line }) => line).join('\n'), rows: rows.length };
	}
	await client.query('close dump');
}

/** Writes one batch; answers how many rows it had. */
export async function loadBatch(
	client: pg.ClientBase,
	{ name, columns }: TableInfo,
	text: string
): Promise<number> {
	const list = columns.map((column) => escapeIdentifier(column)).join(', ');
	const table = escapeIdentifier(name);
	// A line of row_to_json holds no line feed: JSON escapes it.
	const { rowCount } = await client.query(
		`insert into ${table} (${list}) overriding system value
		select ${list} from json_populate_recordset(null::${table}, $1::json)`,
		[`[${text.split('\n').join(',')}]`]
	);
	return rowCount ?? 0;
}

export interface SequenceInfo {
	name: string;
	value: string;
}

/** Where counters stand; ours have none, a library's tables may. */
export async function listSequences(client: pg.ClientBase): Promise<SequenceInfo[]> {
	const { rows } = await client.query<SequenceInfo>(
		`select sequencename as name, last_value::text as value from pg_sequences
		where schemaname = 'public' and last_value is not null`
	);
	return rows;
}

export async function setSequence(client: pg.ClientBase, { name, value }: SequenceInfo): Promise<void> {
	await client.query('select setval($1::regclass, $2::bigint)', [escapeIdentifier(name), value]);
}
