-- Who people are besides their name: an institution, a role with rights (docs/spec/people.md).

-- Reference data, on every node.
create table institutions (
	id text primary key,
	name text not null,
	-- ISO 3166-1 alpha-2
	country text not null,
	kind text not null check (kind in ('school', 'enterprise', 'ministry')),
	-- the name as names are compared: two institutions of one country that read alike would be taken for each other
	plain_name text not null,
	created_at timestamptz not null,
	unique (country, plain_name)
);

alter table users drop constraint users_role_check;
alter table users add constraint users_role_check
	check (role in ('learner', 'teacher', 'engineer', 'expert', 'administrator', 'observer'));
alter table users add column institution_id text references institutions;
-- no rights while it is set; learning goes on
alter table users add column suspended_at timestamptz;
create index users_institution on users (institution_id, id);

-- Codes that let somebody join with a role. Only the SHA-256 is kept.
create table invites (
	id uuid primary key,
	code bytea not null unique,
	role text not null
		check (role in ('learner', 'teacher', 'engineer', 'expert', 'administrator', 'observer')),
	institution_id text references institutions,
	uses integer not null check (uses > 0),
	uses_left integer not null check (uses_left between 0 and uses),
	-- null: the server itself, for the first administrator
	made_by uuid,
	made_at timestamptz not null,
	expires_at timestamptz not null,
	ended_at timestamptz
);
create index invites_open on invites (made_at desc, id);

-- What was done to the subject, where the action alone does not say it.
alter table audit_log add column detail jsonb not null default '{}';
create index audit_log_newest on audit_log (at desc, id desc);
create index audit_log_subject on audit_log (subject);
