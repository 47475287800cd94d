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
import {
	AuditPage,
	AuditQuery,
	ChangedInstitution,
	ChangedPerson,
	CodeRequest,
	EndInviteRequest,
	InstitutionList,
	InstitutionRequest,
	InviteList,
	InviteRequest,
	MadeInvite,
	PeoplePage,
	PeopleQuery,
	RenameRequest,
	RoleRequest,
	SuspendRequest
} from '../../core/protocol/people.ts';
import { SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import type { Endpoint } from './endpoint.ts';

const bad = 'http/bad-request';
const form = { 403: ['account/other-site'], 413: ['http/too-large'] };
const busy = { 429: ['account/too-many-tries'] };
const away = { 401: ['account/signed-out'] };

const right = { 401: ['account/signed-out'] };
const noRight = ['people/suspended', 'people/not-allowed'];
const formRight = { ...right, 403: [...form[403], ...noRight, 'people/out-of-reach'], 413: form[413] };
const badCode = ['people/wrong-code', 'people/used-code', 'people/expired-code'];

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
		does: 'A new account: a name and a password, and a code where one was given.',
		body: JoinRequest,
		answer: SignedIn,
		faults: {
			400: [bad, ...NAME_FAULTS, ...PASSWORD_FAULTS],
			...form,
			403: [...form[403], ...badCode],
			409: ['account/name-taken'],
			...busy
		}
	},
	{
		method: 'post',
		path: '/api/account/sign-in',
		does: 'A name and its password.',
		body: SignInRequest,
		answer: SignedIn,
		faults: {
			400: [bad],
			401: ['account/wrong-password'],
			...form,
			429: [...busy[429], 'people/password-locked']
		}
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
		does: 'A one-time code for somebody who forgot their password; a teacher: for learners of their institution.',
		body: ResetCodeRequest,
		answer: ResetCode,
		faults: { 400: [bad], ...formRight, 404: ['account/unknown-person'] }
	},
	{
		method: 'post',
		path: '/api/account/code',
		does: 'A code for a learner who is here already: gives a role and an institution.',
		body: CodeRequest,
		answer: ChangedPerson,
		faults: {
			400: [bad],
			...away,
			...form,
			403: [...form[403], ...badCode],
			409: ['people/has-role'],
			...busy
		}
	},
	{
		method: 'get',
		path: '/api/people',
		does: 'People, as far as rights reach, a page at a time.',
		address: PeopleQuery,
		answer: PeoplePage,
		faults: { 400: [bad], ...right, 403: noRight }
	},
	{
		method: 'post',
		path: '/api/people/role',
		does: 'Gives somebody a role and an institution.',
		body: RoleRequest,
		answer: ChangedPerson,
		faults: {
			400: [bad, 'people/needs-institution'],
			...formRight,
			404: ['people/unknown-person', 'people/unknown-institution'],
			409: ['people/yourself']
		}
	},
	{
		method: 'post',
		path: '/api/people/suspend',
		does: 'Puts the rights of somebody on hold, or gives them back; they learn on either way.',
		body: SuspendRequest,
		answer: ChangedPerson,
		faults: { 400: [bad], ...formRight, 404: ['people/unknown-person'], 409: ['people/yourself'] }
	},
	{
		method: 'get',
		path: '/api/people/institutions',
		does: 'Institutions, as far as rights reach.',
		answer: InstitutionList,
		faults: { ...right, 403: noRight }
	},
	{
		method: 'post',
		path: '/api/people/institutions',
		does: 'A new institution.',
		body: InstitutionRequest,
		answer: ChangedInstitution,
		faults: { 400: [bad, 'people/institution-name'], ...formRight, 409: ['people/institution-taken'] }
	},
	{
		method: 'post',
		path: '/api/people/institutions/rename',
		does: 'Another name for an institution.',
		body: RenameRequest,
		answer: ChangedInstitution,
		faults: {
			400: [bad, 'people/institution-name'],
			...formRight,
			404: ['people/unknown-institution'],
			409: ['people/institution-taken']
		}
	},
	{
		method: 'get',
		path: '/api/people/invites',
		does: 'Codes to join by that can still be used; never the codes themselves.',
		answer: InviteList,
		faults: { ...right, 403: noRight }
	},
	{
		method: 'post',
		path: '/api/people/invites',
		does: 'A new code to join by, said this once.',
		body: InviteRequest,
		answer: MadeInvite,
		faults: {
			400: [bad, 'people/needs-institution', 'people/too-many-uses'],
			...formRight,
			404: ['people/unknown-institution']
		}
	},
	{
		method: 'post',
		path: '/api/people/invites/end',
		does: 'Ends a code before its time.',
		body: EndInviteRequest,
		answer: Done,
		faults: { 400: [bad], ...formRight, 404: ['people/unknown-invite'] }
	},
	{
		method: 'get',
		path: '/api/people/audit',
		does: 'Who did what to whom, the newest first.',
		address: AuditQuery,
		answer: AuditPage,
		faults: { 400: [bad], ...right, 403: noRight }
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
	},
	{
		method: 'post',
		path: '/api/auth/{all}',
		does: "The same, of those that change something. What it refuses itself has better-auth's codes.",
		address: v.object({ all: v.string() }),
		body: 'application/json',
		answer: 'application/json',
		faults: { 400: [bad], ...form }
	}
];
