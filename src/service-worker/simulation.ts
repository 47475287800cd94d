/** Simulations that this phone checked, in a sandbox that only the answer's own header makes; else the server's (DEV-33). */
import { SIMULATIONS } from '../lib/device/db/names.ts';
import { worker } from './scope.ts';

export const isSimulation = ({ request, url }: { request: Request; url: URL }): boolean =>
	request.method === 'GET' && url.origin === worker.location.origin && url.pathname.startsWith('/sim/');

/** The kept document has its policy with it. */
export const answerSimulation = async ({
	request,
	url
}: {
	request: Request;
	url: URL;
}): Promise<Response> => {
	const cache = await caches.open(SIMULATIONS);
	return (await cache.match(url.pathname)) ?? fetch(request);
};
