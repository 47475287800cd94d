import * as v from 'valibot';
import { fail, ok, type Result } from '../base/result.ts';
import type { Register, TrustFault } from './types.ts';

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Key = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Digest = Key;
const Names = v.pipe(v.array(Text), v.maxLength(100));

const RegisterSchema = v.object({
	parties: v.pipe(
		v.array(v.object({ id: Text, name: Text, country: Text, demonstration: v.optional(v.boolean()) })),
		v.maxLength(500)
	),
	experts: v.pipe(
		v.array(
			v.object({
				id: Text,
				name: Text,
				party: Text,
				keys: v.pipe(v.array(Key), v.maxLength(8)),
				retired: v.optional(
					v.array(v.object({ key: Key, counts: v.pipe(v.array(Digest), v.maxLength(5000)) }))
				),
				sectors: Names,
				languages: Names
			})
		),
		v.maxLength(5000)
	)
});

const isUnique = (values: string[]): boolean => new Set(values).size === values.length;

/**
 * Reads the register that targets.json carries. `trust/register-spoiled` where a key, an expert or a party stands
 * twice, or an expert has no party: then nothing at all is approved (TRU-22).
 */
export function readRegister(value: unknown): Result<Register, TrustFault> {
	if (value === undefined) return fail('trust/register-missing');
	const parsed = v.safeParse(RegisterSchema, value);
	if (!parsed.success) return fail('trust/register-spoiled');
	const { parties, experts } = parsed.output;
	const ids = parties.map(({ id }) => id);
	const keys = experts.flatMap(({ keys, retired = [] }) => [...keys, ...retired.map(({ key }) => key)]);
	return isUnique(ids) &&
		isUnique(experts.map(({ id }) => id)) &&
		isUnique(keys) &&
		experts.every(({ party }) => ids.includes(party))
		? ok(parsed.output)
		: fail('trust/register-spoiled');
}
