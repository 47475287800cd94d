import * as v from 'valibot';
import { fromUtf8, sha256, utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { verifyEd25519 } from './keys.ts';
import type { Envelope, Expert, Register, Signatory, Signer, TrustFault } from './types.ts';

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const APPROVAL_TYPE = 'urn:setara:approval:1';
export const RECALL_TYPE = 'urn:setara:recall:1';

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));
const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Day = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/));
const Read = v.pipe(v.array(Text), v.maxLength(100));
const common = {
	_type: v.literal(STATEMENT_TYPE),
	subject: v.pipe(
		v.array(v.object({ name: Text, digest: v.object({ sha256: Digest }) })),
		v.minLength(1),
		v.maxLength(100),
		v.check((all) => new Set(all.map(({ name }) => name)).size === all.length)
	)
};
const about = { packageId: Text, version: Text, date: Day };

/** Statement v1 of in-toto with the predicates of TRU-17 (approval) and TRU-25 (recall and its lifting). */
const StatementSchema = v.variant('predicateType', [
	v.object({
		...common,
		predicateType: v.literal(APPROVAL_TYPE),
		predicate: v.object({ ...about, decision: v.literal('approve'), read: Read })
	}),
	v.object({
		...common,
		predicateType: v.literal(RECALL_TYPE),
		predicate: v.variant('decision', [
			v.object({
				...about,
				decision: v.literal('recall'),
				units: v.optional(v.pipe(v.array(Text), v.minLength(1), v.maxLength(200))),
				reason: Text,
				replacement: v.optional(Text)
			}),
			v.object({ ...about, decision: v.literal('lift'), lifts: Digest, read: Read })
		])
	})
]);
export type Statement = v.InferOutput<typeof StatementSchema>;

const EnvelopeSchema = v.object({
	payloadType: v.string(),
	payload: v.pipe(v.string(), v.maxLength(64_000)),
	signatures: v.pipe(
		v.array(v.object({ keyid: v.optional(v.string()), sig: v.pipe(v.string(), v.maxLength(100)) })),
		v.maxLength(8)
	)
});
const EnvelopesSchema = v.pipe(v.array(EnvelopeSchema), v.maxLength(100));

/** Most signatures that are tried with keys which their hint does not name: a flood of forgeries ends there. */
const MAX_GUESSES = 2000;

/** What one registered expert said, signature checked. */
export interface Claim {
	expert: Expert;
	signatory: Signatory;
	/** SHA-256 of the payload: the statement's name in retired keys and liftings. */
	digest: string;
	statement: Statement;
}

/** Reads a JSON list of envelopes (a target's statements, `recalls/<id>.json`), or `trust/malformed`. */
export function readEnvelopes(bytes: Uint8Array): Result<Envelope[], TrustFault> {
	try {
		return ok(v.parse(EnvelopesSchema, JSON.parse(fromUtf8(bytes))));
	} catch {
		return fail('trust/malformed', { file: 'statements' });
	}
}

/**
 * The claims in these envelopes that a registered expert's key really signed. An envelope of another type, form or
 * signer is passed over: it proves nothing. A retired key counts for the digests that its entry lists, and no more.
 */
export async function claimsOf(envelopes: readonly Envelope[], register: Register): Promise<Claim[]> {
	const claims: Claim[] = [];
	let budget = MAX_GUESSES;
	for (const { payloadType, payload, signatures } of envelopes) {
		const bytes = fromBase64(payload);
		const statement = bytes && payloadType === PAYLOAD_TYPE && readStatement(bytes);
		if (!statement) continue;
		const digest = await sha256(bytes);
		const message = preAuthEncoding(bytes);
		const keys = register.experts.flatMap((expert) => [
			...expert.keys.map((key) => ({ key, expert })),
			...(expert.retired ?? [])
				.filter(({ counts }) => counts.includes(digest))
				.map(({ key }) => ({ key, expert }))
		]);
		for (const { keyid, sig } of signatures) {
			const signature = fromBase64(sig);
			const isHinted = ({ key }: { key: string }): boolean => keyIdOf(key) === keyid;
			// The key id is a hint: its key is tried first, then every other, as far as the budget goes.
			for (const held of [...keys.filter(isHinted), ...keys.filter((each) => !isHinted(each))]) {
				if (!signature || (!isHinted(held) && budget-- <= 0)) break;
				if (!(await verifyEd25519(held.key, message, signature))) continue;
				const { expert } = held;
				claims.push({ expert, digest, statement, signatory: signatoryOf(expert, register, statement) });
				break;
			}
		}
	}
	return claims;
}

/** Signs a statement as a DSSE envelope with each signer's key. */
export async function signStatement(statement: Statement, signers: readonly Signer[]): Promise<Envelope> {
	const payload = utf8(JSON.stringify(v.parse(StatementSchema, statement)));
	const message = preAuthEncoding(payload);
	const signatures = [];
	for (const signer of signers)
		signatures.push({ keyid: keyIdOf(signer.key), sig: toBase64(await signer.sign(message)) });
	return { payloadType: PAYLOAD_TYPE, payload: toBase64(payload), signatures };
}

/** What an envelope says, or null where it is no statement of ours. Whether anybody signed it is `claimsOf`'s. */
export function statementIn({ payloadType, payload }: Envelope): Statement | null {
	const bytes = fromBase64(payload);
	return bytes && payloadType === PAYLOAD_TYPE ? readStatement(bytes) : null;
}

/** SHA-256 of an envelope's payload, or null where it is not base64. */
export async function digestOf(envelope: Envelope): Promise<string | null> {
	const bytes = fromBase64(envelope.payload);
	return bytes && sha256(bytes);
}

/** PAE of DSSE 1.0.0 over our payload type, which is ASCII. */
function preAuthEncoding(body: Uint8Array): Uint8Array {
	const head = utf8(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${body.length} `);
	const all = new Uint8Array(head.length + body.length);
	all.set(head);
	all.set(body, head.length);
	return all;
}

function readStatement(bytes: Uint8Array): Statement | null {
	try {
		return v.parse(StatementSchema, JSON.parse(fromUtf8(bytes)));
	} catch {
		return null;
	}
}

function signatoryOf(expert: Expert, register: Register, statement: Statement): Signatory {
	const party = register.parties.find(({ id }) => id === expert.party)!;
	return {
		expertId: expert.id,
		name: expert.name,
		partyId: party.id,
		party: party.name,
		country: party.country,
		demonstration: !!party.demonstration,
		date: statement.predicate.date
	};
}

const keyIdOf = (key: string): string => key.slice(0, 16);

const toBase64 = (bytes: Uint8Array): string =>
	btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Standard or URL-safe base64 (DSSE takes both), or null. */
function fromBase64(text: string): Uint8Array | null {
	try {
		return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
	} catch {
		return null;
	}
}
