import { canonicalize } from '@tufjs/canonical-json';
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { TrustFault, TufKey } from './types.ts';

/*
 * The file formats of TUF 1.0.34, section 4, as far as a client reads them. Unknown fields are kept in what is
 * verified (the canonical form is made of the whole `signed`) and otherwise not looked at.
 */
const Version = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Hashes = v.optional(v.record(v.string(), v.string()), {});
const Keys = v.record(
	v.string(),
	v.object({ keytype: v.string(), scheme: v.string(), keyval: v.object({ public: v.string() }) })
);
const Role = v.object({ keyids: v.array(v.string()), threshold: Version });
const Length = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const MetaFile = v.object({ version: Version, length: v.optional(Length), hashes: Hashes });
const TimeText = v.pipe(
	v.string(),
	v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
	v.transform(Date.parse),
	v.finite()
);
const common = { spec_version: v.pipe(v.string(), v.startsWith('1.')), version: Version, expires: TimeText };

const Root = v.object({
	...common,
	_type: v.literal('root'),
	consistent_snapshot: v.optional(v.boolean(), false),
	keys: Keys,
	roles: v.object({ root: Role, timestamp: Role, snapshot: Role, targets: Role })
});
const Timestamp = v.pipe(
	v.object({
		...common,
		_type: v.literal('timestamp'),
		meta: v.object({ 'snapshot.json': MetaFile }),
		issued: v.optional(TimeText)
	}),
	v.check((timestamp) => (timestamp.issued ?? 0) <= timestamp.expires)
);
const Snapshot = v.object({ ...common, _type: v.literal('snapshot'), meta: v.record(v.string(), MetaFile) });
const Targets = v.object({
	...common,
	_type: v.literal('targets'),
	targets: v.record(
		v.string(),
		v.object({
			length: Length,
			hashes: v.record(v.string(), v.string()),
			custom: v.optional(v.record(v.string(), v.unknown()), {})
		})
	),
	delegations: v.optional(
		v.object({
			keys: Keys,
			roles: v.optional(
				v.array(
					v.object({
						...Role.entries,
						name: v.string(),
						terminating: v.optional(v.boolean(), false),
						paths: v.optional(v.array(v.string()), []),
						path_hash_prefixes: v.optional(v.array(v.string()), [])
					})
				),
				[]
			)
		})
	),
	register: v.optional(v.unknown())
});

const SCHEMAS = { root: Root, timestamp: Timestamp, snapshot: Snapshot, targets: Targets };
const Signatures = v.pipe(
	v.array(v.object({ keyid: v.string(), sig: v.string() })),
	v.maxLength(64),
	// TUF 4.2: a key id stands once in `signatures`.
	v.check((all) => new Set(all.map(({ keyid }) => keyid)).size === all.length)
);
const Wrapper = v.object({ signatures: Signatures, signed: v.record(v.string(), v.unknown()) });

type Schemas = typeof SCHEMAS;
export type Kind = keyof Schemas;
type RoleKeys = v.InferOutput<typeof Role>;
export type MetaEntry = v.InferOutput<typeof MetaFile>;

/** A metadata file that is well formed; what it says is worth nothing before its signatures are checked. */
export interface Metadata<K extends Kind> {
	signed: v.InferOutput<Schemas[K]>;
	signatures: { keyid: string; sig: string }[];
	/** What the signatures are over: canonical JSON of the whole `signed`, unknown fields included. */
	message: Uint8Array;
	bytes: Uint8Array;
}

/** Keys and the rule by which they speak for a role. */
export interface Authority {
	keys: Record<string, TufKey>;
	role: RoleKeys;
}

/** Reads a metadata file of the given kind, or `trust/malformed`. */
export function readMetadata<K extends Kind>(kind: K, bytes: Uint8Array): Result<Metadata<K>, TrustFault> {
	try {
		const { signed, signatures } = v.parse(Wrapper, JSON.parse(fromUtf8(bytes)));
		return ok({
			signed: v.parse(SCHEMAS[kind], signed) as v.InferOutput<Schemas[K]>,
			signatures,
			message: utf8(canonicalize(signed)),
			bytes
		});
	} catch {
		return fail('trust/malformed', { file: kind });
	}
}
