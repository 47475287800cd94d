/** Where a file that another app shared waits for the page that looks into it (FIL-9). */

export const SHARED_PATH = '/share';
export const SHARED_CACHE = 'setara-shared';
export const SHARED_NAME = 'x-file-name';

/** The file that was shared last; given once. Null where none waits. */
export async function takeSharedFile(): Promise<File | null> {
	const cache = await caches.open(SHARED_CACHE);
	const kept = await cache.match(SHARED_PATH);
	if (!kept) return null;
	const name = decodeURIComponent(kept.headers.get(SHARED_NAME) ?? '');
	const file = new File([await kept.blob()], name);
	// The blob is the browser's own by now, and outlives its place in the cache.
	await caches.delete(SHARED_CACHE);
	return file;
}
