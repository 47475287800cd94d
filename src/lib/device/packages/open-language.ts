/**
 * Opening a language of a package from the store (DEV-30): every check is made anew over the bytes that are stored,
 * with no link. What was concluded is kept for as long as neither the catalogue nor the rows change.
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { PackFiles } from '../../core/packages/pack.ts';
import { verifyPack } from '../../core/packages/verify.ts';
import { openCatalogue } from '../../core/trust/client.ts';
import type { Register } from '../../core/trust/types.ts';
import { read, readAll } from '../db/reader.ts';
import { storing } from '../db/storing.ts';
import { readOnlyTrustStore } from '../db/trust-store.ts';
import type { TableRows } from '../db/names.ts';
import type { InstallRow } from '../db/rows.ts';
import type { SaveFault } from '../faults.ts';
import { checkLanguage, type BytesOf, type CheckedLanguage } from './check.ts';

export interface OpenedLanguage extends CheckedLanguage {
	/** Files of the two packs, read when first asked for. */
	files(): Promise<Result<{ shared: PackFiles; language: PackFiles }, SaveFault>>;
}

/** The languages of a package that are stored; empty where it is not. */
export const installsOf = (id: string): Promise<Result<InstallRow[], SaveFault>> =>
	storing(() => readAll('installs', id));

/** What is trusted now, and what of a package was recalled. */
export type Standing = [Awaited<ReturnType<typeof registerNow>>, TableRows['recalls'] | undefined];

/** Asks where a package stands, before it is known what of it is opened. */
export function standingOf(id: string): Promise<Standing> {
	const asked = Promise.all([registerNow(), read('recalls', id)]);
	// Whoever opens meets the fault.
	asked.catch(() => undefined);
	return asked;
}

/** Opens one stored language; the fault of the first check that fails. */
export async function openLanguage(
	install: InstallRow,
	standing?: Promise<Standing>
): Promise<Result<OpenedLanguage, SaveFault>> {
	const opened = await storing(() => openStored(install, standing ?? standingOf(install.package)));
	return opened.ok ? opened.value : opened;
}

const checked = new Map<string, Promise<Result<OpenedLanguage, SaveFault>>>();
/** Packages whose checks are kept: a learner reads one or two at a time. */
const MAX_KEPT = 12;

async function openStored(
	install: InstallRow,
	standing: Promise<Standing>
): Promise<Result<OpenedLanguage, SaveFault>> {
	const { package: id, language, manifest, statements } = install;
	// All is asked for at once: on a slow phone each answer of the store takes as long as checking what it brings.
	const name = [id, language, manifest, statements].join(' ');
	const bytesOf = isOpened(name) ? storedBytes : prefetched(install);
	const [register, recalls] = await standing;
	if (!register.ok) return register;
	const key = [name, recalls?.file, register.value.turn].join(' ');
	const known = checked.get(key);
	if (known) return known;
	const opening = (async () => {
		const wanted = { package: id, language, manifest, statements };
		const found = await checkLanguage(wanted, bytesOf, register.value.register, recalls?.envelopes ?? []);
		return found.ok ? ok({ ...found.value, files: onceWhole(() => openPacks(found.value, bytesOf)) }) : found;
	})();
	if (checked.size >= MAX_KEPT) checked.delete(checked.keys().next().value!);
	checked.set(key, opening);
	// A fault is looked at anew: bytes may have come since.
	void opening.then(
		({ ok: isGood }) => isGood || checked.delete(key),
		() => checked.delete(key)
	);
	return opening;
}

const isOpened = (name: string): boolean => [...checked.keys()].some((key) => key.startsWith(name));

const storedBytes: BytesOf = async (digest) => (await read('blobs', digest))?.bytes ?? null;

/** Asks for everything that a row names before any of it is needed. */
function prefetched({ manifest, shared, part, statements, packs }: InstallRow): BytesOf {
	const asked = new Map(
		[manifest, shared, part, statements, packs.shared, packs.part].map((digest) => [
			digest,
			storedBytes(digest)
		])
	);
	// Whoever needs it meets the fault; what nobody needs must not end the tab's script.
	for (const answer of asked.values()) answer.catch(() => undefined);
	return (digest) => asked.get(digest) ?? storedBytes(digest);
}

async function openPacks({ shared, part, wanted }: CheckedLanguage, bytesOf: BytesOf) {
	const missing = fail('library/not-saved', { id: wanted.package });
	const bytes = await Promise.all([bytesOf(shared.part.pack.digest), bytesOf(part.part.pack.digest)]);
	if (!bytes[0] || !bytes[1]) return missing;
	const [sharedPack, partPack] = await Promise.all([
		verifyPack(bytes[0], shared),
		verifyPack(bytes[1], part)
	]);
	if (!sharedPack.ok) return sharedPack;
	if (!partPack.ok) return partPack;
	return ok({ shared: sharedPack.value.files, language: partPack.value.files });
}

function onceWhole<Value>(make: () => Promise<Result<Value, SaveFault>>) {
	let made: Promise<Result<Value, SaveFault>> | undefined;
	return async (): Promise<Result<Value, SaveFault>> => {
		made ??= make();
		const result = await made;
		if (!result.ok) made = undefined;
		return result;
	};
}

let registered: { turn: number; register: Register } | undefined;

/** The register of the catalogue that was last trusted; its age is a label, not a lock. */
async function registerNow(): Promise<Result<{ turn: number; register: Register }, SaveFault>> {
	const asked = read('settings', 'trust');
	// After the turn: files that are newer than it are only read again.
	const files = registered ? null : readOnlyTrustStore();
	const setting = (await asked)?.value as { turn?: number } | undefined;
	const turn = setting?.turn ?? 0;
	if (registered?.turn === turn) return ok(registered);
	const catalogue = await openCatalogue(files ?? readOnlyTrustStore(), Date.now());
	if (!catalogue.ok) return catalogue;
	const { register } = catalogue.value;
	if (!register.ok) return register;
	return ok((registered = { turn, register: register.value }));
}
