import type { Fault, Result } from '../base/result.ts';

/** Every code that trust can answer with; each has one sentence in the catalogues (docs/spec/trust.md, Faults). */
export const TRUST_FAULTS = [
	// what was fetched
	'trust/unreachable',
	'trust/missing',
	'trust/too-long',
	'trust/malformed',
	'trust/bad-bundle',
	// the catalogue
	'trust/no-root',
	'trust/another-root',
	'trust/threshold-not-met',
	'trust/rollback',
	'trust/version-mismatch',
	'trust/hash-mismatch',
	'trust/expired',
	'trust/root-expired',
	'trust/unknown-target',
	// the statements
	'trust/register-spoiled',
	'trust/register-missing',
	'trust/not-approved',
	'trust/one-person-only',
	'trust/one-party-only',
	'trust/contributor-signed',
	'trust/not-read',
	'trust/recalled'
] as const;

export type TrustCode = (typeof TRUST_FAULTS)[number];
export type TrustFault = Fault<TrustCode>;

/**
 * Where trusted metadata is kept: `root.json`, `timestamp.json`, `snapshot.json`, `targets.json`, `<role>.json` (role
 * names percent-encoded), and two records of our own, `anchor` and `floors`. Each put is whole or not at all. One
 * refresh at a time on a store: the caller holds a lock.
 */
export interface TrustStore {
	get(name: string): Promise<Uint8Array | null>;
	put(name: string, bytes: Uint8Array): Promise<void>;
	delete(name: string): Promise<void>;
}

/**
 * Answers the bytes of a metadata file by the name it has in a TUF repository (`6.root.json`, `timestamp.json`,
 * `12.th.json`), reading no more than `maxLength` of them. `trust/missing`: there is none (404); `trust/too-long`:
 * more than maxLength; `trust/unreachable`: no answer. Anything may be answered by anyone: the client checks it.
 */
export type TrustFetcher = (name: string, maxLength: number) => Promise<Result<Uint8Array, TrustFault>>;

/** A key as TUF metadata lists it. Ed25519: `keyval.public` is the public key in hexadecimal. */
export interface TufKey {
	keytype: string;
	scheme: string;
	keyval: { public: string };
}

export type VerifySignature = (key: TufKey, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

/** Signs with one Ed25519 key; `key` is its public half in hexadecimal. */
export interface Signer {
	key: string;
	sign(message: Uint8Array): Promise<Uint8Array>;
}

export interface TrustOptions {
	/** `import` (a file, a stale hub): expired timestamp, snapshot and targets become labels. Default `network`. */
	profile?: 'network' | 'import';
	/** What checks a signature; Ed25519 only unless given. */
	verify?: VerifySignature;
}

/** An entry of the catalogue under all checks: signatures, versions, expiry, floor on `custom.v`. */
export interface TrustedTarget {
	path: string;
	length: number;
	/** By algorithm (`sha256`), in lower-case hexadecimal. */
	hashes: Record<string, string>;
	custom: Record<string, unknown>;
	/** The role that vouches for it. */
	role: string;
}

interface Party {
	id: string;
	name: string;
	country: string;
	/** Made on the spot so that the software can be tried; every seal says so. */
	demonstration?: boolean | undefined;
}

export interface Expert {
	id: string;
	name: string;
	/** Id of the party. */
	party: string;
	/** Ed25519 public keys, hexadecimal. */
	keys: string[];
	/** Keys that sign no more, each with the digests of the statements (SHA-256 of the payload) that still count. */
	retired?: { key: string; counts: string[] }[] | undefined;
	/** Sectors and languages that the expert may approve; `*` is every one. */
	sectors: string[];
	languages: string[];
}

/** Parties and experts, as the offline targets keys signed them (`register` in targets.json). */
export interface Register {
	parties: Party[];
	experts: Expert[];
}

/** A DSSE envelope (secure-systems-lab/dsse, envelope.md). */
export interface Envelope {
	payloadType: string;
	payload: string;
	signatures: { keyid?: string | undefined; sig: string }[];
}

/** The parts that are asked about, as the trusted catalogue's manifest and the part manifests name them. */
export interface PartPair {
	packageId: string;
	sector: string;
	language: string;
	/** SHA-256 of the shared part manifest's blob, and of the language part manifest's. */
	shared: string;
	part: string;
	/** Contributors of both parts. */
	contributors: { name: string; registerId?: string | undefined }[];
}

/** One signature that counted. */
export interface Signatory {
	expertId: string;
	name: string;
	partyId: string;
	party: string;
	country: string;
	demonstration: boolean;
	/** The day the signer stated (YYYY-MM-DD). */
	date: string;
}

/** A joint approval that holds: what the interface shows as a seal. */
export interface Approval {
	signatories: Signatory[];
	/** Names of the parties, each once. */
	parties: string[];
	/** The latest of the signers' days. */
	date: string;
	/** True as soon as one party is a demonstration. */
	demonstration: boolean;
}

/** A recall in force. */
export interface Recall {
	/** SHA-256 of the statement's payload: what a lifting names. */
	digest: string;
	/** The units it concerns, or null: the whole part. */
	units: string[] | null;
	reason: string;
	/** Where to go instead (a package id or a version), if stated. */
	replacement: string | null;
	by: Signatory;
}
