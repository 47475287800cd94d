/** Endpoints of the committee (docs/spec/review.md). */
import * as v from 'valibot';
import {
	ApproveRequest,
	AskChangesRequest,
	CommentRequest,
	ExpertKey,
	KeyRequest,
	NOT_COUNTING,
	Queue,
	RecallRequest,
	RegisterAnswer,
	ResolveRequest,
	ReviewPage,
	RevokeRequest
} from '../../core/protocol/review.ts';
import { ReviewUnit } from '../../core/review/unit.ts';
import { EnrolmentRequest } from '../../core/trust/enrolment.ts';
import type { Endpoint } from './endpoint.ts';
import {
	KeyAddress,
	QueueAddress,
	ReviewFileAddress,
	ReviewUnitAddress,
	SubmissionAddress
} from './review-queries.ts';

const bad = 'http/bad-request';
const away = { 401: ['account/signed-out'] };
const right = ['people/suspended', 'people/not-allowed'];
const form = ['account/other-site', ...right];
const large = { 413: ['http/too-large'] };
const unknown = 'review/unknown-submission';
const later = ['review/wrong-state', 'review/changed-meanwhile'];
const statement = ['review/bad-statement', 'review/wrong-date'];
const already: readonly string[] = ['review/already-signed', 'review/already-approved'];
const notCounting = NOT_COUNTING.filter((code) => !already.includes(code));

export const REVIEW_ENDPOINTS: readonly Endpoint[] = [
	{
		method: 'get',
		path: '/api/review/queue',
		does: 'What waits for the committee, oldest first, and what of it waits for whoever asks.',
		address: QueueAddress,
		answer: Queue,
		faults: { 400: [bad], ...away, 403: right }
	},
	{
		method: 'get',
		path: '/api/review/{id}',
		does: 'What was handed in, what changed since the version that is out, who signed; for the committee and its author.',
		address: SubmissionAddress,
		answer: ReviewPage,
		faults: { 400: [bad], ...away, 404: [unknown], 409: ['review/wrong-state'] }
	},
	{
		method: 'get',
		path: '/api/review/{id}/unit/{unit}',
		does: 'A unit as learners see it, now and in the version that is out.',
		address: ReviewUnitAddress,
		answer: ReviewUnit,
		faults: { 400: [bad], ...away, 404: [unknown, 'review/unknown-unit'], 409: ['review/wrong-state'] }
	},
	{
		method: 'get',
		path: '/api/review/{id}/file/{digest}',
		does: 'A medium of what was handed in, for the committee and its author.',
		address: ReviewFileAddress,
		answer: 'application/octet-stream',
		ranges: true,
		faults: { 400: [bad], ...away, 404: [unknown, 'review/unknown-file'], 409: ['review/wrong-state'] }
	},
	{
		method: 'post',
		path: '/api/review/{id}/comment',
		does: 'A comment on a paragraph, a question, a step or a unit. The same id again is the same comment.',
		address: SubmissionAddress,
		body: CommentRequest,
		answer: ReviewPage,
		faults: {
			400: [bad],
			...away,
			403: form,
			404: [unknown, 'review/unknown-unit', 'review/unknown-comment'],
			409: ['review/wrong-state'],
			...large,
			429: ['review/too-many-comments']
		}
	},
	{
		method: 'post',
		path: '/api/review/{id}/resolve',
		does: 'Closes a comment; it stays to be read.',
		address: SubmissionAddress,
		body: ResolveRequest,
		answer: ReviewPage,
		faults: {
			400: [bad],
			...away,
			403: form,
			404: [unknown, 'review/unknown-comment'],
			409: ['review/wrong-state'],
			...large
		}
	},
	{
		method: 'post',
		path: '/api/review/{id}/ask-changes',
		does: 'Sends it back to its author; nothing is signed until it is handed in anew.',
		address: SubmissionAddress,
		body: AskChangesRequest,
		answer: ReviewPage,
		faults: {
			400: [bad],
			...away,
			403: [...form, 'review/contributor'],
			404: [unknown],
			409: later,
			...large
		}
	},
	{
		method: 'post',
		path: '/api/review/{id}/approve',
		does: 'Takes an expert’s signature; once two of two parties have signed a language, it is published.',
		address: SubmissionAddress,
		body: ApproveRequest,
		answer: ReviewPage,
		faults: {
			400: [bad, ...statement],
			...away,
			403: [...form, ...notCounting, 'review/bad-signature'],
			404: [unknown],
			409: [...later, ...already],
			...large
		}
	},
	{
		method: 'post',
		path: '/api/review/{id}/recall',
		does: 'Takes a recall, or its lifting, which phones get with their next catalogue.',
		address: SubmissionAddress,
		body: RecallRequest,
		answer: ReviewPage,
		faults: {
			400: [bad, ...statement],
			...away,
			403: [
				...form,
				...['review/no-key', 'review/key-not-enrolled', 'review/contributor', 'review/out-of-scope'],
				'review/bad-signature'
			],
			404: [unknown, 'review/unknown-unit', 'review/unknown-replacement'],
			409: ['review/wrong-state'],
			413: ['http/too-large', 'review/recall-too-large']
		}
	},
	{
		method: 'get',
		path: '/api/review/key',
		does: 'How this expert’s key stands; with `?export`, the request for its enrolment as a file.',
		address: KeyAddress,
		answer: v.union([ExpertKey, EnrolmentRequest]),
		faults: { ...away, 403: [...right, 'review/no-key'], 400: ['review/no-institution'] }
	},
	{
		method: 'post',
		path: '/api/review/key',
		does: 'A key that an expert’s device has made, with the proof that it holds it. One that was there before ends.',
		body: KeyRequest,
		answer: ExpertKey,
		faults: {
			400: [bad, 'review/no-institution'],
			...away,
			403: [...form, 'review/bad-proof'],
			409: ['review/key-taken', 'review/name-taken'],
			...large
		}
	},
	{
		method: 'post',
		path: '/api/review/key/revoke',
		does: 'Ends a key that was lost: one’s own, or by an administrator somebody’s.',
		body: RevokeRequest,
		answer: ExpertKey,
		faults: { 400: [bad], ...away, 403: [...form, 'review/no-key'], ...large }
	},
	{
		method: 'post',
		path: '/api/review/register',
		does: 'Takes in a register that enough targets keys have signed (`N.targets.json`); administrators only.',
		body: v.looseObject({}),
		answer: RegisterAnswer,
		faults: {
			...away,
			403: [...form, 'review/register-refused'],
			409: ['review/register-older'],
			...large
		}
	}
];
