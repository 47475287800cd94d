/**
 * How an expert gets into the register (TRU-35): their device makes a key and proves that it holds it, the server
 * exports the request as a file, and whoever holds the targets keys puts it into the next targets, offline.
 */
import * as v from 'valibot';
import { fromHex, utf8 } from '../base/hash.ts';
import { fail, type Fault, type Result } from '../base/result.ts';
import { Country, Id, LanguageTag, text } from '../base/schema.ts';
import { plainName } from './approval.ts';
import { verifyEd25519 } from './keys.ts';
import { readRegister } from './register.ts';
import type { Expert, Register, TrustFault } from './types.ts';

const Key = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const scope = <Item extends v.GenericSchema>(item: Item) =>
	v.pipe(v.array(item), v.minLength(1), v.maxLength(40));

export const EnrolmentRequest = v.strictObject({
	format: v.literal('setara-enrolment/1'),
	party: v.strictObject({ id: Id, name: text(200), country: Country }),
	expert: v.strictObject({
		id: Id,
		name: text(120),
		sectors: scope(text(64)),
		languages: scope(v.union([v.literal('*'), LanguageTag]))
	}),
	/** The new key; null where a lost one only ends. `proof` signs `subject`, which is the account's id. */
	key: v.nullable(
		v.strictObject({ public: Key, subject: text(64), proof: v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/)) })
	),
	/** Keys that end, each with the digests of the statements that still count. */
	retire: v.pipe(
		v.array(v.strictObject({ key: Key, counts: v.pipe(v.array(Key), v.maxLength(5000)) })),
		v.maxLength(8)
	)
});
export type EnrolmentRequest = v.InferOutput<typeof EnrolmentRequest>;

/** Whether whoever asks holds the key: it signed this very subject. A statement's signature begins otherwise (DSSE). */
export const provesKey = (key: string, subject: string, proof: string): Promise<boolean> =>
	verifyEd25519(key, utf8(subject), fromHex(proof));

/**
 * The register with the request put into it. `review/bad-proof`: the key is not held; `trust/register-spoiled`: a key
 * or a name would stand twice, or somebody would change parties by the way.
 */
export async function enrolInto(
	register: Register,
	{ party, expert, key, retire }: EnrolmentRequest,
	demonstration = false
): Promise<Result<Register, TrustFault | Fault<'review/bad-proof'>>> {
	if (key && !(await provesKey(key.public, key.subject, key.proof))) return fail('review/bad-proof');
	const known = register.experts.find(({ id }) => id === expert.id);
	const namesake = register.experts.find(
		({ id, name }) => id !== expert.id && plainName(name) === plainName(expert.name)
	);
	if (namesake || (known && known.party !== party.id)) return fail('trust/register-spoiled');
	const parties = register.parties.some(({ id }) => id === party.id)
		? register.parties
		: [...register.parties, demonstration ? { ...party, demonstration } : party];
	const put: Expert = withKeys(
		known ?? { ...expert, party: party.id, keys: [] },
		key?.public ?? null,
		retire
	);
	const { sectors, languages, name } = expert;
	const experts = [
		...register.experts.filter(({ id }) => id !== expert.id),
		{ ...put, ...{ sectors, languages, name } }
	];
	return readRegister({ parties, experts });
}

function withKeys(expert: Expert, key: string | null, retire: EnrolmentRequest['retire']): Expert {
	const ending = retire.filter((each) => expert.keys.includes(each.key));
	const keys = expert.keys.filter((each) => !ending.some((other) => other.key === each));
	const retired = [...(expert.retired ?? []), ...ending];
	return {
		...expert,
		keys: key === null || keys.includes(key) ? keys : [...keys, key],
		...(retired.length > 0 ? { retired } : {})
	};
}
