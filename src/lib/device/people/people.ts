/** What the pages of administrators and teachers ask of the server. None of it works, or is kept, without a link. */
import type { Result } from '../../core/base/result.ts';
import { Done, ResetCode, type Person } from '../../core/protocol/account.ts';
import {
	AuditPage,
	ChangedInstitution,
	ChangedPerson,
	InstitutionList,
	InviteList,
	MadeInvite,
	PeoplePage,
	type InstitutionRequest,
	type InviteRequest,
	type PeopleQuery,
	type RoleRequest
} from '../../core/protocol/people.ts';
import { ask, postForm, type AskFault } from '../ask.ts';

export type Asked<Value> = Promise<Result<Value, AskFault>>;

const withQuery = (path: string, query: Record<string, string | undefined>): string => {
	const set = Object.entries(query).filter((each): each is [string, string] => !!each[1]);
	return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
};

export const listPeople = (query: PeopleQuery): Asked<PeoplePage> =>
	ask(withQuery('/api/people', query), PeoplePage);

export const setRole = (request: RoleRequest): Asked<{ person: Person }> =>
	postForm('/api/people/role', ChangedPerson, request);

export const suspend = (id: string, suspended: boolean): Asked<{ person: Person }> =>
	postForm('/api/people/suspend', ChangedPerson, { id, suspended });

export const makeResetCode = (name: string): Asked<ResetCode> =>
	postForm('/api/account/reset-code', ResetCode, { name });

export const listInstitutions = () => ask('/api/people/institutions', InstitutionList);

export const addInstitution = (request: InstitutionRequest) =>
	postForm('/api/people/institutions', ChangedInstitution, request);

export const renameInstitution = (id: string, name: string) =>
	postForm('/api/people/institutions/rename', ChangedInstitution, { id, name });

export const listInvites = () => ask('/api/people/invites', InviteList);

export const makeInvite = (request: InviteRequest): Asked<MadeInvite> =>
	postForm('/api/people/invites', MadeInvite, request);

export const endInvite = (id: string) => postForm('/api/people/invites/end', Done, { id });

export const readAudit = (before: string | null): Asked<AuditPage> =>
	ask(withQuery('/api/people/audit', { before: before ?? undefined }), AuditPage);
