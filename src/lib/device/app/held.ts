/** A newer release of the app that waits for the week's data: what it takes, and fetching it all the same (BUD-11). */
import { HELD, parseHeld, SAVER, type Held } from '../../core/budget/held.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { read } from '../db/reader.ts';
import { openDatabases } from '../db/schema.ts';
import { watchLink } from '../link.ts';

/** Calls with what waits, or null, now and when a release was fetched or held in any tab; answers what ends it. */
export function watchHeld(listener: (held: Held | null) => void): () => void {
	const look = () => void heldNow().then(listener, () => undefined);
	look();
	const ends = [
		onInstall(look),
		watchLink(({ saveData }) => void noteSaver(saveData).catch(() => undefined))
	];
	return () => ends.forEach((end) => end());
}

/** A worker is not told by the browser whether data are to be spared, as pages are: it reads what a page last heard. */
async function noteSaver(isOn: boolean): Promise<void> {
	const wasOn = (await read('settings', SAVER))?.value === true;
	if (isOn === wasOn) return;
	await openDatabases().safe.settings.put({ key: SAVER, value: isOn });
	if (!isOn) await askAgain();
}

const heldNow = async (): Promise<Held | null> => parseHeld((await read('settings', HELD))?.value);

/** Calls when the worker of a newer release has fetched it or has given up; answers what ends it. */
export function onInstall(listener: () => void): () => void {
	const stop = new AbortController();
	const { signal } = stop;
	void registered().then((registration) => {
		const follow = () => registration?.installing?.addEventListener('statechange', listener, { signal });
		registration?.addEventListener('updatefound', follow, { signal });
		follow();
	});
	return () => stop.abort();
}

const registered = async (): Promise<ServiceWorkerRegistration | null> =>
	'serviceWorker' in navigator ? navigator.serviceWorker.ready : null;

/** Where something waits, it is looked again whether it still must: the person allows another amount. */
export async function askAgain(): Promise<void> {
	if (await heldNow()) await (await registered())?.update().catch(() => undefined);
}

/**
 * Fetches what waits beyond the week's data, on the person's word, and answers when it is here. The word holds until it
 * is, also over a cut: `network/offline` where the server was not reached, `network/cut` where not all of it came.
 */
export async function fetchHeld(): Promise<Result<void, Fault<'network/offline' | 'network/cut'>>> {
	const [registration, held] = [await registered(), await heldNow()];
	if (!registration || !held) return ok(undefined);
	const { settings } = openDatabases().safe;
	await settings.put({ key: HELD, value: { ...held, allowed: true } satisfies Held });
	// Twice: an installation that was under way before the word may be the one that is waited for.
	for (const isLast of [false, true]) {
		try {
			await registration.update();
		} catch {
			return fail('network/offline');
		}
		const worker = registration.installing;
		// The server has gone back to what is here.
		if (!worker) return ok(await settings.delete(HELD));
		await settled(worker);
		if (!(await heldNow())?.allowed) break;
		if (isLast) return fail('network/cut');
	}
	return ok(undefined);
}

const settled = (worker: ServiceWorker): Promise<void> =>
	new Promise((done) => {
		const look = () => worker.state !== 'installing' && done();
		worker.addEventListener('statechange', look);
		look();
	});
