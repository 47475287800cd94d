/**
 * When something that goes by itself is tried: at the start, soon after a link appears, when a page that was left for
 * long is looked at again, and when it asked to be tried later. One run follows another.
 */

export interface Waking {
	/** Tries now. */
	run(): Promise<void>;
	/** Tries in so many milliseconds, instead of when it was to be tried. */
	later(ms: number): void;
	/** Ends what wakes it. */
	stop(): void;
}

/**
 * Begins at once.
 * @param engine `pause`: milliseconds until it should be tried again, null: not before something happens
 * @param stale milliseconds for which a page was left so that coming back to it looks for what happened meanwhile
 */
export function startWaking(
	engine: { run(): Promise<unknown>; pause(): number | null },
	stale: number
): Waking {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let lastRun = 0;
	let isOver = false;

	async function run(): Promise<void> {
		clearTimeout(timer);
		if (isOver) return;
		lastRun = Date.now();
		await engine.run();
		const pause = engine.pause();
		if (pause !== null && !isOver) later(pause);
	}
	function later(ms: number): void {
		clearTimeout(timer);
		timer = setTimeout(() => void run(), ms);
	}
	const onOnline = () => later(500 + Math.random() * 2000);
	const onVisible = () => {
		if (document.visibilityState === 'visible' && Date.now() - lastRun > stale) void run();
	};
	window.addEventListener('online', onOnline);
	document.addEventListener('visibilitychange', onVisible);
	void run();

	return {
		run,
		later,
		stop() {
			isOver = true;
			clearTimeout(timer);
			window.removeEventListener('online', onOnline);
			document.removeEventListener('visibilitychange', onVisible);
		}
	};
}
