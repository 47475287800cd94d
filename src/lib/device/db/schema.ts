/**
 * The phone's two databases (DEV-1). `setara` is written through to the disk before a write counts; `setara-media`
 * is not, because a chunk that a power cut takes is only fetched again, and its name tells whether it is whole.
 * Versions only grow: a change of tables is a new entry at the end, with its upgrade.
 */
import { Dexie, type Table } from 'dexie';
import { DRAFT_TABLES, type DraftTables } from './draft-tables.ts';
import { MEDIA, SAFE } from './names.ts';
import { PROGRESS_TABLES, type ProgressTables } from './progress-tables.ts';
import { SPENT_TABLES, type SpentTables } from './spent-tables.ts';
import type {
	BlobRow,
	ChunkRow,
	InstallRow,
	MediaRow,
	PackageRow,
	PartialRow,
	RecallRow,
	SettingRow,
	TransferRow,
	TrustRow
} from './rows.ts';

interface PackageTables {
	packages: Table<PackageRow, string>;
	installs: Table<InstallRow, [string, string]>;
	blobs: Table<BlobRow, string>;
	media: Table<MediaRow, string>;
	recalls: Table<RecallRow, string>;
	trust: Table<TrustRow, string>;
	settings: Table<SettingRow, string>;
}

export type SafeDb = Dexie & PackageTables & ProgressTables & DraftTables & SpentTables;

export type MediaDb = Dexie & {
	chunks: Table<ChunkRow, string>;
	partial: Table<PartialRow, [string, number]>;
	transfers: Table<TransferRow, string>;
};

const SAFE_VERSIONS: readonly Record<string, string>[] = [
	{
		packages: 'id',
		installs: '[package+language], package',
		blobs: 'digest',
		media: 'digest',
		recalls: 'package',
		trust: 'name',
		settings: 'key',
		...PROGRESS_TABLES
	},
	DRAFT_TABLES,
	SPENT_TABLES
];

const MEDIA_VERSIONS: readonly Record<string, string>[] = [
	{ chunks: 'digest', partial: '[name+offset], name', transfers: 'id' }
];

export interface Databases {
	safe: SafeDb;
	media: MediaDb;
}

let databases: Databases | undefined;

/** Both databases of this tab; opened by the first thing that is asked of them. */
export const openDatabases = (): Databases =>
	(databases ??= {
		safe: open(SAFE, SAFE_VERSIONS, 'strict') as SafeDb,
		media: open(MEDIA, MEDIA_VERSIONS, 'relaxed') as MediaDb
	});

function open(
	name: string,
	versions: readonly Record<string, string>[],
	durability: 'strict' | 'relaxed'
): Dexie {
	const db = new Dexie(name, { chromeTransactionDurability: durability });
	versions.forEach((tables, index) => db.version(index + 1).stores(tables));
	return db;
}
