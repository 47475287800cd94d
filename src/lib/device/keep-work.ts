/** Has the worker keep what authors or the committee work with, whole, from its first use on: then it works with no link. */
export async function keepWork(area: 'teach' | 'review' | 'people', language: string): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	const { active } = await navigator.serviceWorker.ready;
	active?.postMessage({ type: 'work', area, language });
}
