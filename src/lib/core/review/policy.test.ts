import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../server/trust/signing.ts';
import { sha256, utf8 } from '../base/hash.ts';
import { ROLES } from '../identity/rights.ts';
import { APPROVAL_TYPE, signStatement, STATEMENT_TYPE, type Statement } from '../trust/statement.ts';
import type { Envelope, Expert, Register } from '../trust/types.ts';
import { mayAct, mayMove, next, NO_FACTS, type Actor, type Facts } from './policy.ts';
import { approvedIn, standingOf, type VersionParts } from './standing.ts';
import {
	SUBMISSION_ACTIONS,
	SUBMISSION_STATES,
	type SubmissionAction,
	type SubmissionState
} from '../protocol/submission-states.ts';

const go = (state: SubmissionState | null, action: SubmissionAction, facts: Partial<Facts> = {}) => {
	const to = next(state, action, { ...NO_FACTS, ...facts });
	return to.ok ? to.value : to.fault.code;
};

describe('where an action leads (REV-1)', () => {
	it('goes the whole way: handed in, checked, read, approved, out, replaced', () => {
		expect(go(null, 'hand-in')).toBe('receiving');
		expect(go('receiving', 'pass-checks')).toBe('in-review');
		expect(go('in-review', 'sign')).toBe('in-review');
		expect(go('in-review', 'approve', { approved: ['lo'] })).toBe('approved');
		expect(go('approved', 'publish', { approved: ['lo'], complete: true })).toBe('published');
		expect(go('published', 'replace', { current: false })).toBe('superseded');
	});

	it('publishes nothing without an approved language, nor before every blob is here', () => {
		expect(go('approved', 'publish', { complete: true })).toBe('review/not-approved');
		expect(go('approved', 'publish', { approved: ['lo'] })).toBe('review/not-complete');
		expect(go('in-review', 'publish', { approved: ['lo'], complete: true })).toBe('review/wrong-state');
	});

	it('approves a further language of what is out, and not the same one again', () => {
		const out = { settled: ['lo'], published: ['lo'], complete: true };
		expect(go('published', 'approve', { ...out, approved: ['lo', 'th'] })).toBe('published');
		expect(go('published', 'approve', { ...out, approved: ['lo'] })).toBe('review/not-approved');
		expect(go('published', 'publish', { ...out, approved: ['lo'] })).toBe('review/not-approved');
	});

	it('halts where changes are asked: nothing is signed until the author hands in anew', () => {
		expect(go('in-review', 'ask-changes')).toBe('changes-asked');
		expect(go('changes-asked', 'sign')).toBe('review/wrong-state');
		expect(go('changes-asked', 'approve', { approved: ['lo'] })).toBe('review/wrong-state');
		expect(go('changes-asked', 'replace')).toBe('superseded');
	});

	it('lets the author take it back until it is on its way out', () => {
		for (const state of ['receiving', 'refused', 'in-review', 'changes-asked'] as const)
			expect(go(state, 'withdraw')).toBe('withdrawn');
		expect(go('approved', 'withdraw')).toBe('withdrawn');
		expect(go('approved', 'withdraw', { complete: true })).toBe('review/publishing');
		expect(go('published', 'withdraw')).toBe('review/wrong-state');
	});

	it('keeps the version in force until the catalogue names another', () => {
		expect(go('published', 'replace', { current: true })).toBe('review/wrong-state');
	});

	it('recalls and lifts, back to where it was', () => {
		expect(go('published', 'recall', { recalled: true })).toBe('recalled');
		expect(go('superseded', 'recall', { recalled: true })).toBe('recalled');
		expect(go('recalled', 'lift', { recalled: true })).toBe('recalled');
		expect(go('recalled', 'lift', { current: true })).toBe('published');
		expect(go('recalled', 'lift')).toBe('superseded');
		expect(go('in-review', 'recall', { recalled: true })).toBe('review/wrong-state');
	});

	it('leads from a state that an action can be had in, and from no other', () => {
		for (const state of [null, ...SUBMISSION_STATES])
			for (const action of SUBMISSION_ACTIONS) {
				const to = go(state, action, { approved: ['lo'], complete: true });
				expect(to === 'review/wrong-state' && mayMove(state, action)).toBe(false);
				if (!mayMove(state, action)) expect(to).toBe('review/wrong-state');
			}
	});
});

