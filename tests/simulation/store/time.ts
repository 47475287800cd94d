/**
 * Time of a world of tabs: it stands while anything is being done, and goes on to the next timer when nothing is. What
 * the stand-in of IndexedDB does next waits in a queue of its own, so that a seed gives the same history every time.
 */
const nextTurn = setImmediate;

export interface Time {
	now: () => number;
	/** Calls after so many milliseconds; answers what ends it. */
	after: (ms: number, call: () => void) => () => void;
	sleep: (ms: number) => Promise<void>;
	/** Calls in a task of its own, at once. */
	task: (call: () => void) => void;
	/** Work of the machine that the test runs on: all stands still until it is done. */
	outside: <Value>(work: () => Promise<Value>) => Promise<Value>;
	/** Lets time pass until the work is over; throws where it never would be, or takes longer than `most` milliseconds. */
	until: <Value>(work: Promise<Value>, most: number) => Promise<Value>;
}

/** More tasks in a row than any history has between two timers: something runs in a circle. */
const MOST_TASKS = 300_000;

export function startTime(begin: number): Time {
	let time = begin;
	let order = 0;
	let outside = 0;
	let lastOutside: Promise<unknown> = Promise.resolve();
	let tasks: (() => void)[] = [];
	let at = 0;
	const timers = new Map<number, { at: number; call: () => void }>();

	const after = (ms: number, call: () => void) => {
		const id = ++order;
		timers.set(id, { at: time + Math.max(0, ms), call });
		return () => void timers.delete(id);
	};
	const takeTask = () => {
		if (at === tasks.length) return undefined;
		const task = tasks[at++]!;
		if (at > 1000 && at * 2 > tasks.length) [tasks, at] = [tasks.slice(at), 0];
		return task;
	};
	function takeTimer(end: number): () => void {
		let next: [number, { at: number; call: () => void }] | null = null;
		for (const timer of timers) if (!next || timer[1].at < next[1].at) next = timer;
		if (!next) throw new Error(`it waits for nothing at ${time}`);
		if (next[1].at > end) throw new Error(`it is not over at ${time}`);
		timers.delete(next[0]);
		time = next[1].at;
		return next[1].call;
	}

	return {
		now: () => time,
		after,
		sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
		task: (call) => void tasks.push(call),
		outside(work) {
			outside++;
			const done = lastOutside.then(work).finally(() => outside--);
			lastOutside = done.catch(() => undefined);
			return done;
		},
		until(work, most) {
			const end = time + most;
			let isOver = false;
			let busy = 0;
			work.then(
				() => (isOver = true),
				() => (isOver = true)
			);
			const before = globalThis.setImmediate;
			globalThis.setImmediate = ((call: () => void) => tasks.push(call)) as unknown as typeof setImmediate;
			return new Promise<void>((resolve, reject) => {
				const turn = () => {
					try {
						if (isOver) return resolve();
						const task = outside > 0 ? () => undefined : takeTask();
						busy = task ? busy + 1 : 0;
						if (busy > MOST_TASKS && outside === 0) throw new Error(`it runs in a circle at ${time}`);
						(task ?? takeTimer(end))();
						nextTurn(turn);
					} catch (error) {
						reject(error as Error);
					}
				};
				nextTurn(turn);
			})
				.finally(() => (globalThis.setImmediate = before))
				.then(() => work);
		}
	};
}
