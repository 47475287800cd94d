-- The learner's log (sharding.md: the account group, keyed by account_id; usernames and device owners by their own).

create table accounts (
	account_id uuid primary key,
	created_at timestamptz not null
);

-- How a name looks, letters that are mistaken for others made one: two people cannot look alike.
create table usernames (
	username text primary key,
	account_id uuid not null
);

-- A device id is one account's, whoever comes with it (SYN-35).
create table device_owners (
	device_id uuid primary key,
	account_id uuid not null
);

-- Gapless: moved only under this row's lock, so no reader can pass a place whose event is still to be committed.
create table account_cursors (
	account_id uuid primary key references accounts on delete cascade,
	n bigint not null,
	mark bytea not null
);

create table devices (
	account_id uuid not null references accounts on delete cascade,
	device_id uuid not null,
	last integer not null,
	chain bytea not null,
	first_at timestamptz not null,
	last_at timestamptz not null,
	primary key (account_id, device_id)
);

create table events (
	account_id uuid not null references accounts on delete cascade,
	event_id uuid not null,
	n bigint not null,
	mark bytea not null,
	device_id uuid not null,
	seq integer not null,
	-- the bytes, as they were chained
	event text not null,
	-- held: scored by a part that this server does not have (yet)
	state text not null check (state in ('counted', 'held')),
	received_at timestamptz not null,
	primary key (account_id, event_id)
);
create unique index events_order on events (account_id, n);
create index events_held on events (account_id) where state = 'held';

create table refused_events (
	account_id uuid not null references accounts on delete cascade,
	device_id uuid not null,
	seq integer not null,
	code text not null,
	event text not null,
	received_at timestamptz not null,
	primary key (account_id, device_id, seq)
);

create table progress (
	account_id uuid not null references accounts on delete cascade,
	package_id text not null,
	unit_id text not null,
	-- core/progress/project.ts, UnitFacts
	facts jsonb not null,
	primary key (account_id, package_id, unit_id)
);

/*
 * Stores a push (SYN-50 to SYN-56). `ids` is null where an event could not be read; `states` is counted, held or
 * refused, and `codes` says why. On a distributed server it is distributed by its first argument.
 */
create function push_events(
	account uuid,
	device uuid,
	first integer,
	before bytea,
	texts text[],
	ids uuid[],
	states text[],
	codes text[],
	at timestamptz
) returns table (outcome text, last integer, chain bytea)
language plpgsql as $$
#variable_conflict use_column
declare
	place bigint;
	place_mark bytea;
	known_last integer;
	known_chain bytea;
	running bytea := before;
	seq integer;
	seen uuid[];
	new_ids uuid[] := '{}';
	new_places bigint[] := '{}';
	new_marks bytea[] := '{}';
	new_index integer[] := '{}';
	refused_index integer[] := '{}';
begin
	select c.n, c.mark into place, place_mark
		from account_cursors c where c.account_id = account for update;
	if not found then
		return query select 'no-account', 0, ''::bytea;
		return;
	end if;

	select d.last, d.chain into known_last, known_chain
		from devices d where d.account_id = account and d.device_id = device;
	if not found then
		known_last := 0;
		known_chain := sha256(convert_to(device::text, 'UTF8'));
	end if;

	if first > known_last + 1 then
		return query select 'gap', known_last, known_chain;
		return;
	end if;
	if (first = known_last + 1 and before <> known_chain)
		or (first = 1 and before <> sha256(convert_to(device::text, 'UTF8'))) then
		return query select 'forked', known_last, known_chain;
		return;
	end if;

	select coalesce(array_agg(e.event_id), '{}') into seen
		from events e where e.account_id = account and e.event_id = any (ids);

	for i in 1 .. cardinality(texts) loop
		seq := first + i - 1;
		running := sha256(running || convert_to(texts[i], 'UTF8'));
		if seq = known_last and running <> known_chain then
			return query select 'forked', known_last, known_chain;
			return;
		end if;
		continue when seq <= known_last;
		if states[i] = 'refused' then
			refused_index := refused_index || i;
		elsif not ids[i] = any (seen) then
			seen := seen || ids[i];
			place := place + 1;
			place_mark := substring(sha256(place_mark || uuid_send(ids[i])) for 16);
			new_index := new_index || i;
			new_ids := new_ids || ids[i];
			new_places := new_places || place;
			new_marks := new_marks || place_mark;
		end if;
	end loop;

	if first + cardinality(texts) - 1 <= known_last then
		return query select 'stored', known_last, known_chain;
		return;
	end if;

	insert into events (account_id, event_id, n, mark, device_id, seq, event, state, received_at)
		select account, u.id, u.place, u.mark, device, first + u.i - 1, texts[u.i], states[u.i], at
		from unnest(new_ids, new_places, new_marks, new_index) as u (id, place, mark, i);
	insert into refused_events (account_id, device_id, seq, code, event, received_at)
		select account, device, first + u.i - 1, codes[u.i], texts[u.i], at
		from unnest(refused_index) as u (i);
	if cardinality(new_ids) > 0 then
		update account_cursors c set n = place, mark = place_mark where c.account_id = account;
	end if;
	known_last := first + cardinality(texts) - 1;
	insert into devices (account_id, device_id, last, chain, first_at, last_at)
		values (account, device, known_last, running, at, at)
		on conflict (account_id, device_id)
		do update set last = excluded.last, chain = excluded.chain, last_at = excluded.last_at;
	return query select 'stored', known_last, running;
end
$$;
