/** What the pages of the committee ask of the server (docs/spec/review.md). None of it works without a link. */
import type { Fault, Result } from '../../core/base/result.ts';
import {
	ExpertKey,
	Queue,
	RegisterAnswer,
	ReviewPage,
	type ApproveRequest,
	type AskChangesRequest,
	type CommentRequest,
	type KeyRequest,
	type QueueQuery,
	type SignedStatement
} from '../../core/protocol/review.ts';
import { ReviewUnit } from '../../core/review/unit.ts';
import { ask, postForm, type AskFault } from '../ask.ts';

export type Asked<Value> = Promise<Result<Value, AskFault>>;

const withQuery = (path: string, query: Record<string, string | undefined>): string => {
	const set = Object.entries(query).filter((each): each is [string, string] => !!each[1]);
	return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`;
};
const at = (id: string, rest = ''): string => `/api/review/${encodeURIComponent(id)}${rest}`;

export const readQueue = (query: QueueQuery): Asked<Queue> =>
	ask(withQuery('/api/review/queue', query), Queue);

export const readReview = (id: string): Asked<ReviewPage> => ask(at(id), ReviewPage);

/** A unit in one language, now and in the version that is out. */
export const readUnit = (id: string, unit: string, language: string): Asked<ReviewUnit> =>
	ask(withQuery(at(id, `/unit/${encodeURIComponent(unit)}`), { language }), ReviewUnit);

export const comment = (id: string, request: CommentRequest): Asked<ReviewPage> =>
	postForm(at(id, '/comment'), ReviewPage, request);

export const resolveComment = (id: string, comment: string): Asked<ReviewPage> =>
	postForm(at(id, '/resolve'), ReviewPage, { comment });

export const askChanges = (id: string, request: AskChangesRequest): Asked<ReviewPage> =>
	postForm(at(id, '/ask-changes'), ReviewPage, request);

export const approve = (id: string, request: ApproveRequest): Asked<ReviewPage> =>
	postForm(at(id, '/approve'), ReviewPage, request);

/** Sends a recall or its lifting. */
export const recall = (id: string, statement: SignedStatement): Asked<ReviewPage> =>
	postForm(at(id, '/recall'), ReviewPage, { statement });

export const readKey = (): Asked<ExpertKey> => ask('/api/review/key', ExpertKey);

export const sendKey = (request: KeyRequest): Asked<ExpertKey> =>
	postForm('/api/review/key', ExpertKey, request);

/** Ends one's own key. */
export const revokeKey = (): Asked<ExpertKey> =>
	postForm('/api/review/key/revoke', ExpertKey, { expert: null });

/** Sends a register of parties and experts that was signed elsewhere; answers its version. */
export const sendRegister = (file: Blob): Asked<{ version: number }> =>
	ask('/api/review/register', RegisterAnswer, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: file
	});

/** Where the request for enrolment is fetched as a file. */
export const EXPORT_ADDRESS = '/api/review/key?export';

/** Faults after which what is shown is no longer what is there: to be read anew. */
export const isOutdated = ({ code }: Fault): boolean =>
	[
		'review/changed-meanwhile',
		'review/wrong-state',
		'review/already-signed',
		'review/already-approved'
	].includes(code);
