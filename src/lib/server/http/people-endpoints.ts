/** Endpoints of accounts and of what people did (docs/spec/sync.md). */
import * as v from 'valibot';
import { NAME_FAULTS } from '../../core/identity/name.ts';
import { PASSWORD_FAULTS } from '../../core/identity/password.ts';
import {
	DeleteRequest,
	Done,
	JoinRequest,
	Me,
	ResetCode,
	ResetCodeRequest,
	ResetRequest,
	SignedIn,
	SignInRequest,
	SignOutRequest
} from '../../core/protocol/account.ts';
import { SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import type { Endpoint } from './endpoint.ts';

const bad = 'http/bad-request';
const form = { 403: ['account/other-site'], 413: ['http/too-large'] };
const busy = { 429: ['account/too-many-tries'] };
const away = { 401: ['account/signed-out'] };

export const PEOPLE_ENDPOINTS: readonly Endpoint[] = [
	{
		method: 'post',
		path: '/api/progress',
		does: 'A phone hands over what was done on it and gets what other devices of its account did.',
		body: SyncRequest,
		answer: SyncAnswer,
		faults: { 400: [bad], ...away, ...form, 409: ['progress/device-forked'] }
	},
	{
		method: 'post',
		path: '/api/account/join',
		does: 'A new account: a name and a password, nothing else.',
		body: JoinRequest,
		answer: SignedIn,
		faults: { 400: [bad, ...NAME_FAULTS, ...PASSWORD_FAULTS], ...form, 409: ['account/name-taken'], ...busy }
	},
	{
		method: 'post',
		path: '/api/account/sign-in',
		does: 'A name and its password.',
		body: SignInRequest,
		answer: SignedIn,
		faults: { 400: [bad], 401: ['account/wrong-password'], ...form, ...busy }
	},
	{
		method: 'post',
		path: '/api/account/sign-out',
		does: 'Ends this session, and the right of this phone to send once nothing waits there.',
		body: SignOutRequest,
		answer: Done,
		faults: { 400: [bad], ...form }
	},
	{
		method: 'get',
		path: '/api/account/me',
		does: 'Who is signed in here.',
		answer: Me
	},
	{
		method: 'post',
		path: '/api/account/reset-code',
		does: 'A one-time code for somebody who forgot their password; administrators only.',
		body: ResetCodeRequest,
		answer: ResetCode,
		faults: {
			400: [bad],
			...away,
			403: ['account/other-site', 'account/not-administrator'],
			404: ['account/unknown-person'],
			413: ['http/too-large']
		}
	},
	{
		method: 'post',
		path: '/api/account/reset',
		does: 'A new password for a forgotten one, by the code that an administrator made.',
		body: ResetRequest,
		answer: Done,
		faults: {
			400: [bad, ...PASSWORD_FAULTS],
			403: ['account/other-site', 'account/wrong-code'],
			413: ['http/too-large'],
			...busy
		}
	},
	{
		method: 'get',
		path: '/api/account/export',
		does: 'All that a person did, as a file of xAPI statements.',
		answer: v.array(v.looseObject({})),
		faults: away
	},
	{
		method: 'post',
		path: '/api/account/delete',
		does: 'Deletes an account and all that it did; the name has to be typed once more.',
		body: DeleteRequest,
		answer: Done,
		faults: { 400: [bad, 'account/other-name'], ...away, ...form }
	},
	{
		method: 'get',
		path: '/api/auth/{all}',
		does: "better-auth's own endpoints, those of them that are open.",
		address: v.object({ all: v.string() }),
		answer: 'application/json'
	}
];
