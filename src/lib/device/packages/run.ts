/**
 * One package on its way onto the phone (DEV-12 to DEV-19): catalogue, documents, packs, the switch, media. Each step
 * leaves the store so that the next run goes on from there; only the switch changes what opens.
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { Databases } from '../db/schema.ts';
import { storing } from '../db/storing.ts';
import { isMetered } from '../link.ts';
import type { Purse } from '../purse.ts';
import type { ChoiceRow, InstallRow, PackageRow } from '../db/rows.ts';
import type { SaveFault } from '../faults.ts';
import { fromAnySource } from './any-source.ts';
import { fetchBlobs } from './blobs.ts';
import { catalogueFromFile, findPackage, refreshCatalogue, type Catalogue, type Named } from './catalogue.ts';
import { fetchDocuments, type Documents } from './documents.ts';
import { dropFrame } from './frames.ts';
import { findEvicted, isWhole } from './heal.ts';
import { fileOf } from './package-files.ts';
import type { Meter } from './meter.ts';
import { addedBy, mayAdd } from './room.ts';
import { sameChoice } from './rows.ts';
import { sweep } from './sweep.ts';
import { filesOf, findMissing, installOf, mediaRowOf } from './target.ts';

type Done = Result<void, SaveFault>;

export interface Run {
	databases: Databases;
	id: string;
	choice: ChoiceRow;
	meter: Meter;
	signal: AbortSignal;
	purse: Purse;
	/** The person allowed it beyond the week's budget, and by the link of now. */
	isBeyond: boolean;
}

/** Runs until the choice is whole, or answers the fault that stopped it. Alone: the caller holds the lock. */
async function runPackage(run: Run): Promise<Done> {
	const { safe } = run.databases;
	const file = fileOf(run.id);
	await phase(run, 'catalogue');
	const named = await nameAll(run);
	if (!named.ok) return named;
	await phase(run, 'text');
	const catalogue = named.value.catalogue;
	const documents = await fetchDocuments(safe, catalogue, run.id, named.value.named, run, file);
	if (!documents.ok) return documents;
	const next = documents.value.languages.map(installOf);
	const fits = await mayAdd(run.databases, bytesOf(documents.value.fetched));
	if (!fits.ok) return fits;
	await setAside(run, documents.value, next);
	const texts = await fetchPacks(run, documents.value);
	if (!texts.ok) return texts;
	// A first version opens as soon as its text is whole; an update takes the place of the old one as a whole.
	const isUpdate = (await safe.installs.where('package').equals(run.id).toArray()).some(
		(old) => !next.some(({ manifest }) => manifest === old.manifest)
	);
	if (!isUpdate) await switchTo(run, next);
	await phase(run, 'media');
	if (run.choice.media === 'wifi' && !run.isBeyond && !file && isMetered())
		return fail('budget/waits-for-wifi');
	const media = await fetchMedia(run, documents.value);
	if (!media.ok) return media;
	if (isUpdate) await switchTo(run, next);
	// Before `saved`: a kill between the two would leave "saved" beside a part of the bytes for good.
	await measure(run, documents.value);
	await findEvicted(run.databases);
	const finished = await finish(run);
	if (finished.ok) await sweep(run.databases);
	return finished;
}

/** By the catalogue of the file that is open, and where that does not have all of it, or there is none, of the link. */
async function nameAll(run: Run) {
	const { safe } = run.databases;
	const file = fileOf(run.id);
	const byFile = file && (await nameBy(run, await catalogueFromFile(safe, file)));
	if (byFile?.ok) return byFile;
	const byLink = await nameBy(run, await refreshCatalogue(safe, [run.id], run.choice.languages, run));
	if (byLink.ok) await safe.packages.update(run.id, { checked: Date.now() });
	return !byLink.ok && byFile && byLink.fault.code === 'network/offline' ? byFile : byLink;
}

async function nameBy(run: Run, catalogue: Result<Catalogue, SaveFault>) {
	if (!catalogue.ok) return catalogue;
	const named: Named[] = [];
	for (const language of run.choice.languages) {
		const found = await findPackage(catalogue.value, run.id, language);
		if (!found.ok) return found;
		named.push(found.value);
	}
	return ok({ catalogue: catalogue.value, named });
}

const bytesOf = (blobs: ReadonlyMap<string, Uint8Array>): number =>
	[...blobs.values()].reduce((sum, { length }) => sum + length, 0);

const phase = (run: Run, to: PackageRow['phase']) =>
	run.databases.safe.packages.update(run.id, { phase: to });

