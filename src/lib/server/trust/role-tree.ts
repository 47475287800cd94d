/**
 * Roles below a role that grew (TRU-29): a language past `MOST_ENTRIES` targets hands them on to a role a sector, a sector
 * past it to sixteen roles by the first digit of the path's SHA-256, those to sixteen more by the second, and so on. A phone
 * fetches the roles that speak for its packages, and the cost of a publication stays that of one small role.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readMetadata, type Metadata } from '../../core/trust/metadata.ts';
import { keep } from '../base/kept.ts';
import { readIfThere } from './files.ts';
import type { Delegation, TargetsSigned } from './offline.ts';

/**
 * Most targets of one role. Two digests are 64 bytes that nothing compresses: two hundred are 15 KB, which a phone pays
 * for each publication in a role that it follows. formats.md says a thousand, 75 KB (ADR 0128).
 */
export const MOST_ENTRIES = 200;

export type TargetEntry = TargetsSigned['targets'][string];
/** Versions in force by file name, as a snapshot lists them. */
export type Listed = Record<string, { version: number }>;

/** The role one step down that speaks for a path: of `th`, `th~energy`; of that, `th~energy~a`. */
function childFor(role: string, path: string): string {
	const depth = depthOf(role);
	return `${role}~${depth === 0 ? path.slice(0, path.indexOf('/')) : digestOf(path)[depth - 1]}`;
}

/** What the parent says of such a role: by sector in words, below that by digits of the path's SHA-256 (TUF 4.5). */
export function delegationTo(child: string, authority: Pick<Delegation, 'keyids' | 'threshold'>): Delegation {
	const [language, sector, ...digits] = child.split('~');
	const speaksFor =
		digits.length === 0 ? { paths: [`${sector}/${language}/*`] } : { path_hash_prefixes: [digits.join('')] };
	return { ...authority, name: child, terminating: true, ...speaksFor };
}

/** Entries by the role one step down that is to have them. */
export function handOn<Entry>(
	role: string,
	entries: Iterable<readonly [string, Entry]>
): Map<string, Map<string, Entry>> {
	const groups = new Map<string, Map<string, Entry>>();
	for (const [path, entry] of entries) {
		const child = childFor(role, path);
		const group = groups.get(child) ?? new Map<string, Entry>();
		groups.set(child, group.set(path, entry));
	}
	return groups;
}

/** The roles from `role` down to the one that may list a path, and whether that lists it. */
export async function rolesOn(
	folder: string,
	listed: Listed,
	role: string,
	path: string
): Promise<{ roles: string[]; isListed: boolean }> {
	const roles = [role];
	for (let name = role; ; roles.push(name)) {
		const about = await aboutRole(folder, listed, name);
		if (!about?.children) return { roles, isListed: about?.paths.has(path) ?? false };
		name = childFor(name, path);
		if (!about.children.includes(name)) return { roles, isListed: false };
	}
}

/** What is listed at a path by a role or one below it. Throws where a file of the repository is damaged. */
export async function findEntry(
	folder: string,
	listed: Listed,
	role: string,
	path: string
): Promise<TargetEntry | undefined> {
	const { roles, isListed } = await rolesOn(folder, listed, role, path);
	const last = isListed ? await readRole(folder, listed, roles.at(-1)!) : null;
	return last?.signed.targets[path] as TargetEntry | undefined;
}

/** A role's metadata in the version that is in force; null where there is none. */
export async function readRole(
	folder: string,
	listed: Listed,
	role: string
): Promise<Metadata<'targets'> | null> {
	const path = pathOf(folder, listed, role);
	const bytes = path && (await readIfThere(path));
	const metadata = bytes ? readMetadata('targets', bytes) : null;
	if (metadata && !metadata.ok) throw new Error(`${path} is damaged: restore it from a backup`);
	return metadata ? metadata.value : null;
}

/** What every publication, and every phone's question, asks of many roles. */
interface About {
	signed: { expires: number };
	signatures: readonly { keyid: string }[];
	/** The roles that it hands its targets on to; null where it lists them itself. */
	children: string[] | null;
	paths: ReadonlySet<string>;
}
/**
 * A file in force is never written again. A hundred thousand packages in two languages have 1,300 roles and 20 MB of paths;
 * reading them anew for each question would take seconds.
 */
const abouts = keep<About | null>(64_000_000, (about) => 500 + (about?.paths.size ?? 0) * 100);

/** The same without its targets. */
export async function aboutRole(folder: string, listed: Listed, role: string): Promise<About | null> {
	const path = pathOf(folder, listed, role);
	return path === null
		? null
		: abouts.get(path, async () => {
				const metadata = await readRole(folder, listed, role);
				return (
					metadata && {
						signed: { expires: metadata.signed.expires },
						signatures: metadata.signatures,
						children: metadata.signed.delegations?.roles.map(({ name }) => name) ?? null,
						paths: new Set(Object.keys(metadata.signed.targets))
					}
				);
			});
}

function pathOf(folder: string, listed: Listed, role: string): string | null {
	const version = listed[`${role}.json`]?.version;
	return version ? join(folder, `${version}.${encodeURIComponent(role)}.json`) : null;
}

const depthOf = (role: string): number => role.split('~').length - 1;
const digestOf = (path: string): string => createHash('sha256').update(path).digest('hex');
