/** Endpoints of handing in (docs/spec/hand-in.md). */
import * as v from 'valibot';
import { HandInAnswer, HandInList, HandInRequest } from '../../core/protocol/hand-in.ts';
import type { Endpoint } from './endpoint.ts';
import { SubmissionAddress } from './review-queries.ts';

const bad = 'http/bad-request';
const away = { 401: ['account/signed-out'] };
const right = ['people/suspended', 'people/not-allowed'];
const form = 'account/other-site';
const UploadAddress = v.object({ path: v.string() });
const broken = { 423: ['upload/busy'], 500: ['upload/broken'] };

export const HAND_IN_ENDPOINTS: readonly Endpoint[] = [
	{
		method: 'post',
		path: '/api/hand-in',
		does: 'Hands in a snapshot: which blobs it consists of. The same again is the same; answers what the server lacks.',
		body: HandInRequest,
		answer: HandInAnswer,
		faults: {
			400: [bad],
			...away,
			403: [form, ...right, 'hand-in/not-yours'],
			409: ['hand-in/package-taken', 'review/publishing'],
			413: ['http/too-large', 'hand-in/too-large'],
			429: ['hand-in/too-many']
		}
	},
	{
		method: 'get',
		path: '/api/hand-in',
		does: 'What this person handed in, newest first, and how it stands.',
		answer: HandInList,
		faults: away
	},
	{
		method: 'get',
		path: '/api/hand-in/{id}',
		does: 'How one hand-in of this person stands, and what the server lacks of it.',
		address: SubmissionAddress,
		answer: HandInAnswer,
		faults: { 400: [bad], ...away, 404: ['hand-in/not-found'] }
	},
	{
		method: 'post',
		path: '/api/hand-in/{id}/withdraw',
		does: 'Takes a hand-in back, until it is on its way out.',
		address: SubmissionAddress,
		body: v.strictObject({}),
		answer: HandInAnswer,
		faults: {
			400: [bad],
			...away,
			403: [form, 'people/suspended'],
			404: ['hand-in/not-found'],
			409: ['review/wrong-state', 'review/publishing'],
			413: ['http/too-large']
		}
	},
	{
		method: 'post',
		path: '/api/uploads/{path}',
		does: 'Begins the upload of a blob by tus 1.0.0; `Upload-Metadata` names submission and digest.',
		address: UploadAddress,
		answer: null,
		faults: {
			400: [bad, 'upload/other-size'],
			...away,
			403: [form, ...right],
			404: ['hand-in/not-found'],
			409: ['upload/not-wanted'],
			...broken
		}
	},
	{
		method: 'head',
		path: '/api/uploads/{path}',
		does: 'How much of a blob the server has (tus 1.0.0).',
		address: UploadAddress,
		answer: null,
		faults: { ...away, 403: [form, ...right], 404: ['upload/gone'], ...broken }
	},
	{
		method: 'patch',
		path: '/api/uploads/{path}',
		does: 'Goes on with the upload of a blob, at most 1 MB at a time (tus 1.0.0); the last piece has its digest verified.',
		address: UploadAddress,
		body: 'application/offset+octet-stream',
		answer: null,
		faults: {
			400: [bad],
			...away,
			403: [form, ...right],
			404: ['upload/gone'],
			409: ['upload/other-place'],
			413: ['http/too-large'],
			422: ['hand-in/wrong-digest'],
			...broken,
			460: ['upload/wrong-digest']
		}
	},
	{
		method: 'options',
		path: '/api/uploads/{path}',
		does: 'Which version and extensions of tus there are.',
		address: UploadAddress,
		answer: null,
		faults: { ...away, 403: [form, ...right] }
	}
];
