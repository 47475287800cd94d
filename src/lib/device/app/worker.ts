/** Registers the service worker and listens for its updates; loaded when the page is drawn and at rest. */
import { Workbox } from 'workbox-window';
import { announceUpdate, restartWhenFree } from './update.ts';

/** A tab that stays open for days asks for a new version this often. */
const ASK_EVERY = 6 * 60 * 60 * 1000;

/** Called once, by `startApp`. */
export async function startWorker(): Promise<void> {
	const workbox = new Workbox('/service-worker.js');
	workbox.addEventListener('waiting', () =>
		announceUpdate(() => void workbox.messageSW({ type: 'skip-waiting' }))
	);
	// The first worker of all takes over without anything being swapped.
	workbox.addEventListener('controlling', ({ isUpdate }) => {
		if (isUpdate) void restartWhenFree();
	});
	const registration = await workbox.register({ immediate: true }).catch(() => undefined);
	if (!registration) return;
	setInterval(() => void registration.update().catch(() => undefined), ASK_EVERY);
	const active = (await navigator.serviceWorker.ready).active;
	active?.postMessage({ type: 'loaded', urls: loaded() });
}

/** What this page fetched of the app before there was a worker to keep it. */
const loaded = (): string[] =>
	performance
		.getEntriesByType('resource')
		.map(({ name }) => name)
		.filter((name) => name.includes('/_app/immutable/'));
