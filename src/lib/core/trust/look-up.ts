import { sha256, utf8 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { loadRole, own, type TrustedCatalogue } from './client.ts';
import { saveFloors } from './floors.ts';
import type { Metadata } from './metadata.ts';
import type { TrustedTarget, TrustFault } from './types.ts';
import { checkBytes } from './verify.ts';

/** Most roles that one look-up visits. */
const MAX_ROLES = 32;
const TOP_LEVEL = ['root', 'timestamp', 'snapshot', 'targets'];

type Delegation = NonNullable<Metadata<'targets'>['signed']['delegations']>['roles'][number];

/**
 * Finds a target by pre-order depth-first search over the delegations (TUF 5.6.7), fetching roles as they are needed.
 * `trust/unknown-target` where no role that may speak for the path lists it; `trust/rollback` where its `custom.v` is
 * lower than one seen before.
 */
export async function lookUpTarget(
	catalogue: TrustedCatalogue,
	path: string
): Promise<Result<TrustedTarget, TrustFault>> {
	const { session } = catalogue;
	const visited = new Set<string>();

	/** The target; null to go on with the next delegation; a fault, which ends the search. */
	const search = async (
		name: string,
		role: Metadata<'targets'>
	): Promise<Result<TrustedTarget | null, TrustFault>> => {
		const { targets, delegations } = role.signed;
		const found = own(targets, path);
		if (found) return ok({ path, role: name, ...found });
		for (const delegation of delegations?.roles ?? []) {
			if (visited.has(delegation.name) || !(await isTrustedWith(delegation, path))) continue;
			if (TOP_LEVEL.includes(delegation.name)) return fail('trust/malformed', { file: name });
			if (visited.size >= MAX_ROLES) break;
			visited.add(delegation.name);
			const child = await loadRole(session, name, delegation.name, {
				keys: delegations!.keys,
				role: delegation
			});
			if (!child.ok) return child;
			const result = await search(delegation.name, child.value);
			if (!result.ok || result.value) return result;
			if (delegation.terminating) return fail('trust/unknown-target', { path });
		}
		return ok(null);
	};

	const result = await search('targets', catalogue.targets);
	if (!result.ok) return result;
	if (!result.value) return fail('trust/unknown-target', { path });
	const { floors, store } = session;
	const version = result.value.custom['v'];
	if (typeof version === 'number') {
		const floor = own(floors.v, path) ?? version;
		if (version < floor) return fail('trust/rollback', { path });
		if (version > floor || !Object.hasOwn(floors.v, path)) {
			floors.v[path] = version;
			await saveFloors(store, floors);
		}
	}
	return ok(result.value);
}

/** Whether these bytes are the target that the catalogue names: its length, and all its hashes, at least one. */
export async function checkTarget(
	target: TrustedTarget,
	bytes: Uint8Array
): Promise<Result<Uint8Array, TrustFault>> {
	return Object.keys(target.hashes).length > 0
		? checkBytes(bytes, target, target.path)
		: fail('trust/hash-mismatch', { file: target.path });
}

/** TUF 4.5: shell wildcards that do not cross `/`, or prefixes of the path's SHA-256. */
async function isTrustedWith({ paths, path_hash_prefixes }: Delegation, path: string): Promise<boolean> {
	if (paths.some((pattern) => matches(pattern, path))) return true;
	if (path_hash_prefixes.length === 0) return false;
	const hash = await sha256(utf8(path));
	return path_hash_prefixes.some((prefix) => hash.startsWith(prefix));
}

function matches(pattern: string, path: string): boolean {
	const source = pattern
		.replace(/[.+^${}()|[\]\\]/g, '\\$&')
		.replace(/\*+/g, '[^/]*')
		.replace(/\?/g, '[^/]');
	return new RegExp(`^${source}$`, 'su').test(path);
}
