/**
 * A tab: the phone's own modules in a scope of their own, with the world's time, chance, network, disk and locks.
 * A killed one runs no further: whatever it waits for never comes.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { Script } from 'node:vm';
import { IDBKeyRange } from 'fake-indexeddb';
import { build, type Plugin, type Rolldown } from 'vite';
import { root } from '../../../vite/root.ts';
import type { Disk, Grip } from './disk.ts';
import type { Locks } from './locks.ts';
import type { Phone } from './phone-entry.ts';
import type { Time } from './time.ts';

/** What the tabs of one phone share. */
export interface Ground {
	time: Time;
	chance: (limit: number) => number;
	disk: Disk;
	locks: Locks;
	/** Channels between tabs, by name. */
	channels: Map<string, Set<Channel>>;
	fetch: (tab: Grip, url: string, init: RequestInit) => Promise<object>;
}

export interface Tab extends Grip {
	phone: Phone;
	kill: () => void;
}

interface Channel {
	tab: Grip;
	onmessage: ((message: { data: unknown }) => void) | null;
}

/** Bytes of a chunk: an eighth of the real one, so that a history of many is over in milliseconds. */
const CHUNK = 32 * 1024;
const smallChunks: Plugin = {
	name: 'small-chunks',
	transform(code, id) {
		if (!id.endsWith('core/base/vocabulary.ts')) return null;
		if (!code.includes('256 * 1024')) throw new Error('the size of a chunk is not where it was');
		return code.replace('256 * 1024', String(CHUNK));
	}
};

type Scope = Record<string, unknown>;
let run: ((...scope: unknown[]) => Phone) | undefined;

/** Bundles what a tab runs, once, as a function of all that it finds around it: so its code is warm in every tab. */
export async function bundleTab(): Promise<void> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		plugins: [root(''), smallChunks],
		// Dexie puts another one in its place while a transaction runs.
		define: { Promise: 'globalThis.Promise' },
		resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
		build: {
			...{ write: false, minify: false },
			lib: { entry: 'tests/simulation/store/phone-entry.ts', formats: ['iife'], name: 'tab' }
		}
	});
	const { code } = (built as Rolldown.RolldownOutput[])[0]!.output[0];
	const script = new Script(`(function (${NAMES.join()}) { ${code}\n return globalThis.phone; })`, {
		filename: 'phone.js'
	});
	run = script.runInThisContext() as typeof run;
}

/** What a tab has of its own; everything else is the platform's. */
const NAMES = [
	...['globalThis', 'window', 'self', 'document', 'navigator', 'location', 'performance', 'console'],
	...['Date', 'Math', 'setTimeout', 'clearTimeout', 'crypto', 'caches', 'fetch', 'isSecureContext'],
	...['indexedDB', 'IDBKeyRange', 'BroadcastChannel'],
	...['addEventListener', 'removeEventListener', 'dispatchEvent']
];

const never = new Promise<never>(() => undefined);

