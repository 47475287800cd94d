-- What is handed in, reviewed and approved (one node; docs/spec/hand-in.md, docs/spec/review.md).

create table submissions (
	id uuid primary key,
	-- the author's account; a deleted account leaves its work, without the person
	author uuid not null,
	draft uuid not null,
	package_id text not null,
	version text not null,
	manifest text not null,
	kind text not null,
	sector text not null,
	languages text[] not null,
	-- by language
	titles jsonb not null,
	note text,
	-- as the last row of the log left it; moved only together with a new row there
	state text not null,
	since timestamptz not null,
	handed_in_at timestamptz not null,
	-- languages that still lack their joint approval
	waiting text[] not null,
	-- register ids of contributors, so that their own work is kept out of their queue
	contributors text[] not null default '{}',
	faults jsonb not null default '[]'
);
create index submissions_draft on submissions (draft);
create index submissions_author on submissions (author, handed_in_at desc);
create index submissions_state on submissions (state, handed_in_at, id);
create index submissions_package on submissions (package_id);
create index submissions_waiting on submissions using gin (waiting);

-- Append-only: nothing is overwritten, and `seq` settles races (the second writer of one number fails).
create table submission_log (
	submission_id uuid not null references submissions,
	seq integer not null,
	at timestamptz not null,
	-- null: the server itself
	actor uuid,
	action text not null,
	detail jsonb not null,
	primary key (submission_id, seq)
);

create table submission_blobs (
	submission_id uuid not null references submissions,
	digest text not null,
	size bigint not null,
	role text not null,
	-- where it stands in the order of sending
	place integer not null,
	received_at timestamptz,
	-- how often bytes came that were not these
	wrong integer not null default 0,
	primary key (submission_id, digest)
);
create index submission_blobs_digest on submission_blobs (digest);

create table review_comments (
	id uuid primary key,
	submission_id uuid not null references submissions,
	author uuid not null,
	language text,
	unit text,
	block text,
	quote text,
	text text not null,
	at timestamptz not null,
	resolved_at timestamptz,
	resolved_by uuid
);
create index review_comments_submission on review_comments (submission_id, at);

-- Statements of experts, each signed by one of them.
create table submission_statements (
	submission_id uuid not null references submissions,
	-- SHA-256 of the payload
	digest text not null,
	-- whose signature it counts as, for the queue; what holds is decided over the envelopes
	expert_id text not null,
	party_id text not null,
	account uuid not null,
	package_id text not null,
	decision text not null check (decision in ('approve', 'recall', 'lift')),
	languages text[] not null,
	-- json, not jsonb: kept as it was signed and sent, its names in their order
	envelope json not null,
	at timestamptz not null,
	-- two experts on one day may well sign the same bytes
	primary key (submission_id, digest, expert_id)
);

create index submission_statements_package on submission_statements (package_id, at);

-- Which account speaks for which registered expert, and with which key.
create table experts (
	expert_id text primary key,
	account uuid not null unique,
	name text not null,
	-- as names are compared: two experts of one name could not be told from contributors
	plain_name text not null unique,
	party_id text not null,
	sectors text[] not null,
	languages text[] not null
);
create table expert_keys (
	key text primary key,
	expert_id text not null references experts,
	-- its signature over the account's id
	proof text not null,
	state text not null check (state in ('requested', 'enrolled', 'revoked')),
	at timestamptz not null
);
create index expert_keys_expert on expert_keys (expert_id);
