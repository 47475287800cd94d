import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyIdOf, makeKey } from '../../server/trust/signing.ts';
import { sha256, utf8 } from '../base/hash.ts';
import { approvalOf } from './approval.ts';
import { recallsOf } from './recall.ts';
import { readRegister } from './register.ts';
import {
	APPROVAL_TYPE,
	RECALL_TYPE,
	STATEMENT_TYPE,
	digestOf,
	readEnvelopes,
	signStatement,
	type Statement
} from './statement.ts';
import type { Envelope, PartPair, Register, Signer } from './types.ts';

const digest = (letter: string): Promise<string> => sha256(utf8(letter));
const [S, TH, VI, S2] = (await Promise.all(['shared', 'th', 'vi', 'shared 2'].map(digest))) as [
	string,
	string,
	string,
	string
];
const keys = Object.fromEntries(['a1', 'a2', 'b1', 'b2', 'spare'].map((id) => [id, makeKey().signer]));
const key = (id: string): Signer => keys[id]!;

const register = (): Register => ({
	parties: [
		{ id: 'a', name: 'Vientiane Technical College', country: 'LA' },
		{ id: 'b', name: 'Guangxi Polytechnic', country: 'CN' }
	],
	experts: ['a1', 'a2', 'b1', 'b2'].map((id) => ({
		...{ id, name: `Expert ${id}`, party: id[0]!, keys: [key(id).key] },
		...{ sectors: ['energy'], languages: ['th', 'vi'] }
	}))
});
const pair: PartPair = {
	...{ packageId: 'rooftop-solar', sector: 'energy', language: 'th', shared: S, part: TH },
	contributors: [{ name: 'Somchai' }]
};

type Subjects = Record<string, string>;
const approve = (
	signers: string[],
	subject: Subjects = { shared: S, th: TH },
	read = Object.keys(subject),
	change: object = {}
): Promise<Envelope> =>
	signStatement(
		{
			_type: STATEMENT_TYPE,
			subject: Object.entries(subject).map(([name, sha256]) => ({ name, digest: { sha256 } })),
			predicateType: APPROVAL_TYPE,
			predicate: {
				...{ packageId: 'rooftop-solar', version: '1.0.0', decision: 'approve', date: '2027-01-10', read },
				...change
			}
		} as Statement,
		signers.map(key)
	);
const outcome = async (statements: Envelope[], by = register(), of = pair) => {
	const result = await approvalOf(of, statements, by);
	return result.ok ? result.value.signatories.map(({ expertId }) => expertId) : result.fault.code;
};

describe('joint approval (TRU-18)', () => {
	it('holds with two persons of two parties, and says who and when', async () => {
		const result = await approvalOf(
			pair,
			[await approve(['a1']), await approve(['b1'], undefined, undefined, { date: '2027-01-12' })],
			register()
		);
		expect(result).toMatchObject({
			value: {
				parties: ['Vientiane Technical College', 'Guangxi Polytechnic'],
				date: '2027-01-12',
				demonstration: false,
				signatories: [
					{ name: 'Expert a1', country: 'LA' },
					{ name: 'Expert b1', country: 'CN' }
				]
			}
		});
	});

	it('holds with one statement that both signed', async () => {
		expect(await outcome([await approve(['a1', 'b2'])])).toEqual(['a1', 'b2']);
	});

	it('says demonstration as soon as one party is one', async () => {
		const by = register();
		by.parties[1]!.demonstration = true;
		const result = await approvalOf(pair, [await approve(['a1', 'b1'])], by);
		expect(result).toMatchObject({ value: { demonstration: true } });
	});

	it('lacks with nobody, one person, one party', async () => {
		expect(await outcome([])).toBe('trust/not-approved');
		expect(await outcome([await approve(['a1'])])).toBe('trust/one-person-only');
		expect(await outcome([await approve(['a1', 'a2'])])).toBe('trust/one-party-only');
		expect(await outcome([await approve(['a1']), await approve(['a1'])])).toBe('trust/one-person-only');
	});

	it('counts a person with two keys once', async () => {
		const by = register();
		by.experts[0]!.keys.push(key('spare').key);
		expect(await outcome([await approve(['a1', 'spare'])], by)).toBe('trust/one-person-only');
	});

	it('does not count contributors, by register id or by name', async () => {
		const signed = [await approve(['a1', 'b1'])];
		const with_ = (contributor: object) => ({ ...pair, contributors: [contributor as { name: string }] });
		expect(await outcome(signed, register(), with_({ name: 'X', registerId: 'a1' }))).toBe(
			'trust/contributor-signed'
		);
		expect(await outcome(signed, register(), with_({ name: ' expert  A1' }))).toBe(
			'trust/contributor-signed'
		);
		expect(await outcome(signed, register(), with_({ name: 'Expert a1', registerId: 'z' }))).toEqual([
			'a1',
			'b1'
		]);
		expect(
			await outcome([await approve(['a1', 'a2', 'b1'])], register(), with_({ name: 'X', registerId: 'a1' }))
		).toEqual(['a2', 'b1']);
	});

	it('needs sector and language in scope', async () => {
		const by = register();
		by.experts[0]!.languages = ['vi'];
		expect(await outcome([await approve(['a1', 'b1'])], by)).toBe('trust/one-person-only');
		by.experts[0]!.languages = ['*'];
		expect(await outcome([await approve(['a1', 'b1'])], by)).toEqual(['a1', 'b1']);
		by.experts[0]!.sectors = ['food'];
		expect(await outcome([await approve(['a1', 'b1'])], by)).toBe('trust/one-person-only');
	});
});

