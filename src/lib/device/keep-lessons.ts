/** Has the worker keep what draws lessons, so that they open with no link, and the words of later pages (DEV-51). Called where a package is looked at. */
export async function keepLessons(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const { active } = await navigator.serviceWorker.ready;
	active?.postMessage({ type: 'lessons', language: document.documentElement.lang });
}
