/** Identity's tables as Drizzle and better-auth see them (one node); `migrations/0010_identity.sql` makes them. */
import { bigint, boolean, customType, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true });
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const users = pgTable('users', {
	id: uuid().primaryKey(),
	name: text().notNull(),
	email: text().notNull(),
	emailVerified: boolean('email_verified').notNull(),
	image: text(),
	username: text().notNull(),
	displayUsername: text('display_username').notNull(),
	role: text().$type<'learner' | 'administrator'>().notNull(),
	language: text().notNull(),
	createdAt: at('created_at').notNull(),
	updatedAt: at('updated_at').notNull()
});

export const sessions = pgTable('sessions', {
	id: uuid().primaryKey(),
	userId: uuid('user_id').notNull(),
	token: text().notNull(),
	expiresAt: at('expires_at').notNull(),
	ipAddress: text('ip_address'),
	userAgent: text('user_agent'),
	createdAt: at('created_at').notNull(),
	updatedAt: at('updated_at').notNull()
});

export const credentials = pgTable('credentials', {
	id: uuid().primaryKey(),
	userId: uuid('user_id').notNull(),
	accountId: text('account_id').notNull(),
	providerId: text('provider_id').notNull(),
	accessToken: text('access_token'),
	refreshToken: text('refresh_token'),
	idToken: text('id_token'),
	accessTokenExpiresAt: at('access_token_expires_at'),
	refreshTokenExpiresAt: at('refresh_token_expires_at'),
	scope: text(),
	password: text(),
	createdAt: at('created_at').notNull(),
	updatedAt: at('updated_at').notNull()
});

export const verifications = pgTable('verifications', {
	id: uuid().primaryKey(),
	identifier: text().notNull(),
	value: text().notNull(),
	expiresAt: at('expires_at').notNull(),
	createdAt: at('created_at').notNull(),
	updatedAt: at('updated_at').notNull()
});

export const rateLimits = pgTable('rate_limits', {
	id: uuid().primaryKey(),
	key: text().notNull(),
	count: integer().notNull(),
	lastRequest: bigint('last_request', { mode: 'number' }).notNull()
});

export const secrets = pgTable('secrets', { name: text().primaryKey(), value: text().notNull() });

export const deviceTokens = pgTable('device_tokens', {
	token: bytes().primaryKey(),
	userId: uuid('user_id').notNull(),
	createdAt: at('created_at').notNull()
});

export const resetCodes = pgTable('reset_codes', {
	userId: uuid('user_id').primaryKey(),
	code: bytes().notNull(),
	tries: integer().notNull(),
	expiresAt: at('expires_at').notNull()
});

export const signInTries = pgTable('sign_in_tries', {
	username: text().primaryKey(),
	tries: integer().notNull(),
	lastAt: at('last_at').notNull()
});

export const auditLog = pgTable('audit_log', {
	id: uuid().primaryKey(),
	at: at('at').notNull(),
	actor: uuid(),
	action: text().notNull(),
	subject: uuid()
});
