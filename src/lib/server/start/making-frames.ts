/** Makes likely frames while the server runs, and sweeps those that are of no use any more (PCK-25 to PCK-29). */
import { makeQueued, planFrames, sweepFrames, type AheadGround } from '../packages/frames-ahead.ts';

/** Long enough to leave the first pages after a start alone; a version is out before its students look for it. */
const LOOK = 10_000;
const HOUR = 3_600_000;

/** Looks every ten seconds, whoever published; answers what ends it. */
export function makeFramesAhead(ground: AheadGround): () => Promise<void> {
	const stop = new AbortController();
	let running: Promise<void> | null = null;
	let swept = -Infinity;
	async function turn(): Promise<void> {
		try {
			const planned = await planFrames(ground.database, Date.now());
			await makeQueued(ground.frames, stop.signal);
			if (stop.signal.aborted || (planned === 0 && performance.now() - swept < HOUR)) return;
			await sweepFrames(ground);
			swept = performance.now();
		} catch (error) {
			console.error('frames: making them ahead:', error);
		}
	}
	const timer = setInterval(() => {
		running ??= turn().finally(() => (running = null));
	}, LOOK);
	timer.unref();
	return async () => {
		clearInterval(timer);
		stop.abort();
		await running;
	};
}
