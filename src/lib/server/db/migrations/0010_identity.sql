-- Identity (one node): better-auth's tables as it expects them, and what stands beside them.

create table users (
	-- also the account's id
	id uuid primary key,
	name text not null,
	-- made up, under .invalid: learners have no e-mail
	email text not null unique,
	email_verified boolean not null,
	image text,
	-- as it is compared (SYN-100); display_username as it was typed
	username text not null unique,
	display_username text not null,
	role text not null check (role in ('learner', 'administrator')),
	language text not null,
	created_at timestamptz not null,
	updated_at timestamptz not null
);

create table sessions (
	id uuid primary key,
	user_id uuid not null references users on delete cascade,
	token text not null unique,
	expires_at timestamptz not null,
	ip_address text,
	user_agent text,
	created_at timestamptz not null,
	updated_at timestamptz not null
);
create index sessions_user on sessions (user_id);

-- Ways to sign in; a password is one of them.
create table credentials (
	id uuid primary key,
	user_id uuid not null references users on delete cascade,
	account_id text not null,
	provider_id text not null,
	access_token text,
	refresh_token text,
	id_token text,
	access_token_expires_at timestamptz,
	refresh_token_expires_at timestamptz,
	scope text,
	password text,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	unique (provider_id, account_id)
);
create index credentials_user on credentials (user_id);

create table verifications (
	id uuid primary key,
	identifier text not null,
	value text not null,
	expires_at timestamptz not null,
	created_at timestamptz not null,
	updated_at timestamptz not null
);
create index verifications_identifier on verifications (identifier);

create table rate_limits (
	id uuid primary key,
	key text not null unique,
	count integer not null,
	last_request bigint not null
);

-- Keys that every copy of the server needs alike.
create table secrets (
	name text primary key,
	value text not null
);

-- Lets a phone send for an account after it signed out. Only the SHA-256 is kept.
create table device_tokens (
	token bytea primary key,
	user_id uuid not null references users on delete cascade,
	created_at timestamptz not null
);
create index device_tokens_user on device_tokens (user_id);

-- A code that an administrator made, for one new password. Only the SHA-256 is kept.
create table reset_codes (
	user_id uuid primary key references users on delete cascade,
	code bytea not null,
	tries integer not null,
	expires_at timestamptz not null
);

-- Wrong passwords in a row, by what was typed as username, whether there is such a person or not.
create table sign_in_tries (
	username text primary key,
	tries integer not null,
	last_at timestamptz not null
);

create table audit_log (
	id uuid primary key,
	at timestamptz not null,
	-- null: the command line
	actor uuid,
	action text not null,
	subject uuid
);
create index audit_log_at on audit_log (at);
