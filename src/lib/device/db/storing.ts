/** What IndexedDB and Dexie throw, turned into codes, once (DEV-6). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { SaveFault } from '../faults.ts';

/** Runs something that touches the store; what the browser refuses is a value, a bug stays a throw. */
export async function storing<Value>(work: () => PromiseLike<Value>): Promise<Result<Value, SaveFault>> {
	try {
		return ok(await work());
	} catch (error) {
		const fault = storageFault(error);
		if (fault) return { ok: false, fault };
		throw error;
	}
}

/** `storage/full`, `storage/closed`, or null for what is a bug of ours. */
export function storageFault(error: unknown): SaveFault | null {
	const names = namesOf(error);
	if (names.some((name) => name === 'QuotaExceededError')) return fail('storage/full').fault;
	return names.some((name) => CLOSED.has(name)) ? fail('storage/closed').fault : null;
}

const CLOSED = new Set([
	'DatabaseClosedError',
	'OpenFailedError',
	'MissingAPIError',
	'InvalidStateError',
	'InvalidAccessError',
	'SecurityError',
	'UnknownError',
	'VersionError',
	'BlockedError',
	'AbortError',
	'TimeoutError'
]);

/** Dexie wraps: the name that says why may stand on an inner error, or on one of several failures. */
function namesOf(error: unknown, depth = 0): string[] {
	if (typeof error !== 'object' || error === null || depth > 3) return [];
	const { name, inner, failures } = error as { name?: unknown; inner?: unknown; failures?: unknown };
	return [
		...(typeof name === 'string' ? [name] : []),
		...namesOf(inner, depth + 1),
		...(Array.isArray(failures) ? failures.flatMap((each) => namesOf(each, depth + 1)) : [])
	];
}