const person = (change: object = {}): Actor => ({
	...{ role: 'expert', suspended: false, isMaker: false, isContributor: false },
	expert: { inSector: true, hasKey: true },
	...change
});
const verdict = (action: SubmissionAction, actor: Actor) => {
	const result = mayAct(action, actor);
	return result.ok ? 'yes' : result.fault.code;
};

describe('who may (REV-3)', () => {
	it('leaves checks, approving and publishing to the server alone', () => {
		for (const action of ['pass-checks', 'fail-checks', 'receive-all', 'approve', 'publish'] as const) {
			expect(verdict(action, 'server')).toBe('yes');
			for (const role of ROLES) expect(verdict(action, person({ role }))).toBe('people/not-allowed');
		}
	});

	it('lets experts comment, ask and sign; nobody else, whatever they send', () => {
		for (const action of ['comment', 'ask-changes', 'sign', 'recall', 'lift'] as const)
			for (const role of ROLES)
				expect(verdict(action, person({ role }))).toBe(role === 'expert' ? 'yes' : 'people/not-allowed');
	});

	it('keeps contributors out of what they made, save for answering and recalling', () => {
		for (const own of [{ isMaker: true }, { isContributor: true }]) {
			expect(verdict('sign', person(own))).toBe('review/contributor');
			expect(verdict('ask-changes', person(own))).toBe('review/contributor');
			expect(verdict('lift', person(own))).toBe('review/contributor');
			expect(verdict('recall', person(own))).toBe('yes');
		}
		expect(verdict('comment', person({ role: 'teacher', isMaker: true, expert: null }))).toBe('yes');
	});

	it('asks for a key that the register lists, and for the sector', () => {
		expect(verdict('sign', person({ expert: null }))).toBe('review/no-key');
		expect(verdict('sign', person({ expert: { inSector: true, hasKey: false } }))).toBe(
			'review/key-not-enrolled'
		);
		expect(verdict('sign', person({ expert: { inSector: false, hasKey: true } }))).toBe(
			'review/out-of-scope'
		);
		expect(verdict('recall', person({ expert: { inSector: false, hasKey: true } }))).toBe('yes');
	});

	it('takes nothing from a suspended person, and withdrawing from the maker only', () => {
		for (const action of SUBMISSION_ACTIONS)
			expect(verdict(action, person({ suspended: true, isMaker: true }))).not.toBe('yes');
		expect(verdict('withdraw', person())).toBe('review/not-yours');
		expect(verdict('withdraw', person({ role: 'teacher', isMaker: true }))).toBe('yes');
	});
});

// The machine as the server drives it, over signatures of real keys: whatever anybody does in whatever order, what is
// published has two readers of two parties who made none of it.
const IDS = ['a1', 'a2', 'b1', 'b2', 'maker'] as const;
const keys = Object.fromEntries([...IDS, 'stranger'].map((id) => [id, makeKey().signer]));
const digest = (text: string) => sha256(utf8(text));
const [SHARED, LO, TH, ELSE] = (await Promise.all(['s', 'lo', 'th', 'else'].map(digest))) as [
	string,
	string,
	string,
	string
];
const register: Register = {
	parties: ['a', 'b'].map((id) => ({ id, name: `Party ${id}`, country: 'LA' })),
	experts: IDS.map((id): Expert => ({
		...{ id, name: `Expert ${id}`, party: id === 'maker' ? 'b' : id[0]! },
		...{ keys: [keys[id]!.key], sectors: ['energy'], languages: id === 'b2' ? ['th'] : ['lo', 'th'] }
	}))
};
const version: VersionParts = {
	...{ packageId: 'pump', version: '1.0.0', sector: 'energy', shared: SHARED },
	languages: { lo: LO, th: TH },
	contributors: [{ name: 'Expert maker', registerId: 'maker' }]
};

