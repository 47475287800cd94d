/**
 * A phone's disk: IndexedDB of one origin (fake-indexeddb, the specification in memory), which can be full at any write,
 * from which the browser takes rows away, and of which a killed tab hears nothing any more: what it had not committed is
 * undone, as a browser does it.
 */
import { IDBFactory, IDBObjectStore, IDBOpenDBRequest, IDBTransaction } from 'fake-indexeddb';
import type { TableRows } from '../../../src/lib/device/db/names.ts';
import type { PartialRow, TransferRow } from '../../../src/lib/device/db/rows.ts';
import type { Spent } from '../../../src/lib/core/budget/bill.ts';

/** What a tab holds of the disk. */
export interface Grip {
	isDead: boolean;
	disk: Disk;
}

export interface Rows extends TableRows {
	partial: PartialRow;
	transfers: TransferRow;
	spent: Spent;
}

interface RawStore {
	records: { values: () => Iterable<{ key: IDBValidKey; value: unknown }> };
	deleteRecord: (key: IDBValidKey, log: (() => void)[]) => void;
}
interface RawDatabase {
	name: string;
	transactions: RawTransaction[];
	connections: RawConnection[];
	rawObjectStores: Map<string, RawStore>;
	processTransactions: () => void;
}
interface RawConnection {
	_rawDatabase: RawDatabase;
	_closed: boolean;
	_closePending: boolean;
}
interface RawTransaction {
	db: RawConnection;
	mode: IDBTransactionMode;
	_started: boolean;
	_state: string;
	_requests: { operation: () => unknown; request: IDBRequest }[];
	_abort: (name: string | null) => void;
	_start: () => void;
	hasWritten?: boolean;
}

/** Connections and requests to open one, by whose they are. */
const grips = new WeakMap<object, Grip>();

function gripOf(target: object): Grip | undefined {
	const { db, transaction, source } = target as Partial<Pick<IDBRequest, 'transaction' | 'source'>> & {
		db?: object;
	};
	// A request to an index does not name its transaction here.
	const { objectStore } = (source ?? {}) as { objectStore?: IDBObjectStore };
	return grips.get(target) ?? grips.get(db ?? (transaction ?? objectStore?.transaction)?.db ?? target);
}

/** What fake-indexeddb tells, as far as somebody is there to hear it. */
const events = Object.getPrototypeOf(IDBTransaction.prototype) as {
	dispatchEvent: (event: Event) => boolean;
};
const dispatch = events.dispatchEvent;
events.dispatchEvent = function (this: object, event) {
	const grip = gripOf(this);
	const isOver = this instanceof IDBTransaction && (event.type === 'complete' || event.type === 'abort');
	if (isOver && this.mode !== 'readonly') grip?.disk.changed();
	if (!grip?.isDead) return dispatch.call(this, event);
	if (isOver) (this as unknown as RawTransaction).db._rawDatabase.processTransactions();
	// What it had asked to be opened is closed again, and what was to be made is not.
	if (event.type === 'upgradeneeded') (this as IDBOpenDBRequest).transaction!.abort();
	if (event.type === 'success') grip.disk.letGo(grip);
	return true;
};

for (const name of ['put', 'add'] as const) {
	const write = IDBObjectStore.prototype[name];
	IDBObjectStore.prototype[name] = function (...args) {
		const request = write.apply(this, args);
		const transaction = this.transaction as unknown as RawTransaction;
		const disk = gripOf(transaction)?.disk;
		const asked = transaction._requests.at(-1)!;
		const { operation } = asked;
		asked.operation = () => {
			transaction.hasWritten = true;
			if (disk?.refuses()) throw new DOMException('full', 'QuotaExceededError');
			return operation();
		};
		return request;
	};
}

const raw = IDBTransaction.prototype as unknown as RawTransaction;
const start = raw._start;
raw._start = function (this: RawTransaction) {
	const isDone = this._requests.every(({ request }) => request.readyState === 'done');
	if (isDone && this.hasWritten && this._state !== 'finished' && gripOf(this)?.disk.refusesCommit()) {
		return this._abort('QuotaExceededError');
	}
	return start.call(this);
};

export class Disk {
	/** After so many more writes none succeeds any more, until it is set to null. `atCommit`: it is said at the end of a transaction. */
	full: { after: number; atCommit: boolean } | null = null;
	/** How often it was said to be full. */
	refused = 0;
	/** Rows that were taken away and are not back: `chunks <digest>`. */
	readonly evicted = new Set<string>();
	/** Called when a transaction is over and none is under way. */
	onChange: () => void = () => undefined;

	private databases = new Map<string, RawDatabase>();
	private queues = new Map<string, Promise<unknown>>();

	/** IndexedDB as one tab sees it. */
	factoryOf(grip: Grip): IDBFactory {
		const factory = new IDBFactory();
		Object.assign(factory, { _databases: this.databases, _connectionQueues: this.queues });
		const open = factory.open.bind(factory);
		factory.open = (...args) => {
			if (grip.isDead) return new IDBOpenDBRequest();
			const request = open(...args);
			grips.set(request, grip);
			for (const type of ['upgradeneeded', 'success'])
				request.addEventListener(type, () => grips.set(request.result, grip));
			return request;
		};
		return factory;
	}

	/** After a tab was killed: undoes what it had not committed, and closes what it had open. */
	letGo(grip: Grip): void {
		for (const database of this.databases.values()) {
			const own = (connection: RawConnection) => grips.get(connection) === grip;
			for (const transaction of database.transactions.filter(({ db }) => own(db))) {
				if (transaction._state !== 'finished') transaction._abort(null);
			}
			for (const connection of database.connections.filter(own)) {
				connection._closed = connection._closePending = true;
			}
			database.connections = database.connections.filter((each) => !own(each));
		}
	}

	/** Whether a tab is making or changing the tables, which no kill of this simulation interrupts. */
	isUpgrading(): boolean {
		return this.transactions().some(({ mode }) => mode === 'versionchange');
	}

	refuses(): boolean {
		if (!this.full || this.full.after-- > 0 || this.full.atCommit) return false;
		return this.refused++ >= 0;
	}
	refusesCommit(): boolean {
		if (!this.full?.atCommit || this.full.after > 0) return false;
		return this.refused++ >= 0;
	}

	changed(): void {
		const isBusy = this.transactions().some(
			({ mode, _started, _state }) => mode !== 'readonly' && _started && _state !== 'finished'
		);
		if (!isBusy) this.onChange();
	}

	/** The rows of a table as they lie there. */
	rows<T extends keyof Rows>(table: T): Rows[T][] {
		const store = this.store(table);
		return store ? [...store.records.values()].map(({ value }) => value as Rows[T]) : [];
	}

	/** Takes one row away behind everybody's back, as a browser does. */
	evict(table: 'chunks' | 'blobs' | 'partial', key: IDBValidKey): void {
		this.store(table)!.deleteRecord(key, []);
		if (table !== 'partial') this.evicted.add(`${table} ${key as string}`);
	}

	/** Takes everything away; every tab must be closed. */
	evictAll(): void {
		this.databases.clear();
		this.queues.clear();
		this.evicted.clear();
	}

	private store(table: keyof Rows): RawStore | undefined {
		for (const { rawObjectStores } of this.databases.values())
			if (rawObjectStores.has(table)) return rawObjectStores.get(table);
		return undefined;
	}

	private transactions(): RawTransaction[] {
		return [...this.databases.values()].flatMap(({ transactions }) => transactions);
	}
}
