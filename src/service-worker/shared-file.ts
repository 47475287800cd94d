/** A file that another app shares with Setara (Web Share Target): put aside for the page that looks into it (FIL-9). */
import { isLanguage } from '../lib/core/base/languages.ts';
import { SHARED_CACHE, SHARED_NAME, SHARED_PATH } from '../lib/device/packages/shared-file.ts';
import { worker } from './scope.ts';

/** As the manifest says it. */
export const isShared = ({ request, url }: { request: Request; url: URL }): boolean =>
	request.method === 'POST' && url.origin === worker.location.origin && url.pathname === SHARED_PATH;

/** Nothing of it is looked at here, and nothing is saved before the person says so. */
export async function takeShared({ request }: { request: Request }): Promise<Response> {
	const file = await request
		.formData()
		.then((form) => form.get('file'))
		.catch(() => null);
	const chosen = (await worker.cookieStore?.get('language'))?.value ?? '';
	const page = `/${isLanguage(chosen) ? chosen : 'en'}/me/file`;
	if (!(file instanceof File)) return Response.redirect(page, 303);
	const cache = await caches.open(SHARED_CACHE);
	const headers = { [SHARED_NAME]: encodeURIComponent(file.name) };
	await cache.put(SHARED_PATH, new Response(file, { headers }));
	return Response.redirect(`${page}?shared`, 303);
}