/** Verified and approved documents, stored with the rows that will open them, in one transaction. */
async function setAside({ databases: { safe }, id, choice }: Run, documents: Documents, next: InstallRow[]) {
	await safe.transaction('rw', safe.blobs, safe.packages, safe.media, async () => {
		const wanted = new Set(next.flatMap((row) => [row.manifest, row.shared, row.part, row.statements]));
		for (const [digest, bytes] of documents.fetched) {
			if (wanted.has(digest)) await safe.blobs.put({ digest, bytes });
		}
		const row = await safe.packages.get(id);
		if (!row) return;
		const { of, statements } = documents.wire;
		const wire = {
			of: { ...row.wire.of, ...of },
			statements: Math.max(row.wire.statements, statements)
		};
		await safe.packages.update(id, { next, wire, based: { ...row.based, ...documents.based } });
		for (const file of filesOf(documents.languages, choice)) {
			if (!(await safe.media.get(file.digest))) await safe.media.put(mediaRowOf(file));
		}
	});
}

async function fetchPacks(run: Run, { languages }: Documents): Promise<Done> {
	const { databases, id, choice, meter } = run;
	const { safe, media } = databases;
	const { wire, based } = (await safe.packages.get(id)) ?? { wire: { of: {}, statements: 0 }, based: {} };
	const missing = await findMissing(databases, languages, choice, wire, based);
	meter.set(missing);
	// All of it, media too: who has too little room is told before the first byte.
	const fits = await mayAdd(databases, await addedBy(databases, missing));
	if (!fits.ok) return fits;
	const fetchPack = await fromAnySource(databases, meter.add, run, fileOf(id));
	for (const { part, base } of missing.packs) {
		const pack = await fetchPack(part, base);
		if (!pack.ok) return pack;
		const { digest, bytes, frame } = pack.value;
		await safe.transaction('rw', safe.blobs, safe.packages, async () => {
			await safe.blobs.put({ digest, bytes });
			const row = await safe.packages.get(id);
			// What it costs with a base says nothing of what it costs another time.
			if (row && base === null)
				await safe.packages.update(id, { wire: { ...row.wire, of: { ...row.wire.of, [digest]: frame } } });
		});
		await dropFrame(media, digest);
	}
	return ok(undefined);
}

async function fetchMedia(run: Run, { languages }: Documents): Promise<Done> {
	const { databases, id, choice, meter } = run;
	const { safe } = databases;
	const row = await safe.packages.get(id);
	if (!row) return fail('library/not-saved', { id });
	const missing = await findMissing(databases, languages, choice, row.wire);
	meter.set(missing);
	const lacking = new Set(missing.blobs.map(({ file }) => file.digest));
	for (const file of filesOf(languages, choice)) {
		if (!lacking.has(file.digest)) await safe.media.update(file.digest, { here: true });
	}
	const onBlob = (digest: string) => markHere(databases, digest);
	return fetchBlobs(databases, missing.blobs, run, meter.add, onBlob, fileOf(id));
}

/** Says what is here as it is found: of what was given up or taken away on the way more came than it has bytes. */
async function measure({ databases, id, choice, meter }: Run, { languages }: Documents): Promise<void> {
	const wire = (await databases.safe.packages.get(id))?.wire;
	if (wire) meter.set(await findMissing(databases, languages, choice, wire));
	await meter.write();
}

/** A file is here once each of its chunks is, those that another file brought too. */
async function markHere({ safe, media }: Databases, digest: string): Promise<void> {
	const row = await safe.media.get(digest);
	if (!row) return;
	const stored = await media.chunks.where('digest').anyOf(row.chunks).primaryKeys();
	if (stored.length === new Set(row.chunks).size) await safe.media.update(digest, { here: true });
}

/** The one moment at which what opens changes, all languages at once (DEV-18). */
async function switchTo({ databases: { safe }, id }: Run, next: InstallRow[]): Promise<void> {
	await safe.transaction('rw', safe.installs, safe.packages, async () => {
		if (!(await safe.packages.get(id))) return;
		await safe.installs.where('package').equals(id).delete();
		await safe.installs.bulkPut(next);
		await safe.packages.update(id, { next: null });
	});
}

/** `saved`, unless the person changed the choice or stopped it in the meantime, or the browser took something away. */
const finish = ({ databases: { safe }, id, choice }: Run): Promise<Done> =>
	safe.transaction('rw', safe.packages, safe.installs, safe.blobs, safe.media, async () => {
		const row = await safe.packages.get(id);
		if (row?.state !== 'fetching' || !sameChoice(row.choice, choice)) return ok(undefined);
		if (!(await isWhole(safe, id, choice))) return fail('storage/evicted');
		await safe.packages.update(id, {
			...{ state: 'saved', kept: choice, fault: null, next: null },
			...{ beyond: false, based: {} }
		});
		return ok(undefined);
	});

/** Runs, and says a full or closed store as a fault; nothing that was good is undone. */
export async function runSafely(run: Run): Promise<Done> {
	const stored = await storing(() => runPackage(run));
	const done = stored.ok ? stored.value : stored;
	// With no link what a bad file lacks cannot come from elsewhere: that is what the person can do something about.
	const isDamaged = !done.ok && fileOf(run.id)?.isDamaged === true && done.fault.code.startsWith('network/');
	return isDamaged ? fail('file/damaged') : done;
}