export function openTab(ground: Ground): Tab {
	const { time, disk, locks, channels } = ground;
	const timers = new Map<number, () => void>();
	let lastTimer = 0;
	const own = new Set<Channel>();
	const tab: Grip = { isDead: false, disk };
	const clearTimer = (id: number) => {
		timers.get(id)?.();
		timers.delete(id);
	};
	const setTimer = (call: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
		const id = ++lastTimer;
		const fire = () => timers.delete(id) && call(...args);
		if (!tab.isDead) timers.set(id, time.after(ms, fire));
		return id;
	};
	class TabChannel implements Channel {
		tab = tab;
		onmessage: Channel['onmessage'] = null;
		private readonly all: Set<Channel>;
		constructor(name: string) {
			this.all = channels.get(name) ?? new Set();
			channels.set(name, this.all.add(this));
			own.add(this);
		}
		postMessage(message: unknown) {
			for (const other of this.all) {
				const data = structuredClone(message);
				if (other !== this) time.task(() => other.tab.isDead || other.onmessage?.({ data }));
			}
		}
		close() {
			this.all.delete(this);
		}
	}
	const events = new EventTarget();
	const listening = {
		addEventListener: events.addEventListener.bind(events),
		removeEventListener: events.removeEventListener.bind(events),
		dispatchEvent: events.dispatchEvent.bind(events)
	};
	const scope: Scope = {
		...CLASSES,
		...listening,
		...platformOf(ground),
		...{ setTimeout: setTimer, clearTimeout: clearTimer, BroadcastChannel: TabChannel },
		...{ indexedDB: disk.factoryOf(tab), IDBKeyRange, isSecureContext: true },
		fetch: (url: string, init: RequestInit) => (tab.isDead ? never : ground.fetch(tab, url, init)),
		location: { origin: 'https://phone.test', href: 'https://phone.test/' },
		document: { hidden: false, visibilityState: 'visible', documentElement: { lang: 'en' }, ...listening },
		navigator: {
			onLine: true,
			locks: { request: locks.request.bind(null, tab) },
			storage: { persisted: async () => false, persist: async () => false, estimate: async () => ({}) }
		}
	};
	scope['globalThis'] = scope['window'] = scope['self'] = scope;
	return Object.assign(tab, {
		phone: run!(...NAMES.map((name) => scope[name])),
		kill() {
			tab.isDead = true;
			for (const end of timers.values()) end();
			for (const channel of own) for (const all of channels.values()) all.delete(channel);
			disk.letGo(tab);
			locks.letGo(tab);
		}
	});
}

/** What the platform makes things of (`Array`, `Map`): Dexie asks the global object for them. */
const CLASSES = Object.fromEntries(
	Object.getOwnPropertyNames(globalThis)
		.filter((name) => /^[A-Z]/.test(name))
		.map((name) => [name, Reflect.get(globalThis, name) as unknown])
);

/** Time and chance of the world, and answers at once where the real ones come from other threads. */
function platformOf({ time, chance }: Ground): Scope {
	const now = () => Math.floor(time.now());
	class Now extends Date {
		constructor(...parts: number[]) {
			super(...((parts.length > 0 ? parts : [now()]) as [number]));
		}
		static override now = now;
	}
	const four = () => chance(65_536).toString(16).padStart(4, '0');
	return {
		Date: Now,
		// Dexie puts its own functions on it while a transaction runs, which must not reach other tabs.
		Promise: class extends Promise<unknown> {},
		Math: Object.assign(Object.create(Math) as Math, { random: () => chance(2 ** 30) / 2 ** 30 }),
		performance: { now: time.now, timeOrigin: time.now() },
		caches: { delete: async () => false },
		// What a killed tab's code still says is not to be read.
		console: { log: () => undefined, warn: () => undefined, debug: () => undefined, error: () => undefined },
		crypto: {
			randomUUID: () => Array.from({ length: 8 }, four).join('-'),
			subtle: {
				digest: async (_: string, bytes: Uint8Array) => sha256(bytes),
				importKey: async (_: string, key: Uint8Array) => key,
				verify: async (_: string, ...parts: [Uint8Array, Uint8Array, Uint8Array]) => isSigned(...parts)
			}
		}
	};
}

function sha256(bytes: Uint8Array): ArrayBuffer {
	const hash = createHash('sha256').update(bytes).digest();
	return hash.buffer.slice(hash.byteOffset, hash.byteOffset + 32) as ArrayBuffer;
}

const signed = new Map<string, boolean>();
const ED25519 = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519, each signature worked out once for all histories. */
function isSigned(key: Uint8Array, signature: Uint8Array, message: Uint8Array): boolean {
	const name = [key, signature, createHash('sha256').update(message).digest()]
		.map((bytes) => Buffer.from(bytes).toString('hex'))
		.join();
	const known = signed.get(name);
	if (known !== undefined) return known;
	const spki = createPublicKey({ key: Buffer.concat([ED25519, key]), format: 'der', type: 'spki' });
	const holds = verify(null, message, spki, signature);
	signed.set(name, holds);
	return holds;
}
