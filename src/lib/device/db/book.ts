/**
 * The bill and the settings, changed without Dexie: for the service worker, which fetches the app itself and would
 * carry all of Dexie for a few rows (docs/adr/0131-the-app-itself-is-on-the-bill.md).
 */
import type { Spent } from '../../core/budget/bill.ts';
import { SAFE } from './names.ts';
import { connect } from './reader.ts';
import type { SettingRow } from './rows.ts';

/** What is stored, as it is with all that was changed. */
export interface Book {
	spent(): Spent[];
	/** Writes a day's line; one of no bytes is taken away. */
	put(line: Spent): void;
	setting(key: string): unknown;
	/** `undefined` takes it away. */
	set(key: string, value: unknown): void;
}

const keyOf = ({ day, what, of }: Spent): [string, string, string] => [day, what, of];

/**
 * Changes both in one transaction, which other tabs wait for; it is on the disk when this answers. Null where nothing
 * was ever stored on this phone. `change` must not wait for anything.
 */
export async function amend<Value>(change: (book: Book) => Value): Promise<Value | null> {
	const db = await connect(SAFE);
	if (!db?.objectStoreNames.contains('spent')) return null;
	const transaction = db.transaction(['spent', 'settings'], 'readwrite', { durability: 'strict' });
	const spent = transaction.objectStore('spent');
	const settings = transaction.objectStore('settings');
	return new Promise((resolve, reject) => {
		let answer: Value;
		transaction.onabort = () => reject(transaction.error as Error);
		transaction.oncomplete = () => resolve(answer);
		const lines = spent.getAll() as IDBRequest<Spent[]>;
		const all = settings.getAll() as IDBRequest<SettingRow[]>;
		// Requests of one transaction are answered in their order.
		all.onsuccess = () => {
			const of = (line: Spent) => JSON.stringify(keyOf(line));
			const bill = new Map(lines.result.map((line) => [of(line), line]));
			const values = new Map(all.result.map(({ key, value }) => [key, value]));
			answer = change({
				spent: () => [...bill.values()],
				put(line) {
					if (line.bytes === 0) {
						bill.delete(of(line));
						spent.delete(keyOf(line));
					} else {
						bill.set(of(line), line);
						spent.put(line);
					}
				},
				setting: (key) => values.get(key),
				set(key, value) {
					values.set(key, value);
					if (value === undefined) settings.delete(key);
					else settings.put({ key, value } satisfies SettingRow);
				}
			});
		};
	});
}
