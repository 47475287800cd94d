/** The packages on this phone, as pages ask for them (`api.ts`): rows say what is wanted, runs make it so. */
import { liveQuery } from 'dexie';
import { growingPause, type Pauses } from '../../core/base/pause.ts';
import { ok } from '../../core/base/result.ts';
import { openDatabases } from '../db/schema.ts';
import { storageFault, storing } from '../db/storing.ts';
import type { SaveFault } from '../faults.ts';
import { keepLessons } from '../keep-lessons.ts';
import { watchLink, type Link } from '../link.ts';
import { mayGoOn } from './going-on.ts';
import type { Choice, DevicePackages, StoredPackage } from './api.ts';
import { isWithin, newRow, toChoiceRow, toStored } from './rows.ts';
import type { Runner } from './runner.ts';
import { ifNobodysTurn } from './turn.ts';

/** Called once a tab, by `open.ts`. What fetches and checks is loaded when something is to be fetched. */
export function createPackages(): DevicePackages {
	const databases = openDatabases();
	const { safe, media } = databases;
	let started: Promise<Runner> | undefined;
	const runner = () =>
		(started ??= import('./runner.ts').then(({ createRunner }) => createRunner(databases)));

	async function get(id: string): Promise<StoredPackage | null> {
		const row = await safe.packages.get(id);
		if (!row) return null;
		const installs = await safe.installs.where('package').equals(id).toArray();
		return toStored(row, installs, await media.transfers.get(id));
	}

	async function list(): Promise<StoredPackage[]> {
		const [rows, installs, transfers] = await Promise.all([
			safe.packages.toArray(),
			safe.installs.toArray(),
			media.transfers.toArray()
		]);
		return rows
			.sort((a, b) => a.added - b.added)
			.map((row) =>
				toStored(
					row,
					installs.filter((each) => each.package === row.id),
					transfers.find(({ id }) => id === row.id)
				)
			);
	}

	/** Runs and answers where the package then stands; a store that cannot even be asked answers its fault. */
	async function bring(id: string, choice: Choice, write: () => Promise<unknown>): Promise<StoredPackage> {
		if (!globalThis.isSecureContext) return unsaved(id, choice, { code: 'storage/not-secure' });
		try {
			await write();
			void keepLessons();
			await (await runner()).run(id);
			return (await get(id)) ?? unsaved(id, choice, { code: 'library/not-saved', params: { id } });
		} catch (error) {
			const fault = storageFault(error);
			if (!fault) throw error;
			return unsaved(id, choice, fault);
		}
	}

	const resume = async (id: string, beyond?: boolean): Promise<StoredPackage> => {
		const row = await safe.packages.get(id);
		const choice = row?.choice ?? { languages: [], tier: 'text' as const };
		return bring(id, choice, () =>
			safe.packages.update(id, { state: 'fetching', fault: null, ...(beyond && { beyond }) })
		);
	};

	/** What is under way, in this tab too; where the store refuses that, it is tried again later. */
	const goOn = async (id: string): Promise<void> => {
		await storing(async () => (await runner()).run(id));
	};

	/** What was stopped by what changes by itself goes on: the link, its kind, the week, what the browser cleared. */
	async function resumeStopped(): Promise<void> {
		for (const { id, state, fault } of await safe.packages.toArray()) {
			if (state === 'fetching') void goOn(id);
			else if (state === 'stopped' && fault && (await mayGoOn(fault, databases))) void resume(id);
		}
	}

	return {
		get,
		list,
		resume,
		async save(id, choice, beyond = false) {
			const wanted = toChoiceRow(choice);
			const row = await safe.packages.get(id).catch(() => undefined);
			if (row?.state === 'saved' && isWithin(wanted, row.choice) && !isWithin(row.choice, wanted)) {
				await (await runner()).narrow(id, wanted);
				return (await get(id))!;
			}
			return bring(id, choice, () =>
				safe.transaction('rw', safe.packages, async () => {
					const before = (await safe.packages.get(id)) ?? newRow(id, wanted, Date.now());
					await safe.packages.put({ ...before, choice: wanted, state: 'fetching', fault: null, beyond });
				})
			);
		},
		pause: async (id) =>
			void (await safe.packages
				.where('id')
				.equals(id)
				.and(({ state }) => state !== 'saved')
				.modify({ state: 'paused', fault: null })),
		async cancel(id) {
			const { isWhole } = await import('./heal.ts');
			await safe.transaction('rw', safe.packages, safe.installs, safe.blobs, safe.media, async () => {
				const row = await safe.packages.get(id);
				if (!row) return;
				if (row.kept) {
					const { languages } = row.kept;
					await safe.installs
						.where('package')
						.equals(id)
						.and((install) => !languages.includes(install.language))
						.delete();
					// What the browser took away of it in the meantime is said, and comes again.
					await safe.packages.update(
						id,
						(await isWhole(safe, id, row.kept))
							? { choice: row.kept, state: 'saved', fault: null, next: null }
							: { choice: row.kept, state: 'stopped', fault: { code: 'storage/evicted' } }
					);
				} else {
					await safe.packages.delete(id);
					await safe.installs.where('package').equals(id).delete();
				}
			});
			await (await runner()).tidy(id);
		},
		async remove(id) {
			await safe.transaction('rw', safe.packages, safe.installs, async () => {
				await safe.packages.delete(id);
				await safe.installs.where('package').equals(id).delete();
			});
			await (await runner()).tidy(id);
		},
		async resumeAll() {
			const [{ findEvicted }, { sweep }] = await Promise.all([import('./heal.ts'), import('./sweep.ts')]);
			// Where another tab is at it, that one looked when it was opened.
			await ifNobodysTurn(async () => {
				await findEvicted(databases);
				// What was to go when the last tab was killed.
				await sweep(databases);
			});
			await resumeStopped();
			let before: Link | undefined;
			watchLink((now) => {
				if (before && ((now.online && !before.online) || (!now.metered && before.metered)))
					void resumeStopped();
				before = now;
			});
			// A phone in a dead cell is never told that the link is back: it has to ask.
			const askAgain = () =>
				setTimeout(() => void resumeStopped().finally(askAgain), growingPause(0, Math.random, ASK_AGAIN));
			askAgain();
		},
		watch(listener) {
			const subscription = liveQuery(list).subscribe({ next: listener, error: () => listener([]) });
			return () => subscription.unsubscribe();
		},
		quote: async (id, choice) => (await import('./quote.ts')).quote(databases, id, toChoiceRow(choice)),
		news: async (id) => (await import('./quote.ts')).readNews(databases, id),
		findUpdates: async () => (await import('./updates.ts')).findUpdates(safe),
		async limitRoom(bytes) {
			await (await import('./room.ts')).setRoomLimit(safe, bytes);
			await resumeStopped();
		},
		storage: async () => (await import('./storage.ts')).storageOverview(databases),
		persist: async () => (await import('./storage.ts')).persist(),
		trust: async () => (await import('./catalogue.ts')).trustState(safe),
		async acceptOtherRoot() {
			const { forgetRoot, refreshCatalogue, trustState } = await import('./catalogue.ts');
			await forgetRoot(safe);
			const installs = await safe.installs.toArray();
			const packages = new Set(installs.map((install) => install.package));
			const languages = new Set(installs.map(({ language }) => language));
			const refreshed = await refreshCatalogue(safe, [...packages], [...languages]);
			return refreshed.ok ? ok(await trustState(safe)) : refreshed;
		}
	};
}

const ASK_AGAIN: Pauses = { first: 60_000, longest: 60_000 };

const unsaved = (id: string, choice: Choice, fault: SaveFault): StoredPackage => ({
	...{ id, choice, fault, state: 'stopped', phase: 'catalogue' },
	...{ readable: [], version: null, update: null, checked: null },
	bytes: { done: 0, total: 0, exact: false }
});
