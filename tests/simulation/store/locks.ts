/** Web Locks of one origin, over all its tabs: in the order in which they were asked for; a killed tab lets go of its own. */
import type { Grip } from './disk.ts';

interface Request {
	tab: Grip;
	mode: LockMode;
	grant: (lock: Lock | null) => void;
}

type Asked<Value> = (lock: Lock | null) => Value | Promise<Value>;

export interface Locks {
	/** `navigator.locks.request` of one tab; options other than `mode` and `ifAvailable` are not used by what runs here. */
	request: <Value>(
		tab: Grip,
		name: string,
		options: LockOptions | Asked<Value>,
		work?: Asked<Value>
	) => Promise<Value>;
	/** Lets go of what a tab holds and waits for. */
	letGo: (tab: Grip) => void;
	/** Names that are held now. */
	held: () => string[];
}

export function openLocks(): Locks {
	const holders = new Map<string, Request[]>();
	const waiting = new Map<string, Request[]>();
	const of = (map: Map<string, Request[]>, name: string) => map.get(name) ?? map.set(name, []).get(name)!;
	const fits = (name: string, mode: LockMode) =>
		of(holders, name).every((each) => each.mode === 'shared' && mode === 'shared');

	function next(name: string): void {
		const queue = of(waiting, name);
		while (queue[0] && fits(name, queue[0].mode)) {
			const request = queue.shift()!;
			of(holders, name).push(request);
			request.grant({ name, mode: request.mode });
		}
	}
	const drop = (map: Map<string, Request[]>, isGone: (request: Request) => boolean) => {
		for (const [name, requests] of map)
			map.set(
				name,
				requests.filter((each) => !isGone(each))
			);
	};

	return {
		async request<Value>(
			tab: Grip,
			name: string,
			options: LockOptions | Asked<Value>,
			work?: Asked<Value>
		): Promise<Value> {
			const { mode = 'exclusive', ifAvailable = false } = typeof options === 'function' ? {} : options;
			const call = typeof options === 'function' ? options : work!;
			if (tab.isDead) return new Promise(() => undefined);
			if (ifAvailable && (!fits(name, mode) || of(waiting, name).length > 0)) return call(null);
			let request: Request | undefined;
			const lock = await new Promise<Lock | null>((grant) => {
				request = { tab, mode, grant };
				of(waiting, name).push(request);
				next(name);
			});
			try {
				return await call(lock);
			} finally {
				drop(holders, (each) => each === request);
				next(name);
			}
		},
		letGo(tab) {
			drop(waiting, (each) => each.tab === tab);
			drop(holders, (each) => each.tab === tab);
			for (const name of waiting.keys()) next(name);
		},
		held: () => [...holders].flatMap(([name, requests]) => (requests.length > 0 ? name : []))
	};
}
