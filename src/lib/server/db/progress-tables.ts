/** The learner's log as Drizzle sees it (sharded by account); `migrations/0011_progress.sql` makes it. */
import {
	bigint,
	customType,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const accounts = pgTable('accounts', {
	accountId: uuid('account_id').primaryKey(),
	createdAt: at('created_at').notNull()
});

export const usernames = pgTable('usernames', {
	username: text().primaryKey(),
	accountId: uuid('account_id').notNull()
});

export const deviceOwners = pgTable('device_owners', {
	deviceId: uuid('device_id').primaryKey(),
	accountId: uuid('account_id').notNull()
});

export const accountCursors = pgTable('account_cursors', {
	accountId: uuid('account_id').primaryKey(),
	n: bigint({ mode: 'number' }).notNull(),
	mark: bytes().notNull()
});

export const events = pgTable(
	'events',
	{
		accountId: uuid('account_id').notNull(),
		eventId: uuid('event_id').notNull(),
		n: bigint({ mode: 'number' }).notNull(),
		mark: bytes().notNull(),
		deviceId: uuid('device_id').notNull(),
		seq: integer().notNull(),
		event: text().notNull(),
		state: text().$type<'counted' | 'held'>().notNull(),
		receivedAt: at('received_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.accountId, table.eventId] })]
);

export const refusedEvents = pgTable(
	'refused_events',
	{
		accountId: uuid('account_id').notNull(),
		deviceId: uuid('device_id').notNull(),
		seq: integer().notNull(),
		code: text().notNull(),
		event: text().notNull(),
		receivedAt: at('received_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.accountId, table.deviceId, table.seq] })]
);

export const progress = pgTable(
	'progress',
	{
		accountId: uuid('account_id').notNull(),
		packageId: text('package_id').notNull(),
		unitId: text('unit_id').notNull(),
		/** `UnitFacts` of core/progress/project.ts */
		facts: jsonb().notNull()
	},
	(table) => [primaryKey({ columns: [table.accountId, table.packageId, table.unitId] })]
);
