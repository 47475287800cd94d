/**
 * Identity's tables as Drizzle and better-auth see them (one node; institutions on every one);
 * `migrations/0010_identity.sql` and `0012_people.sql` make them.
 */
import {
	bigint,
	boolean,
	customType,
	integer,
	jsonb,
	pgTable,
	text,
	timestamp,
	uuid
} from 'drizzle-orm/pg-core';
import type { InstitutionKind, Role } from '../../core/base/vocabulary.ts';

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
	role: text().$type<Role>().notNull(),
	language: text().notNull(),
	institutionId: text('institution_id'),
	suspendedAt: at('suspended_at'),
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
	subject: uuid(),
	detail: jsonb().$type<Record<string, string | number>>().notNull()
});

export const institutions = pgTable('institutions', {
	id: text().primaryKey(),
	name: text().notNull(),
	country: text().notNull(),
	kind: text().$type<InstitutionKind>().notNull(),
	plainName: text('plain_name').notNull(),
	createdAt: at('created_at').notNull()
});

export const invites = pgTable('invites', {
	id: uuid().primaryKey(),
	code: bytes().notNull(),
	role: text().$type<Role>().notNull(),
	institutionId: text('institution_id'),
	uses: integer().notNull(),
	usesLeft: integer('uses_left').notNull(),
	madeBy: uuid('made_by'),
	madeAt: at('made_at').notNull(),
	expiresAt: at('expires_at').notNull(),
	endedAt: at('ended_at')
});
