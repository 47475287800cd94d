/** Simulations out of the phone's store, in a sandbox that only the answer's own header makes (DEV-33). */
import { SIMULATION_CSP } from '../lib/core/lessons/simulation.ts';
import { readSimulation } from '../lib/device/packages/read-simulation.ts';
import { worker } from './scope.ts';

const ADDRESS = /^\/sim\/([a-z0-9-]{1,64})\/([a-z0-9-]{1,64})\/([A-Za-z0-9-]{1,35})$/;

export const isSimulation = ({ url }: { url: URL }): boolean =>
	url.origin === worker.location.origin && ADDRESS.test(url.pathname);

/** One that is stored but not to be shown (recalled, say) is refused here, not asked of the server. */
export async function answerSimulation({ request, url }: { request: Request; url: URL }): Promise<Response> {
	const [, id, simulation, language] = ADDRESS.exec(url.pathname)!;
	const document = await readSimulation(id!, simulation!, language!);
	if (!document.ok && document.fault.code === 'library/not-saved') return fetch(request);
	return new Response(document.ok ? document.value : '', {
		status: document.ok ? 200 : 403,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': SIMULATION_CSP,
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer'
		}
	});
}