interface Said {
	signer: string;
	subject: Record<string, string>;
	read: string[];
}
const envelopes = new Map<string, Promise<Envelope>>();
const sign = ({ signer, subject, read }: Said): Promise<Envelope> => {
	const name = JSON.stringify([signer, subject, read]);
	const statement = {
		_type: STATEMENT_TYPE,
		subject: Object.entries(subject).map(([each, sha256]) => ({ name: each, digest: { sha256 } })),
		predicateType: APPROVAL_TYPE,
		predicate: { packageId: 'pump', version: '1.0.0', decision: 'approve', date: '2026-11-25', read }
	} as Statement;
	if (!envelopes.has(name)) envelopes.set(name, signStatement(statement, [keys[signer]!]));
	return envelopes.get(name)!;
};

/** The rule once more, in other words, over what was said. */
const holds = (said: readonly Said[], language: string, part: string): boolean => {
	const good = said.filter(
		({ signer, subject, read }) =>
			register.experts.find(({ id }) => id === signer)?.languages.includes(language) &&
			signer !== 'maker' &&
			Object.entries(subject).some(([name, value]) => value === SHARED && read.includes(name)) &&
			Object.values(subject).includes(part) &&
			said.some(
				(other) =>
					other.signer === signer &&
					Object.entries(other.subject).some(([name, value]) => value === part && other.read.includes(name))
			)
	);
	return good.some(({ signer }) => good.some((other) => other.signer[0] !== signer[0]));
};

const names = { shared: [SHARED, ELSE], lo: [LO, ELSE], th: [TH, LO] };
const saying: fc.Arbitrary<Said> = fc.record({
	signer: fc.constantFrom(...IDS, 'stranger'),
	subject: fc.record(
		Object.fromEntries(
			Object.entries(names).map(([name, values]) => [
				name,
				fc.oneof({ weight: 6, arbitrary: fc.constant(values[0]!) }, fc.constant(values[1]!))
			])
		),
		{ requiredKeys: ['shared'] }
	) as fc.Arbitrary<Record<string, string>>,
	read: fc.oneof(fc.constant<string[]>(['shared', 'lo', 'th']), fc.subarray<string>(['shared', 'lo', 'th']))
});
const step = fc.record({
	action: fc.oneof(
		{ weight: 1, arbitrary: fc.constantFrom(...SUBMISSION_ACTIONS) },
		{
			weight: 12,
			arbitrary: fc.constantFrom('sign' as const, 'sign' as const, 'approve' as const, 'publish' as const)
		}
	),
	byServer: fc.boolean(),
	role: fc.oneof({ weight: 5, arbitrary: fc.constant('expert' as const) }, fc.constantFrom(...ROLES)),
	suspended: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
	blobCame: fc.boolean(),
	said: saying
});

describe('no way around the rule (REV-4)', () => {
	it('publishes no language that two experts of two parties, none a contributor, have not signed and read', async () => {
		let publications = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
				let state: SubmissionState | null = null;
				let published: string[] = [];
				let complete = false;
				const said: Said[] = [];
				const all: SubmissionAction[] = ['hand-in', 'pass-checks'];
				const script = [
					...all.map((action) => ({ ...steps[0]!, action, byServer: action === 'pass-checks' })),
					...steps
				];
				for (const { action, byServer, role, suspended, blobCame, said: each } of script) {
					complete ||= blobCame;
					const isMaker = each.signer === 'maker' || action === 'hand-in';
					const expert = register.experts.find(({ id }) => id === each.signer);
					const actor: Actor = byServer
						? 'server'
						: {
								...{ role: action === 'hand-in' ? 'teacher' : role, isMaker, isContributor: isMaker },
								suspended: suspended && action !== 'hand-in',
								expert: expert ? { inSector: true, hasKey: true } : null
							};
					if (!mayAct(action, actor).ok) continue;
					const stored = await Promise.all(said.map(sign));
					const approved = approvedIn(await standingOf(version, stored, register));
					const to = next(state, action, { ...NO_FACTS, complete, approved, published });
					if (!to.ok) continue;
					if (action === 'sign') said.push(each);
					if (action === 'publish') published = approved;
					state = to.value;
					if (state !== 'published') continue;
					publications += 1;
					expect(published.length).toBeGreaterThan(0);
					for (const tag of published) expect(holds(said, tag, version.languages[tag]!)).toBe(true);
				}
			}),
			{ numRuns: 400 }
		);
		// The property says something only where publishing is reached.
		expect(publications).toBeGreaterThan(20);
	}, 120_000);
});
