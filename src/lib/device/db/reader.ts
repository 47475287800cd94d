/**
 * Reading what is stored without Dexie, so that a lesson opens before 90 KB of it are parsed, and the service worker
 * need not carry it (DEV-5, docs/adr/0041-read-the-store-without-dexie.md). It never makes or upgrades a database:
 * where there is none, nothing is stored.
 */
import { MEDIA, SAFE, type TableRows } from './names.ts';

type Table = keyof TableRows;

const open = new Map<string, Promise<IDBDatabase | null>>();

/** One row by its key. */
export const read = <T extends Table>(table: T, key: IDBValidKey): Promise<TableRows[T] | undefined> =>
	ask(table, (store) => store.get(key) as IDBRequest<TableRows[T] | undefined>, undefined);

/** All rows, or those whose key begins with `first` where the key is a pair. */
export const readAll = <T extends Table>(table: T, first?: string): Promise<TableRows[T][]> =>
	ask(
		table,
		(store) =>
			store.getAll(first === undefined ? null : IDBKeyRange.bound([first], [first, []])) as IDBRequest<
				TableRows[T][]
			>,
		[]
	);

async function ask<Value>(
	table: Table,
	question: (store: IDBObjectStore) => IDBRequest<Value>,
	otherwise: Value
): Promise<Value> {
	const name = table === 'chunks' ? MEDIA : SAFE;
	for (let again = true; ; again = false) {
		const db = await connect(name);
		if (!db?.objectStoreNames.contains(table)) return otherwise;
		try {
			return await settled(question(db.transaction(table, 'readonly').objectStore(table)));
		} catch (error) {
			// Closed under us by an upgrade in another tab: once more with the new one.
			if (!again || !(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
			open.delete(name);
		}
	}
}

/** The database, or null where there is none yet: it is never made here. */
export function connect(name: string): Promise<IDBDatabase | null> {
	const known = open.get(name);
	if (known) return known;
	const opening = new Promise<IDBDatabase | null>((resolve, reject) => {
		const request = indexedDB.open(name);
		// There is no such database: opening it must not make an empty one.
		request.onupgradeneeded = () => request.transaction!.abort();
		request.onerror = () =>
			request.error?.name === 'AbortError' ? resolve(null) : reject(request.error as Error);
		request.onsuccess = () => {
			const db = request.result;
			const forget = () => {
				db.close();
				open.delete(name);
			};
			db.onversionchange = forget;
			db.onclose = forget;
			resolve(db);
		};
	});
	open.set(name, opening);
	// Nothing stored, or not to be opened now: asked again the next time.
	opening.then(
		(db) => db ?? open.delete(name),
		() => open.delete(name)
	);
	return opening;
}

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error as Error);
	});
