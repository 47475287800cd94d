/** Takes away, now and once a day, what hand-ins left and nobody needs (HND-15, HND-17). */
import type { HandIns } from '../review/hand-ins.ts';

const DAY = 24 * 3_600_000;

/** Answers what ends it. */
export function sweepDaily(handIns: Pick<HandIns, 'sweep'>): () => Promise<void> {
	let running = Promise.resolve();
	const turn = () =>
		handIns.sweep().then(
			() => {},
			(error: unknown) => console.error('hand-in: sweeping:', error)
		);
	running = turn();
	const timer = setInterval(() => (running = running.then(turn)), DAY);
	timer.unref();
	return () => {
		clearInterval(timer);
		return running;
	};
}
