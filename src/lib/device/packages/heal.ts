/**
 * What the browser took away: found, said, and fetched again chunk by chunk (DEV-26), so that "saved on this phone" is
 * never said of what is gone.
 */
import type { Databases, SafeDb } from '../db/schema.ts';
import type { ChoiceRow, InstallRow, PackageRow } from '../db/rows.ts';
import { inChoice } from '../../core/packages/tiers.ts';
import { sayStored } from './storage.ts';
import { digestsOf, filesOfInstall } from './stored-parts.ts';

/**
 * At the start and before something is said to be saved, in this tab's turn: what lacks a byte of what it says to have
 * says so no more. A language whose text is gone stands aside until it is whole again; a package that was saved is
 * stopped by `storage/evicted`.
 */
export async function findEvicted({ safe, media }: Databases): Promise<void> {
	await unmarkLacking({ safe, media });
	for (const { id } of await safe.packages.toArray()) {
		await safe.transaction('rw', safe.packages, safe.installs, safe.blobs, safe.media, async () => {
			const row = await safe.packages.get(id);
			if (!row) return;
			await standAside(safe, row);
			if (row.state === 'saved' && !(await isWhole(safe, id, row.choice)))
				await safe.packages.update(id, { state: 'stopped', fault: { code: 'storage/evicted' } });
		});
		// A tab that was killed while it gave up a choice left the bytes of that one.
		const said = await media.transfers.get(id);
		const isSaved = (await safe.packages.get(id))?.state === 'saved';
		if (isSaved && said?.done !== said?.total) await sayStored({ safe, media }, id);
	}
}

/** Files of which a chunk is gone are here no more. */
async function unmarkLacking({ safe, media }: Databases): Promise<void> {
	const files = (await safe.media.toArray()).filter(({ here }) => here);
	const chunks = new Set(await media.chunks.toCollection().primaryKeys());
	for (const file of files) {
		if (!file.chunks.every((digest) => chunks.has(digest)))
			await safe.media.update(file.digest, { here: false });
	}
}

/** Whether all of a choice opens from this phone: texts in each language, and its media. Tables of `setara` alone. */
export async function isWhole(safe: SafeDb, id: string, choice: ChoiceRow): Promise<boolean> {
	for (const language of choice.languages) {
		const install = await safe.installs.get([id, language]);
		if (!install || !(await hasText(safe, install))) return false;
		const files = (await filesOfInstall(safe, install)).filter((file) => inChoice(file, choice));
		const rows = await safe.media.bulkGet(files.map(({ digest }) => digest));
		if (!rows.every((row) => row?.here)) return false;
	}
	return true;
}

const hasText = async (safe: SafeDb, install: InstallRow): Promise<boolean> => {
	const digests = [...new Set(digestsOf(install))];
	return (await safe.blobs.where('digest').anyOf(digests).count()) === digests.length;
};

/** Rows that cannot open move to what is being fetched: nothing of theirs is swept, and the next run puts them back. */
async function standAside(safe: SafeDb, { id, next }: PackageRow): Promise<void> {
	for (const install of await safe.installs.where('package').equals(id).toArray()) {
		if (await hasText(safe, install)) continue;
		await safe.installs.delete([id, install.language]);
		next = [...(next ?? []), install];
		await safe.packages.update(id, { next });
	}
}
