/** The network comes or is another: what waits then tries at once, with as many requests as it bears (DEV-62, DEV-63). */
import { connection } from '../link.ts';

const MOST_REQUESTS = 4;

/** The most requests at once to one source on the network of now: one on 2G, a browser's own limit is six. */
export const requestsAtOnce = (): number => (connection()?.effectiveType?.endsWith('2g') ? 1 : MOST_REQUESTS);

/** Calls when the browser sees a network come or change; answers what ends it. */
export function watchNetwork(listener: () => void): () => void {
	const link = connection();
	window.addEventListener('online', listener);
	link?.addEventListener('change', listener);
	return () => {
		window.removeEventListener('online', listener);
		link?.removeEventListener('change', listener);
	};
}

/** Waits so long, or until the network comes or changes. */
export function pauseUntilNetwork(ms: number): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(over, ms);
		const end = watchNetwork(over);
		function over() {
			clearTimeout(timer);
			end();
			resolve();
		}
	});
}