describe('what was signed and read (TRU-19)', () => {
	it('needs both parts in one statement', async () => {
		const apart = [await approve(['a1', 'b1'], { shared: S }), await approve(['a1', 'b1'], { th: TH })];
		expect(await outcome(apart)).toBe('trust/not-approved');
	});

	it('does not let an old answer key stand with a new text', async () => {
		const signed = [
			await approve(['a1', 'b1'], { shared: S2, th: TH }),
			await approve(['a1', 'b1'], { shared: S, vi: VI })
		];
		expect(await outcome(signed)).toBe('trust/not-approved');
	});

	it('needs the shared part read in that very statement', async () => {
		const signed = [
			await approve(['a1', 'b1'], { shared: S, th: TH }, ['th']),
			await approve(['a1', 'b1'], { shared: S, vi: VI })
		];
		expect(await outcome(signed)).toBe('trust/not-read');
	});

	it('carries an unchanged language over from an earlier statement of the same reader', async () => {
		const earlier = await approve(['a1', 'b1'], { shared: S2, th: TH });
		const now = await approve(['a1', 'b1'], { shared: S, th: TH }, ['shared']);
		expect(await outcome([now])).toBe('trust/not-read');
		expect(await outcome([earlier, now])).toEqual(['a1', 'b1']);
		expect(await outcome([await approve(['a2', 'b2'], { shared: S2, th: TH }), now])).toBe('trust/not-read');
	});

	it('takes nothing from another package', async () => {
		expect(await outcome([await approve(['a1', 'b1'], undefined, undefined, { packageId: 'other' })])).toBe(
			'trust/not-approved'
		);
	});
});

