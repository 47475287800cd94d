-- What learners say of packages (docs/spec/feedback.md): copied out of their logs by a job, keyed by package (sharding.md).

-- How far an account's log is copied (the account group).
create table feedback_copies (
	account_id uuid primary key references accounts on delete cascade,
	n bigint not null
);

-- The mark that stands: one row an account and place.
create table feedback (
	package_id text not null,
	account_id uuid not null,
	unit_id text not null,
	-- a block by number, a step or an item by id
	place text not null,
	-- the language part that it is about
	part text not null,
	language text not null,
	mark text not null,
	words text,
	at timestamptz not null,
	primary key (package_id, account_id, unit_id, place)
);
create index feedback_account on feedback (account_id);

-- One row an account and item: whether the first answer was right, and how many there were.
create table item_results (
	package_id text not null,
	account_id uuid not null,
	unit_id text not null,
	item_id text not null,
	first_right boolean not null,
	tries integer not null,
	primary key (package_id, account_id, unit_id, item_id)
);
create index item_results_account on item_results (account_id);
