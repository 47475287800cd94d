/** The tables as Drizzle sees them; `migrations/` makes them. */
import { bigint, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

export const packages = pgTable('packages', {
	packageId: text('package_id').primaryKey(),
	sector: text().notNull(),
	manifest: text().notNull()
});

export const packageVersions = pgTable(
	'package_versions',
	{
		packageId: text('package_id').notNull(),
		version: text().notNull(),
		manifest: text().notNull(),
		statements: text().notNull(),
		publishedAt: timestamp('published_at', { withTimezone: true }).notNull()
	},
	(table) => [primaryKey({ columns: [table.packageId, table.version] })]
);

export const parts = pgTable(
	'parts',
	{
		packageId: text('package_id').notNull(),
		version: text().notNull(),
		language: text().notNull(),
		digest: text().notNull(),
		size: bigint({ mode: 'number' }).notNull(),
		pack: text().notNull(),
		packSize: bigint('pack_size', { mode: 'number' }).notNull(),
		frameSize: bigint('frame_size', { mode: 'number' }).notNull(),
		bundleSize: bigint('bundle_size', { mode: 'number' }).notNull()
	},
	(table) => [primaryKey({ columns: [table.packageId, table.version, table.language] })]
);

export const media = pgTable('media', {
	digest: text().primaryKey(),
	mediaType: text('media_type').notNull(),
	size: bigint({ mode: 'number' }).notNull()
});
