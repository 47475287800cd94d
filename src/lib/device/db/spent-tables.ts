/** Bytes by day and purpose (BUD-4), in the database that is written through to the disk. Owned by `device/purse`. */
import type { Table } from 'dexie';
import type { Spent } from '../../core/budget/bill.ts';

/** Dexie's index strings by table; a change needs a new version in `schema.ts`. */
export const SPENT_TABLES = { spent: '[day+what+of], day' } as const;

/** Typed tables, mixed into `SafeDb`. */
export interface SpentTables {
	spent: Table<Spent, [string, string, string]>;
}
