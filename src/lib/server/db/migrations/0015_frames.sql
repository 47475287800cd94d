-- Frames with a base (one node; docs/spec/pack.md): which are stored, and the queue of those that are to be.

create table frames (
	pack text not null,
	base text not null,
	-- waiting: to be made; made: in the blob store; useless: not smaller than the frame without a base
	state text not null default 'waiting' check (state in ('waiting', 'made', 'useless')),
	-- the order of those that were queued together
	place integer not null,
	-- bytes of the frame; null unless it is made
	size bigint,
	-- when it was queued, then when it was made
	at timestamptz not null,
	primary key (pack, base)
);
create index frames_waiting on frames (at, place) where state = 'waiting';

-- Versions in force whose likely frames were queued, with how many parts they had then: a language that is approved
-- later adds some.
create table frame_plans (
	manifest text primary key,
	parts integer not null
);
