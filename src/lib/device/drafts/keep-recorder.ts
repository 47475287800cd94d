/** The part of authoring that reads recordings, which is kept apart because of its size (ADR 0122, DRA-36). */

/** What it takes on the wire, in brotli; a test says when it is no longer so. */
export const RECORDER_BYTES = 100_000;

/** Whether it is kept on this phone, so that recordings go into a draft with no link. */
export async function hasRecorder(): Promise<boolean> {
	if (!('caches' in globalThis)) return false;
	const kept = await (await caches.open('setara-loaded')).keys();
	return kept.some(({ url }) => /\/work-recorder\.[^/]+\.js$/.test(url));
}

/** Fetches it, which has the worker keep it. False where it did not come. */
export async function keepRecorder(): Promise<boolean> {
	await import('./convert.ts').catch(() => null);
	return hasRecorder();
}
