/** Keys of experts and the register (REV-40 to REV-46). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '../../../../tests/factories/built-package.ts';
import { proofOf, putExpert, putPerson } from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, type TestGround } from '../../../../tests/factories/ground.ts';
import { memoryStore } from '../../../../tests/factories/tuf-repository.ts';
import { refreshByBundle } from '../../../../tests/factories/trust-server.ts';
import type { Result } from '../../core/base/result.ts';
import { initTrust } from '../../core/trust/client.ts';
import type { Signer } from '../../core/trust/types.ts';
import { currentRegister } from '../trust/trust.ts';
import { makeKey } from '../trust/signing.ts';
import { enrolmentOf, expertOf, keyOf, requestKey, revokeKey } from './experts.ts';
import type { ReviewPerson } from './people.ts';

let ground: TestGround;
beforeAll(async () => void (ground = await openTestGround()));
afterAll(() => ground.close());

const outcome = (result: Result<unknown, { code: string }>) => (result.ok ? 'done' : result.fault.code);
const ask = async (person: ReviewPerson, signer: Signer, change: object = {}, now = NOW) =>
	requestKey(
		ground,
		person,
		{
			...{ key: signer.key, proof: await proofOf(signer, person.id) },
			...{ sectors: ['energy'], languages: ['lo', 'th'], ...change }
		},
		now
	);

describe('requestKey in a demonstration', () => {
	it('enrols it by itself, under a party of the country, and phones get the new register', async () => {
		const malee = await putPerson(ground, 'Malee', 'expert', 'TH');
		const { signer } = makeKey();
		expect(await keyOf(ground, malee.id)).toMatchObject({ state: 'none', key: null });
		const key = valueOf(await ask(malee, signer));
		expect(key).toMatchObject({
			...{ state: 'enrolled', key: signer.key, demonstration: true },
			expert: { name: 'Malee', party: 'demonstration-th', country: 'TH', languages: ['lo', 'th'] }
		});
		const store = memoryStore();
		await initTrust(store, ground.trust.anchor);
		const { catalogue } = await refreshByBundle(ground.trust, store, Date.now(), ['recalls']);
		const register = valueOf(catalogue.register);
		expect(register.experts.find(({ keys }) => keys.includes(signer.key))).toMatchObject({ name: 'Malee' });
		expect(register.parties.find(({ id }) => id === 'demonstration-th')).toMatchObject({
			demonstration: true
		});
		// Countries whose party was there from the beginning keep it.
		const wei = await putExpert(ground, 'Wei', 'CN');
		expect((await expertOf(ground, wei.id))!.expert!.party).toBe('demonstration-b');
	});

	it('asked for twice is one', async () => {
		const person = await putPerson(ground, 'Twice', 'expert');
		const { signer } = makeKey();
		valueOf(await ask(person, signer));
		expect(await ask(person, signer)).toMatchObject({ value: { state: 'enrolled' } });
		const register = valueOf(await currentRegister(ground.trust));
		expect(register.experts.filter(({ name }) => name === 'Twice')).toMatchObject([{ keys: [signer.key] }]);
	});

	it('refuses a key that is not held, a key twice, a name twice, and who is no expert of an institution', async () => {
		const person = await putPerson(ground, 'Bounmy', 'expert');
		const { signer } = makeKey();
		const { signer: other } = makeKey();
		expect(outcome(await ask(person, signer, { proof: await proofOf(other, person.id) }))).toBe(
			'review/bad-proof'
		);
		const malee = await putPerson(ground, 'Somebody', 'expert');
		expect(outcome(await ask(person, signer, { proof: await proofOf(signer, malee.id) }))).toBe(
			'review/bad-proof'
		);
		valueOf(await ask(person, signer));
		expect(outcome(await ask(malee, signer))).toBe('review/key-taken');
		// One expert with two accounts.
		const again = await putPerson(ground, ' BOUNMY', 'expert', 'TH');
		expect(outcome(await ask(again, other))).toBe('review/name-taken');
		const named = await putPerson(ground, 'Demonstration expert A1', 'expert', 'TH');
		expect(outcome(await ask(named, other))).toBe('review/name-taken');
		const teacher = await putPerson(ground, 'Teacher', 'teacher');
		expect(outcome(await ask(teacher, other))).toBe('people/not-allowed');
		expect(outcome(await ask({ ...malee, suspended: true }, other))).toBe('people/suspended');
		expect(outcome(await ask({ ...malee, institution: null }, other))).toBe('review/no-institution');
	});

	it('takes one of two who ask with one key at the same moment', async () => {
		const { signer } = makeKey();
		const two = await Promise.all(['Left', 'Right'].map((name) => putPerson(ground, name, 'expert')));
		const results = await Promise.all(two.map((person) => ask(person, signer)));
		expect(results.map(outcome).sort()).toEqual(['done', 'review/key-taken']);
	});

	it('ends a lost key and takes a new one; the old one is retired in the register', async () => {
		const person = await putExpert(ground, 'Lost', 'VN');
		expect(valueOf(await revokeKey(ground, person, null, NOW + 1))).toMatchObject({ state: 'revoked' });
		expect((await expertOf(ground, person.id))!.expert!.keys).toEqual([]);
		const { signer } = makeKey();
		expect(valueOf(await ask(person, signer, {}, NOW + 2))).toMatchObject({
			state: 'enrolled',
			key: signer.key
		});
		const register = valueOf(await currentRegister(ground.trust));
		expect(register.experts.find(({ name }) => name === 'Lost')).toMatchObject({
			keys: [signer.key],
			retired: [{ key: person.signer.key, counts: [] }]
		});
		expect(outcome(await ask(person, person.signer, {}, NOW + 3))).toBe('review/key-taken');
	});

	it('lets an administrator end somebody’s key, and nobody else', async () => {
		const person = await putExpert(ground, 'Stolen', 'MY');
		const { id } = (await expertOf(ground, person.id))!;
		const other = await putExpert(ground, 'Colleague', 'MY');
		expect(outcome(await revokeKey(ground, other, id, NOW + 1))).toBe('people/not-allowed');
		const administrator = await putPerson(ground, 'Admin', 'administrator', 'MY');
		const held = { ...administrator, suspended: true };
		expect(outcome(await revokeKey(ground, held, id, NOW + 1))).toBe('people/suspended');
		expect(valueOf(await revokeKey(ground, administrator, id, NOW + 1))).toMatchObject({ state: 'revoked' });
	});
});

describe('enrolmentOf', () => {
	it('is what a ceremony signs: the key with its proof, and what ends', async () => {
		const person = await putExpert(ground, 'Paper', 'KH');
		const request = valueOf(await enrolmentOf(ground, person));
		expect(request).toMatchObject({
			...{ format: 'setara-enrolment/1', party: { id: 'demonstration-kh', country: 'KH' }, retire: [] },
			key: { public: person.signer.key, subject: person.id }
		});
		const nobody = await putPerson(ground, 'Nobody', 'expert');
		expect(outcome(await enrolmentOf(ground, nobody))).toBe('review/no-key');
	});
});
