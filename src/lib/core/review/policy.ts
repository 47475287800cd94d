/**
 * Where an action moves something handed in, and who may do it (REV-1 to REV-9). Pure: what the database knows comes
 * in as facts, read under the lock of the submission's row.
 */
import { fail, ok } from '../base/result.ts';
import { may, type Action as Right, type Role } from '../identity/rights.ts';
import type { Reviewed } from './faults.ts';
import type { SubmissionAction, SubmissionState } from '../protocol/submission-states.ts';

/** What is so at the moment of the action. */
export interface Facts {
	/** Every blob of the snapshot is here. */
	complete: boolean;
	/** Languages in which the joint rule is met (core/trust `approvalOf`, over the statements that are stored). */
	approved: readonly string[];
	/** Of these, the languages whose approval the log has already. */
	settled: readonly string[];
	/** Languages that are out already. */
	published: readonly string[];
	/** A recall of this version is in force. */
	recalled: boolean;
	/** It is the version that the catalogue names. */
	current: boolean;
}

export const NO_FACTS: Facts = {
	complete: false,
	approved: [],
	settled: [],
	published: [],
	recalled: false,
	current: false
};

type States = readonly SubmissionState[];
const READABLE: States = ['in-review', 'changes-asked', 'approved', 'published', 'superseded', 'recalled'];
const UNDER_REVIEW: States = ['in-review', 'changes-asked', 'approved', 'published'];
/** Nobody has it yet, and nothing of it is on its way out. */
const OPEN: States = ['receiving', 'refused', 'in-review', 'changes-asked'];

/** In which states an action can be at all. */
const FROM: Record<Exclude<SubmissionAction, 'hand-in'>, States> = {
	'pass-checks': ['receiving'],
	// Media come after the text, and may turn out to be something else.
	'fail-checks': ['receiving', 'in-review', 'changes-asked', 'approved'],
	'receive-all': ['receiving', 'in-review', 'changes-asked', 'approved'],
	comment: READABLE,
	resolve: READABLE,
	'ask-changes': UNDER_REVIEW,
	// An expert who asked for changes has halted it: what is signed next is what the author makes of that.
	sign: ['in-review', 'approved', 'published'],
	approve: ['in-review', 'approved', 'published'],
	publish: ['approved', 'published'],
	replace: [...OPEN, 'approved', 'published', 'recalled'],
	withdraw: [...OPEN, 'approved'],
	recall: ['published', 'superseded', 'recalled'],
	lift: ['recalled']
};

/** Whether an action can be in a state, before anything else is looked at. */
export const mayMove = (state: SubmissionState | null, action: SubmissionAction): boolean =>
	action === 'hand-in' ? state === null : state !== null && FROM[action].includes(state);

/**
 * The state after an action. `review/wrong-state`: the action is not to be had there; `review/not-approved`: no
 * further language meets the joint rule; `review/not-complete`: media are still on their way; `review/publishing`: too late.
 */
export function next(
	state: SubmissionState | null,
	action: SubmissionAction,
	facts: Facts
): Reviewed<SubmissionState> {
	if (!mayMove(state, action)) return wrong(state, action);
	const from = state!;
	switch (action) {
		case 'hand-in':
			return ok('receiving');
		case 'pass-checks':
			return ok('in-review');
		case 'fail-checks':
			return ok('refused');
		case 'receive-all':
			return facts.complete ? ok(from) : fail('review/not-complete');
		case 'comment':
		case 'resolve':
		case 'sign':
			return ok(from);
		case 'ask-changes':
			return ok(from === 'in-review' ? 'changes-asked' : from);
		case 'approve':
			if (isSubset(facts.approved, facts.settled)) return fail('review/not-approved');
			return ok(from === 'published' ? 'published' : 'approved');
		case 'publish':
			if (isSubset(facts.approved, facts.published)) return fail('review/not-approved');
			return facts.complete ? ok('published') : fail('review/not-complete');
		case 'replace':
			if (from === 'recalled') return ok('recalled');
			// What is out stays the version in force until the catalogue names another.
			if (from === 'published') return facts.current ? wrong(from, action) : ok('superseded');
			return isOnItsWay(from, facts) ? fail('review/publishing') : ok('superseded');
		case 'withdraw':
			return isOnItsWay(from, facts) ? fail('review/publishing') : ok('withdrawn');
		case 'recall':
			return ok('recalled');
		case 'lift':
			if (facts.recalled) return ok('recalled');
			return ok(facts.current ? 'published' : 'superseded');
	}
}

const isSubset = (all: readonly string[], of: readonly string[]): boolean =>
	all.every((tag) => of.includes(tag));

const wrong = (state: SubmissionState | null, action: SubmissionAction) =>
	fail('review/wrong-state', { state: state ?? '', action });

/** Publishing follows by itself once it is approved and whole. */
const isOnItsWay = (from: SubmissionState, { complete }: Facts): boolean => from === 'approved' && complete;

/** Whoever acts: the server itself, or a person as the database knows them. */
export type Actor =
	| 'server'
	| {
			role: Role;
			suspended: boolean;
			/** Handed it in. */
			isMaker: boolean;
			/** Made a part of the version, by register or by name. */
			isContributor: boolean;
			/** Registered, for the sector, with a key that the register in force lists. */
			expert: { inSector: boolean; hasKey: boolean } | null;
	  };

const SERVER_ONLY: readonly SubmissionAction[] = [
	'pass-checks',
	'fail-checks',
	'receive-all',
	'approve',
	'publish'
];
const MAKER_ONLY: readonly SubmissionAction[] = ['hand-in', 'replace', 'withdraw'];
const RIGHTS: Partial<Record<SubmissionAction, Right>> = {
	'hand-in': 'hand-in',
	comment: 'review/comment',
	resolve: 'review/comment',
	'ask-changes': 'review/ask-changes',
	sign: 'review/approve',
	recall: 'review/recall',
	lift: 'review/approve'
};

/**
 * Whether somebody may do this. Approving and publishing are nobody's: the server does them when the signatures that
 * are stored meet the rule.
 */
export function mayAct(action: SubmissionAction, actor: Actor): Reviewed<null> {
	if (actor === 'server')
		return SERVER_ONLY.includes(action) || action === 'replace' ? ok(null) : notAllowed();
	if (SERVER_ONLY.includes(action)) return notAllowed();
	if (actor.suspended) return fail('people/suspended');
	if (MAKER_ONLY.includes(action)) {
		if (!actor.isMaker) return fail('review/not-yours');
		return action === 'withdraw' || may(actor.role, 'hand-in') ? ok(null) : notAllowed();
	}
	// Whoever made it may answer what was said of it.
	if (action === 'comment' && actor.isMaker) return ok(null);
	if (!may(actor.role, RIGHTS[action]!)) return notAllowed();
	if (action === 'comment' || action === 'resolve') return ok(null);
	if (action === 'ask-changes') return isOwnWork(actor) ? fail('review/contributor') : ok(null);
	if (!actor.expert) return fail('review/no-key');
	if (!actor.expert.hasKey) return fail('review/key-not-enrolled');
	// A recall protects learners: any registered expert, whatever the sector, even who made it.
	if (action === 'recall') return ok(null);
	if (isOwnWork(actor)) return fail('review/contributor');
	return actor.expert.inSector ? ok(null) : fail('review/out-of-scope');
}

const isOwnWork = ({ isMaker, isContributor }: Exclude<Actor, 'server'>): boolean => isMaker || isContributor;
const notAllowed = () => fail('people/not-allowed');
