import { join } from 'node:path';
import { LANGUAGE_TAGS } from '../../core/base/languages.ts';
import { verifyTufKey } from '../../core/trust/keys.ts';
import { readMetadata, type Authority, type Kind } from '../../core/trust/metadata.ts';
import { readRegister } from '../../core/trust/register.ts';
import type { Register, Signer } from '../../core/trust/types.ts';
import { isSignedBy } from '../../core/trust/verify.ts';
import { listVersions, readIfThere, writeWhole } from './files.ts';
import { DAY, keyIdOf, keysById, signMetadata, timeText, type Signed } from './signing.ts';

/*
 * Root and targets: what offline keys sign. All of it works on one folder of public files (`1.root.json`,
 * `1.targets.json` …) that is carried to the server; the keys are passed in and never written here (TRU-30).
 */
type Role = { keyids: string[]; threshold: number };
type Keys = ReturnType<typeof keysById>;
type RootRole = 'root' | 'timestamp' | 'snapshot' | 'targets';

interface RootSigned extends Signed {
	consistent_snapshot: true;
	keys: Keys;
	roles: Record<RootRole, Role>;
}
export type Delegation = Role & { name: string; terminating: boolean } & (
		{ paths: string[] } | { path_hash_prefixes: string[] }
	);
export interface TargetsSigned extends Signed {
	targets: Record<string, { length: number; hashes: { sha256: string }; custom?: Record<string, unknown> }>;
	delegations?: {
		keys: Keys;
		roles: Delegation[];
	};
	register?: Register;
}

const ROOT_DAYS = 730;
const TARGETS_DAYS = 365;

export interface Charter {
	rootKeys: string[];
	rootThreshold: number;
	targetsKeys: string[];
	targetsThreshold: number;
	/** The server's key. */
	onlineKey: string;
	register: Register;
	languages?: readonly string[];
}

/** Makes `1.root.json` and `1.targets.json`, signed by those signers that are at hand. */
export async function foundTrust(
	folder: string,
	charter: Charter,
	signers: readonly Signer[],
	now: number
): Promise<void> {
	if ((await listVersions(folder, 'root')).length > 0) throw new Error(`${folder} already holds a root`);
	const { rootKeys, targetsKeys, onlineKey, rootThreshold, targetsThreshold } = charter;
	assertThreshold(rootKeys, rootThreshold);
	assertThreshold(targetsKeys, targetsThreshold);
	const online = { keyids: [keyIdOf(onlineKey)], threshold: 1 };
	const root: RootSigned = {
		_type: 'root',
		spec_version: '1.0.34',
		version: 1,
		expires: timeText(now + ROOT_DAYS * DAY),
		consistent_snapshot: true,
		keys: keysById([...rootKeys, ...targetsKeys, onlineKey]),
		roles: {
			root: { keyids: rootKeys.map(keyIdOf), threshold: rootThreshold },
			timestamp: online,
			snapshot: online,
			targets: { keyids: targetsKeys.map(keyIdOf), threshold: targetsThreshold }
		}
	};
	const targets: TargetsSigned = {
		_type: 'targets',
		spec_version: '1.0.34',
		version: 1,
		expires: timeText(now + TARGETS_DAYS * DAY),
		targets: {},
		delegations: delegationsTo(onlineKey, charter.languages ?? LANGUAGE_TAGS),
		register: checkedRegister(charter.register)
	};
	await write(folder, root, signers);
	await write(folder, targets, signers);
}

/** `recalls` first and terminating, then one role a language: nobody else can speak for what they hold (TRU-5). */
function delegationsTo(
	onlineKey: string,
	languages: readonly string[]
): NonNullable<TargetsSigned['delegations']> {
	const online = { keyids: [keyIdOf(onlineKey)], threshold: 1 };
	return {
		keys: keysById([onlineKey]),
		roles: [
			{ ...online, name: 'recalls', terminating: true, paths: ['recalls/*'] },
			...languages.map((tag) => ({ ...online, name: tag, terminating: true, paths: [`*/${tag}/*`] }))
		]
	};
}

/** A new version of targets with another register, languages or both: enrols experts, retires keys. */
export async function enrol(
	folder: string,
	change: (register: Register) => Register,
	signers: readonly Signer[],
	now: number,
	languages: readonly string[] = []
): Promise<number> {
	const targets = await latest<TargetsSigned>(folder, 'targets');
	const { delegations, register } = targets;
	const key = Object.values(delegations!.keys)[0]!.keyval.public;
	const known = delegations!.roles.map(({ name }) => name);
	delegations!.roles.push(
		...delegationsTo(
			key,
			languages.filter((tag) => !known.includes(tag))
		).roles.slice(1)
	);
	targets.register = checkedRegister(change(register!));
	return write(folder, next(targets, now + TARGETS_DAYS * DAY), signers);
}

/** The register that a folder's newest targets carry. */
export const registerIn = async (folder: string): Promise<Register> =>
	(await latest<TargetsSigned>(folder, 'targets')).register!;

/** A new version with a new date and nothing else. */
export async function renew(
	folder: string,
	kind: 'root' | 'targets',
	signers: readonly Signer[],
	now: number
): Promise<number> {
	const days = kind === 'root' ? ROOT_DAYS : TARGETS_DAYS;
	return write(folder, next(await latest(folder, kind), now + days * DAY), signers);
}

/**
 * Puts other keys in a role's place. `online`: a new root (timestamp, snapshot) and new targets (delegations), after
 * which no phone takes anything from the old key. `root` and `targets`: a new root, signed by the old keys too.
 */