describe('the envelope (TRU-16)', () => {
	const alter = async (change: (envelope: Envelope) => void): Promise<Envelope[]> => {
		const envelope = structuredClone(await approve(['a1', 'b1']));
		change(envelope);
		return [envelope];
	};
	const rewrite = (envelope: Envelope, change: (text: string) => string): void => {
		envelope.payload = btoa(change(atob(envelope.payload)));
	};

	it.each<[string, (envelope: Envelope) => void]>([
		['another payload type', (envelope) => (envelope.payloadType = 'application/json')],
		['an altered payload', (envelope) => rewrite(envelope, (text) => text.replace(TH, VI))],
		['the same meaning in other bytes', (envelope) => rewrite(envelope, (text) => `${text} `)],
		['a payload that is not base64', (envelope) => (envelope.payload = '***')],
		['signatures of another statement', (envelope) => (envelope.signatures = [{ sig: 'AAAA' }])]
	])('counts for nothing with %s', async (_, change) => {
		expect(await outcome(await alter(change))).toBe('trust/not-approved');
	});

	it.each(['https://in-toto.io/Statement/v0.1', 'https://in-toto.io/Statement/v1/'])(
		'refuses to sign or count statement type %s',
		async (type) => {
			await expect(
				signStatement({ ...JSON.parse(atob((await approve(['a1'])).payload)), _type: type }, [])
			).rejects.toThrow();
		}
	);

	it('takes a key id as a hint and no more', async () => {
		const swap = await alter((envelope) => {
			const [first, second] = envelope.signatures;
			[first!.keyid, second!.keyid] = [second!.keyid, first!.keyid];
		});
		expect(await outcome(swap)).toEqual(['a1', 'b1']);
		expect(
			await outcome(await alter((envelope) => envelope.signatures.forEach((each) => delete each.keyid)))
		).toEqual(['a1', 'b1']);
	});

	it('takes URL-safe base64 too (DSSE)', async () => {
		const safe = await alter((envelope) => {
			envelope.payload = envelope.payload.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
		});
		expect(await outcome(safe)).toEqual(['a1', 'b1']);
	});

	it('is signed over the pre-authentication encoding of DSSE', async () => {
		let message = '';
		await signStatement(JSON.parse(atob((await approve(['a1'])).payload)), [
			{
				key: key('a1').key,
				sign: async (bytes) => ((message = Buffer.from(bytes).toString()), new Uint8Array(64))
			}
		]);
		expect(message).toMatch(/^DSSEv1 28 application\/vnd\.in-toto\+json \d+ \{"_type"/);
	});

	it('any flipped bit of an envelope takes the approval away', async () => {
		const envelope = await approve(['a1', 'b1']);
		const bytes = utf8(JSON.stringify([envelope]));
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 7 }), async (place, bit) => {
				const flipped = bytes.slice();
				flipped[place]! ^= 1 << bit;
				const read = readEnvelopes(flipped);
				if (!read.ok) return;
				const result = await outcome(read.value);
				// Hints and the unused low bits of a final base64 letter change nothing that was signed.
				if (Array.isArray(result)) expect(result).toEqual(['a1', 'b1']);
				else expect(result).toMatch(/not-approved|one-person-only/);
			}),
			{ seed: 9, numRuns: 150 }
		);
	});

	it('holds beside a flood of forgeries', async () => {
		const [forged] = await alter((envelope) => {
			envelope.signatures = Array.from({ length: 8 }, () => ({ sig: btoa('x'.repeat(64)) }));
		});
		const flood = Array.from({ length: 99 }, () => forged!);
		expect(await outcome([...flood, await approve(['a1', 'b1'])])).toEqual(['a1', 'b1']);
	});

	it('reads lists of envelopes and nothing else', async () => {
		expect(readEnvelopes(utf8(JSON.stringify([await approve(['a1'])]))).ok).toBe(true);
		for (const text of ['', '{}', '[{}]', '[null]', `[${'{},'.repeat(200)}{}]`])
			expect(readEnvelopes(utf8(text))).toMatchObject({ fault: { code: 'trust/malformed' } });
	});
});

