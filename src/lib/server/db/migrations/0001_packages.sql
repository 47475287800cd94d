-- Reference tables (sharding.md): small, on every node, written only by publishing.

create table packages (
	package_id text primary key,
	sector text not null,
	-- the version that the catalogue names
	manifest text not null
);

create table package_versions (
	package_id text not null references packages,
	version text not null,
	manifest text not null,
	-- blob with the list of DSSE envelopes that approve the parts
	statements text not null,
	published_at timestamptz not null,
	primary key (package_id, version)
);
create index package_versions_manifest on package_versions (manifest);

-- One row a part of a version: '' is the shared part, else the language.
create table parts (
	package_id text not null references packages,
	version text not null,
	language text not null,
	digest text not null,
	size bigint not null,
	pack text not null,
	pack_size bigint not null,
	frame_size bigint not null,
	-- of a language: the install bundle with it and the shared part, as sent (SRV-31); of the shared part: 0
	bundle_size bigint not null,
	primary key (package_id, version, language)
);

-- Media that may be answered under its own type, which was sniffed when it was published.
create table media (
	digest text primary key,
	media_type text not null,
	size bigint not null
);
