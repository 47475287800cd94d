/** The library as the server answers it: on the server through `event.fetch`, in a browser over the link (LIB-1). */
import { fail, ok, type Result } from '../core/base/result.ts';
import type { SaveCode, SaveFault } from '../device/faults.ts';
import { noteLink } from '../device/link.ts';
import type { Asked, Library } from './port.ts';

/** The most bytes of an answer for a page: a unit's text and figures, five times over. */
const MAX_PAGE = 2 * 1024 * 1024;

/** @param fetch the `fetch` of the load event, so that what the server fetched is in the page already */
export function httpLibrary(fetch: typeof globalThis.fetch): Library {
	return {
		library: (asked) => get(fetch, addressOf(asked), ['packages']),
		package: (asked, id) => get(fetch, addressOf(asked, id), ['id', 'modules', 'translations']),
		unit: (asked, id, unit) => get(fetch, addressOf(asked, id, unit), ['unit', 'blocks', 'package'])
	};
}

/** The address of a page's data; `choose.ts` looks whether the page brought it along. */
export function addressOf({ language, content }: Asked, ...path: string[]): string {
	const query = new URLSearchParams({ lang: language, ...(content ? { in: content } : {}) });
	return ['/api/library', ...path.map(encodeURIComponent)].join('/') + `?${query}`;
}

async function get<Page>(
	fetch: typeof globalThis.fetch,
	url: string,
	members: readonly string[]
): Promise<Result<Page, SaveFault>> {
	let response: Response;
	try {
		response = await fetch(url);
	} catch {
		noteLink(false);
		return fail('network/offline');
	}
	noteLink(true);
	if (Number(response.headers.get('content-length') ?? 0) > MAX_PAGE)
		return fail('network/bad-answer', { url });
	let answer: unknown;
	try {
		answer = await response.json();
	} catch {
		return response.ok ? fail('network/bad-answer', { url }) : fail('network/busy');
	}
	if (!response.ok) return { ok: false, fault: faultOf(answer) ?? statusFault(response.status) };
	return isPage<Page>(answer, members) ? ok(answer) : fail('network/bad-answer', { url });
}

/** The same server composed it that rendered the page, and says so: only that it is such an answer is looked at. */
function isPage<Page>(answer: unknown, members: readonly string[]): answer is Page {
	if (typeof answer !== 'object' || answer === null) return false;
	const page = answer as Record<string, unknown>;
	return page.checked === 'online' && members.every((name) => page[name] !== undefined);
}

const FOUND_NOTHING: readonly SaveCode[] = [
	'library/not-found',
	'lesson/not-found',
	'lesson/bad-content',
	'trust/recalled'
];

function faultOf(answer: unknown): SaveFault | null {
	const { code, params } = (answer ?? {}) as { code?: unknown; params?: SaveFault['params'] };
	const known = FOUND_NOTHING.find((each) => each === code);
	return known ? { code: known, ...(params ? { params } : {}) } : null;
}

function statusFault(status: number): SaveFault {
	if (status === 404) return { code: 'library/not-found' };
	return status === 429 || status >= 500
		? { code: 'network/busy' }
		: { code: 'network/refused', params: { status } };
}
