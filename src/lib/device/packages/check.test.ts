import { describe, expect, it } from 'vitest';
import { valueOf, verifiedBuild } from '../../../../tests/factories/built-package.ts';
import { sha256, utf8 } from '../../core/base/hash.ts';
import {
	APPROVAL_TYPE,
	RECALL_TYPE,
	signStatement,
	STATEMENT_TYPE,
	type Statement
} from '../../core/trust/statement.ts';
import type { Envelope, Register, Signer } from '../../core/trust/types.ts';
import { makeKey } from '../../server/trust/signing.ts';
import { checkLanguage } from './check.ts';

const { built, manifest, shared, languages } = await verifiedBuild();
const part = languages['th']!;
const subject = [
	{ name: 'shared', digest: { sha256: shared.digest } },
	{ name: 'th', digest: { sha256: part.digest } }
];
const about = { packageId: shared.part.package, version: shared.part.version, date: '2026-11-24' };

const signers: Record<string, Signer> = Object.fromEntries(
	['a1', 'a2', 'b1'].map((id) => [id, makeKey().signer])
);
const register: Register = {
	parties: [
		{ id: 'a', name: 'College A', country: 'LA' },
		{ id: 'b', name: 'College B', country: 'CN' }
	],
	experts: Object.entries(signers).map(([id, { key }]) => ({
		...{ id, name: `Expert ${id}`, party: id[0]!, keys: [key] },
		...{ sectors: ['*'], languages: ['*'] }
	}))
};

const sign = (statement: object, ids: readonly string[]): Promise<Envelope> =>
	signStatement(
		{ _type: STATEMENT_TYPE, subject, ...statement } as Statement,
		ids.map((id) => signers[id]!)
	);
const approve = (...ids: string[]) =>
	sign(
		{ predicateType: APPROVAL_TYPE, predicate: { ...about, decision: 'approve', read: ['shared', 'th'] } },
		ids
	);
const recall = (units?: string[]) =>
	sign(
		{
			predicateType: RECALL_TYPE,
			predicate: { ...about, decision: 'recall', units, reason: 'wrong torque' }
		},
		['a1']
	);

/** What the check says of the package under these statements, after `change` to what is stored. */
async function check(
	envelopes: Envelope[],
	{ recalls = [], change }: { recalls?: Envelope[]; change?: (blobs: Map<string, Uint8Array>) => void } = {}
) {
	const statements = utf8(JSON.stringify(envelopes));
	const wanted = {
		...{ package: shared.part.package, language: 'th', manifest: manifest.digest },
		statements: await sha256(statements)
	};
	const blobs = new Map([
		[built.manifest.digest, built.manifest.bytes],
		...built.parts.map(({ digest, bytes }) => [digest, bytes] as const),
		[wanted.statements, statements]
	]);
	change?.(blobs);
	const bytesOf = (digest: string) => Promise.resolve(blobs.get(digest) ?? null);
	return checkLanguage(wanted, bytesOf, register, recalls);
}

const codeOf = (answer: Awaited<ReturnType<typeof check>>) => answer.ok || answer.fault.code;

describe('the gate to what is shown (DEV-11, DEV-30)', () => {
	it('opens for two persons of two parties, and says who they are', async () => {
		const opened = valueOf(await check([await approve('a1', 'b1')]));
		expect(opened.seal).toEqual({
			parties: [
				{ name: 'College A', country: 'LA' },
				{ name: 'College B', country: 'CN' }
			],
			people: [
				{ name: 'Expert a1', party: 'College A', country: 'LA' },
				{ name: 'Expert b1', party: 'College B', country: 'CN' }
			],
			date: '2026-11-24',
			demonstration: false
		});
	});

	it('refuses what one party alone approved, and what nobody did', async () => {
		expect(codeOf(await check([await approve('a1', 'a2')]))).toBe('trust/one-party-only');
		expect(codeOf(await check([await approve('a1')]))).toBe('trust/one-person-only');
		expect(codeOf(await check([]))).toBe('trust/not-approved');
	});

	it('refuses bytes that are not what was named, and says what is missing', async () => {
		const good = [await approve('a1', 'b1')];
		const flipped = (digest: string) => (blobs: Map<string, Uint8Array>) => {
			const bytes = blobs.get(digest)!.slice();
			bytes[100]! ^= 1;
			blobs.set(digest, bytes);
		};
		for (const digest of [manifest.digest, shared.digest, part.digest]) {
			expect(codeOf(await check(good, { change: flipped(digest) }))).toBe('package/bad-digest');
			expect(codeOf(await check(good, { change: (blobs) => blobs.delete(digest) }))).toBe(
				'library/not-saved'
			);
		}
	});

	it('refuses a recalled part, and names the units of which only some are', async () => {
		const good = [await approve('a1', 'b1')];
		const whole = await check(good, { recalls: [await recall()] });
		expect(whole.ok || whole.fault).toEqual({
			code: 'trust/recalled',
			params: { reason: 'wrong torque', party: 'College A' }
		});
		const some = valueOf(await check(good, { recalls: [await recall(['wiring'])] }));
		expect(some.recalls.map(({ units }) => units)).toEqual([['wiring']]);
	});
});
