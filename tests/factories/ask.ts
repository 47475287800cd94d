/** Asks the server's own routes through its hooks, as SvelteKit would, without a build and without a socket. */
import { isHttpError, type RequestEvent, type RequestHandler } from '@sveltejs/kit';
import { handle } from '../../src/hooks.server.ts';

type Methods = Record<string, RequestHandler | undefined>;
const modules = import.meta.glob<Methods>('../../src/routes/**/+server.ts');
/** How much of an address is open; SvelteKit tries what is fixed first. */
const openness = (path: string) => path.split('[').length - 1 + (path.includes('[...') ? 10 : 0);
const files = Object.keys(modules).sort((a, b) => openness(a) - openness(b));

const addressOf = (path: string): string =>
	pathOf(path)
		.replace(/\[(?:\.\.\.)?(\w+)(?:=\w+)?\]/g, '{$1}')
		.replace(/^$/, '/');
/** Addresses of all endpoints, `[id]` written `{id}` and `[...file]` `{file}`. */
export const routes: string[] = Object.keys(modules).map(addressOf);

/** Every handler that routes export, as `post /api/hand-in`. */
export async function handlers(): Promise<string[]> {
	const found = Object.entries(modules).map(async ([path, load]) => {
		const address = addressOf(path);
		return Object.keys(await load()).map((method) => `${method.toLowerCase()} ${address}`);
	});
	return (await Promise.all(found)).flat().sort();
}

/** The answer to a request; headers as an object. */
export async function ask(
	address: string,
	headers: Record<string, string> = {},
	method = 'GET'
): Promise<Response> {
	return dispatch(new Request(new URL(address, 'http://setara.test'), { method, headers }));
}

/** The answer to a whole request. */
export async function dispatch(request: Request): Promise<Response> {
	const { method } = request;
	const url = new URL(request.url);
	// As SvelteKit answers it, before anything of ours runs.
	if (!isEncoded(url.pathname)) return new Response('Malformed URI', { status: 400 });
	const event = {
		...{ request, url, locals: {}, params: {}, isSubRequest: false },
		getClientAddress: () => '192.0.2.1'
	} as unknown as RequestEvent;
	return handle({
		event,
		resolve: async () => {
			for (const path of files) {
				const params = match(pathOf(path), url.pathname);
				if (!params) continue;
				event.params = params;
				const handlers = await modules[path]!();
				// SvelteKit answers HEAD by GET.
				const handler = handlers[method === 'HEAD' && !handlers['HEAD'] ? 'GET' : method];
				if (!handler) return new Response('', { status: 405 });
				try {
					return await handler(event);
				} catch (error) {
					if (isHttpError(error)) return Response.json(error.body, { status: error.status });
					throw error;
				}
			}
			return new Response('', { status: 404 });
		}
	});
}

function isEncoded(path: string): boolean {
	try {
		return decodeURI(path) !== '';
	} catch {
		return false;
	}
}

/** The address of a route's file: groups in round brackets are not part of it. */
function pathOf(file: string): string {
	return file
		.replace('../../src/routes', '')
		.replace(/\/\([^)]+\)/g, '')
		.replace(/\/\+server\.ts$/, '');
}

function match(path: string, asked: string): Record<string, string> | null {
	const names: string[] = [];
	const pattern = path.replace(
		/(\/)?\[(\.\.\.)?(\w+)(?:=\w+)?\]/g,
		(_, slash: string | undefined, rest: string | undefined, name: string) => {
			names.push(name);
			// A rest may be nothing at all, as SvelteKit has it.
			return rest && slash ? '(?:/(.*))?' : `${slash ?? ''}${rest ? '(.*)' : '([^/]+)'}`;
		}
	);
	const found = new RegExp(`^${pattern}$`).exec(asked);
	return (
		found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]))
	);
}
