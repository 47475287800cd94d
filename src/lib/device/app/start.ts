/** The app around the pages: called once by the root layout when the first page is drawn. */
import { catchInstallOffer } from './install.ts';

let started = false;

/** Registers the worker when the page is at rest, so that no byte of it delays the first page. */
export function startApp(): void {
	// Seen by the bench and by anyone's profiler: from here on the page answers.
	performance.mark('setara:hydrated');
	if (started || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
	started = true;
	catchInstallOffer();
	const start = () => void import('./worker.ts').then(({ startWorker }) => startWorker());
	if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 3000 });
	else setTimeout(start, 1000);
}