describe('the register (TRU-21, TRU-22)', () => {
	it('is spoiled by a key that stands twice, retired or not', () => {
		for (const spoil of [
			(by: Register) => by.experts[1]!.keys.push(by.experts[0]!.keys[0]!),
			(by: Register) => by.experts[0]!.keys.push(by.experts[0]!.keys[0]!),
			(by: Register) => (by.experts[2]!.retired = [{ key: by.experts[0]!.keys[0]!, counts: [] }]),
			(by: Register) => (by.experts[1]!.id = 'a1'),
			(by: Register) => (by.parties[1]!.id = 'a'),
			(by: Register) => (by.experts[1]!.party = 'nobody'),
			(by: Register) => (by.experts[0]!.keys[0] = by.experts[1]!.keys[0]!.toUpperCase())
		]) {
			const by = register();
			spoil(by);
			expect(readRegister(by)).toMatchObject({ fault: { code: 'trust/register-spoiled' } });
		}
		expect(readRegister(register()).ok).toBe(true);
		expect(readRegister(undefined)).toMatchObject({ fault: { code: 'trust/register-missing' } });
	});

	it('an unknown key signs nothing', async () => {
		expect(await outcome([await approve(['a1', 'spare'])])).toBe('trust/one-person-only');
	});

	it('a retired key counts for the statements listed, and nothing can be dated back', async () => {
		const old = await approve(['b1']);
		const by = register();
		by.experts[2]!.retired = [{ key: key('b1').key, counts: [(await digestOf(old))!] }];
		by.experts[2]!.keys = [];
		expect(await outcome([await approve(['a1']), old], by)).toEqual(['a1', 'b1']);
		const datedBack = await approve(['b1'], undefined, undefined, { date: '2020-01-01' });
		expect(await outcome([await approve(['a1']), datedBack], by)).toBe('trust/one-person-only');
	});

	it('a key that is enrolled later counts from that register on, for what it signed before too', async () => {
		const statements = [await approve(['a1']), await approve(['spare'])];
		expect(await outcome(statements)).toBe('trust/one-person-only');
		const by = register();
		by.experts[3]!.keys.push(key('spare').key);
		expect(await outcome(statements, by)).toEqual(['a1', 'b2']);
	});

	it('a key that is revoked between two versions takes its signature along', async () => {
		const statements = [await approve(['a1']), await approve(['b1'])];
		const by = register();
		by.experts[2]!.retired = [{ key: key('b1').key, counts: [] }];
		by.experts[2]!.keys = [];
		expect(await outcome(statements)).toEqual(['a1', 'b1']);
		expect(await outcome(statements, by)).toBe('trust/one-person-only');
		// Whoever approves in its place brings it back.
		expect(await outcome([...statements, await approve(['b2'])], by)).toEqual(['a1', 'b2']);
	});

	it('names keys by the same ids as the catalogue does', () => {
		expect(keyIdOf(key('a1').key)).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('recall (TRU-25 to TRU-27)', () => {
	const recall = (signers: string[], subject: Subjects, change: object = {}): Promise<Envelope> =>
		signStatement(
			{
				_type: STATEMENT_TYPE,
				subject: Object.entries(subject).map(([name, sha256]) => ({ name, digest: { sha256 } })),
				predicateType: RECALL_TYPE,
				predicate: {
					...{ packageId: 'rooftop-solar', version: '1.0.0', date: '2027-02-01' },
					...{ decision: 'recall', reason: 'The torque of the clamp is wrong.' },
					...change
				}
			} as Statement,
			signers.map(key)
		);
	const lift = async (signers: string[], of: Envelope, subject: Subjects, read = Object.keys(subject)) =>
		recall(signers, subject, { decision: 'lift', lifts: await digestOf(of), read });

	it('is made by any one registered expert, and says what and why', async () => {
		const made = await recall(['a1'], { th: TH }, { units: ['mounting'], replacement: '1.0.1' });
		expect(await recallsOf(pair, [made], register())).toMatchObject([
			{
				units: ['mounting'],
				reason: 'The torque of the clamp is wrong.',
				replacement: '1.0.1',
				by: { name: 'Expert a1' }
			}
		]);
		expect(await recallsOf({ ...pair, language: 'vi', part: VI }, [made], register())).toEqual([]);
		expect(await recallsOf(pair, [await recall(['spare'], { th: TH })], register())).toEqual([]);
		expect(await recallsOf({ ...pair, packageId: 'other' }, [made], register())).toEqual([]);
	});

	it('of the shared part holds in every language', async () => {
		const made = await recall(['b2'], { shared: S });
		for (const of of [pair, { ...pair, language: 'vi', part: VI }])
			expect((await recallsOf(of, [made], register())).length).toBe(1);
	});

	it('is lifted by two persons of two parties that name it, and not otherwise', async () => {
		const made = await recall(['a1'], { shared: S });
		const left = async (...lifts: Envelope[]) => (await recallsOf(pair, [made, ...lifts], register())).length;
		expect(await left(await lift(['a1', 'b1'], made, { shared: S }))).toBe(0);
		expect(await left(await lift(['a1'], made, { shared: S }), await lift(['b1'], made, { shared: S }))).toBe(
			0
		);
		expect(await left(await lift(['a1', 'a2'], made, { shared: S }))).toBe(1);
		expect(await left(await lift(['a1'], made, { shared: S }))).toBe(1);
		expect(await left(await lift(['a1', 'b1'], made, { shared: S2 }))).toBe(1);
		expect(await left(await lift(['a1', 'b1'], made, { shared: S }, []))).toBe(1);
		const another = await recall(['a1'], { shared: S }, { reason: 'Again.' });
		expect(await left(another, await lift(['a1', 'b1'], made, { shared: S }))).toBe(1);
		expect(await left(await approve(['a1', 'b1']))).toBe(1);
	});

	it('is not lifted by contributors', async () => {
		const made = await recall(['a1'], { th: TH });
		const by = { ...pair, contributors: [{ name: 'X', registerId: 'b1' }] };
		expect((await recallsOf(by, [made, await lift(['a1', 'b1'], made, { th: TH })], register())).length).toBe(
			1
		);
	});
});
