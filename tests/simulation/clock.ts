/** Time that passes only when nothing else is to be done, so that an hour of a slow link is over in a moment. */

export interface Clock {
	now: () => number;
	/** Calls after so many milliseconds; answers what ends it. */
	after: (ms: number, call: () => void) => () => void;
	sleep: (ms: number) => Promise<void>;
	/** Lets time pass until the work is over; throws where it never would be, or takes longer than `most`. */
	until: <Value>(work: Promise<Value>, most: number) => Promise<Value>;
}

export function startClock(): Clock {
	let time = 0;
	let order = 0;
	const timers = new Map<number, { at: number; call: () => void }>();
	const after = (ms: number, call: () => void) => {
		const id = ++order;
		timers.set(id, { at: time + ms, call });
		return () => void timers.delete(id);
	};
	return {
		now: () => time,
		after,
		sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
		async until(work, most) {
			const end = time + most;
			let isOver = false;
			void work.then(
				() => (isOver = true),
				() => (isOver = true)
			);
			for (;;) {
				// All that is no timer is done before the next one.
				await new Promise((resolve) => setImmediate(resolve));
				if (isOver) return work;
				const next = [...timers].reduce(
					(first, timer) => (first === null || timer[1].at < first[1].at ? timer : first),
					null as [number, { at: number; call: () => void }] | null
				);
				if (!next) throw new Error(`it waits for nothing at ${time} ms`);
				if (next[1].at > end) throw new Error(`it is not over after ${most} ms`);
				timers.delete(next[0]);
				time = next[1].at;
				next[1].call();
			}
		}
	};
}