export async function rotate(
	folder: string,
	role: 'online' | 'root' | 'targets',
	keys: string[],
	threshold: number,
	signers: readonly Signer[],
	now: number
): Promise<void> {
	assertThreshold(keys, threshold);
	const root = next(await latest<RootSigned>(folder, 'root'), now + ROOT_DAYS * DAY);
	const to = { keyids: keys.map(keyIdOf), threshold };
	if (role === 'online') root.roles.timestamp = root.roles.snapshot = to;
	else root.roles[role] = to;
	const used = new Set(Object.values(root.roles).flatMap(({ keyids }) => keyids));
	root.keys = Object.fromEntries(
		Object.entries({ ...root.keys, ...keysById(keys) }).filter(([keyid]) => used.has(keyid))
	);
	await write(folder, root, signers);
	const targets = await latest<TargetsSigned>(folder, 'targets');
	if (role === 'online') {
		targets.delegations!.keys = keysById(keys);
		for (const delegation of targets.delegations!.roles) Object.assign(delegation, to);
	}
	if (role !== 'root') await write(folder, next(targets, now + TARGETS_DAYS * DAY), signers);
}

/** Adds signatures to a file that was made where not all keys were at hand. */
export async function addSignatures(path: string, signers: readonly Signer[]): Promise<void> {
	const bytes = await readIfThere(path);
	if (!bytes) throw new Error(`${path} is not there`);
	const { signed, signatures } = JSON.parse(Buffer.from(bytes).toString()) as {
		signed: Signed;
		signatures: { keyid: string; sig: string }[];
	};
	await writeWhole(path, await signMetadata(signed, signers, signatures));
}

/** How a folder stands: latest versions, their dates, and whether enough keys signed each. */
export async function inspect(
	folder: string
): Promise<{ file: string; expires: number; signatures: number; complete: boolean }[]> {
	const rows = [];
	for (const kind of ['root', 'targets'] as const)
		for (const version of (await listVersions(folder, kind)).slice(-1)) {
			const file = `${version}.${kind}.json`;
			const metadata = readMetadata(kind, (await readIfThere(join(folder, file)))!);
			if (!metadata.ok) throw new Error(`${file} cannot be read`);
			const { signatures, signed } = metadata.value;
			const complete = await isComplete(folder, kind, version);
			rows.push({ file, expires: signed.expires, signatures: signatures.length, complete });
		}
	return rows;
}

/** Whether `N.root.json` is signed by its own and the root before it, or `N.targets.json` by the latest root's keys. */
export async function isComplete(
	folder: string,
	kind: 'root' | 'targets',
	version: number
): Promise<boolean> {
	const read = async <K extends Kind>(of: K, at: number) => {
		const bytes = await readIfThere(join(folder, `${at}.${of}.json`));
		const metadata = bytes && readMetadata(of, bytes);
		return metadata?.ok ? metadata.value : null;
	};
	const metadata = await read<Kind>(kind, version);
	const roots = await listVersions(folder, 'root');
	const authorities: (Authority | null)[] = [];
	const wanted =
		kind === 'root' ? (version > roots[0]! ? [version - 1, version] : [version]) : [roots.at(-1)!];
	for (const at of wanted) {
		const root = await read('root', at);
		authorities.push(root && { keys: root.signed.keys, role: root.signed.roles[kind] });
	}
	for (const authority of authorities)
		if (!metadata || !authority || !(await isSignedBy(metadata, authority, verifyTufKey))) return false;
	return true;
}

async function latest<S extends Signed>(folder: string, kind: string): Promise<S> {
	const version = (await listVersions(folder, kind)).at(-1);
	if (!version) throw new Error(`${folder} holds no ${kind}.json`);
	const bytes = await readIfThere(join(folder, `${version}.${kind}.json`));
	return (JSON.parse(Buffer.from(bytes!).toString()) as { signed: S }).signed;
}

const next = <S extends Signed>(signed: S, expires: number): S => ({
	...signed,
	version: signed.version + 1,
	expires: timeText(expires)
});

async function write(
	folder: string,
	signed: RootSigned | TargetsSigned,
	signers: readonly Signer[]
): Promise<number> {
	const holders = await keyIdsFor(folder, signed);
	const fitting = signers.filter(({ key }) => holders.has(keyIdOf(key)));
	const path = join(folder, `${signed.version}.${signed._type}.json`);
	await writeWhole(path, await signMetadata(signed, fitting));
	return signed.version;
}

/** Whose signatures a file wants: a root its own keys and those of the root before, targets the latest root's. */
async function keyIdsFor(folder: string, signed: RootSigned | TargetsSigned): Promise<Set<string>> {
	const isRoot = 'roles' in signed;
	const last = (await listVersions(folder, 'root')).at(-1);
	const root = last ? await latest<RootSigned>(folder, 'root') : null;
	return new Set([
		...(isRoot ? signed.roles.root.keyids : []),
		...(root?.roles[isRoot ? 'root' : 'targets'].keyids ?? [])
	]);
}

function checkedRegister(register: Register): Register {
	const read = readRegister(register);
	if (!read.ok) throw new Error('the register lists a key, an expert or a party twice, or an unknown party');
	return register;
}

function assertThreshold(keys: string[], threshold: number): void {
	if (threshold < 1 || new Set(keys).size < threshold)
		throw new Error(`a threshold of ${threshold} needs as many different keys`);
}
