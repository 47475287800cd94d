import { expect, test } from 'vitest';
import { statementIn } from '../../core/trust/statement.ts';
import type { ReviewPage } from '../../core/protocol/review.ts';
import { signApproval, signLifting, signRecall } from './statements.ts';

const digest = (letter: string) => letter.repeat(64);
const version = {
	submission: {
		package: 'solar',
		version: '1.4',
		languages: [
			{ language: 'zh-Hans', part: digest('b') },
			{ language: 'th', part: digest('c') },
			{ language: 'lo', part: digest('d') }
		]
	},
	shared: { digest: digest('a'), changed: true }
} as ReviewPage;
const signer = { key: digest('e'), sign: async () => new Uint8Array(64) };
const now = new Date(2026, 10, 25, 9);

test('REV-31: signs the shared part and the languages that were read, and no other', async () => {
	const signed = statementIn(await signApproval(version, ['zh-Hans', 'lo'], signer, now));
	expect(signed?.subject.map(({ name, digest: { sha256 } }) => [name, sha256])).toEqual([
		['shared', digest('a')],
		['zh-Hans', digest('b')],
		['lo', digest('d')]
	]);
	expect(signed?.predicate).toEqual({
		...{ packageId: 'solar', version: '1.4', date: '2026-11-25' },
		...{ decision: 'approve', read: ['shared', 'zh-Hans', 'lo'] }
	});
});

test('REV-60: a recall names the shared part, its units and reason; its lifting names the recall', async () => {
	const words = { reason: 'The torque is wrong.', units: ['fix-rails'], replacement: null };
	const recall = statementIn(await signRecall(version, words, signer, now));
	expect(recall?.subject.map(({ name }) => name)).toEqual(['shared']);
	expect(recall?.predicate).toMatchObject({
		decision: 'recall',
		units: ['fix-rails'],
		reason: 'The torque is wrong.'
	});
	const lifting = await signLifting(version, { digest: digest('f'), parts: ['shared'] }, signer, now);
	expect(statementIn(lifting)?.predicate).toMatchObject({
		decision: 'lift',
		lifts: digest('f'),
		read: ['shared']
	});
});
