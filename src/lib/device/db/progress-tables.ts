/** Tables of progress and sync, in the database that is written through to the disk (DEV-2). Owned by `device/progress`. */

/** Dexie's index strings by table; a change needs a new version in `schema.ts`. */
export const PROGRESS_TABLES = {} as const;

/** Typed tables, mixed into `SafeDb`. */
export interface ProgressTables {}
