/**
 * What stands before the pages' handler: headers for answers that the pages' hooks never see (scripts, styles, the
 * prerendered shell), and the address under which people reach us (SRV-3, SRV-4).
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ServeAppFile } from './app-files.ts';
import type { ServeBlob } from './blobs.ts';
import { passRestOfBody } from './rest-of-body.ts';
import { APP_POLICY, DATA_HEADERS, SECURITY_HEADERS } from '../http/headers.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Read by adapter-node as PROTOCOL_HEADER; whatever a client sends under this name is overwritten here. */
export const PROTOCOL_HEADER = 'x-setara-protocol';

/** Scripts and styles of a build, and data: no pages, so they carry no page's headers (the hooks add a data policy). */
const LEAN = /^\/(?:_app\/immutable|api|blob|media|pack|package|tuf)\//;
/** No pages either, but without a lasting address. */
const FILE =
	/^\/(?:_app\/version\.json|early\.js|icon[\w-]*\.(?:png|svg)|manifest\.webmanifest|no-script\.css)$/;
/** Its own policy is what the worker fetches under. */
const WORKER = '/service-worker.js';

/** Twice the largest body that is taken (BODY_SIZE_LIMIT). */
const MAX_REST = 2_000_000;

export interface FrontOptions {
	handler: Handler;
	/** Answers for the app's own files before the handler would. */
	serveFile: ServeAppFile;
	/** Answers for blobs before the handler would. */
	serveBlob: ServeBlob;
	/** Policy of each prerendered page by its path. */
	prerendered: ReadonlyMap<string, string>;
	/** People come by https: browsers may remember that. */
	isHttps: boolean;
}

export function createFront({
	handler,
	serveFile,
	serveBlob,
	prerendered,
	isHttps
}: FrontOptions): RequestListener {
	const page = {
		...SECURITY_HEADERS,
		...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
		// What has a lasting address says so itself.
		'cache-control': 'no-cache'
	};
	const file = { ...DATA_HEADERS, 'cache-control': 'no-cache' };
	const worker = {
		...file,
		'referrer-policy': SECURITY_HEADERS['referrer-policy'],
		'content-security-policy': APP_POLICY
	};
	/** Null for what may be a page. */
	const leanOf = (path: string): Record<string, string> | null =>
		LEAN.test(path) ? DATA_HEADERS : FILE.test(path) ? file : path === WORKER ? worker : null;
	return (request, response) => {
		passRestOfBody(request, response, MAX_REST);
		request.headers[PROTOCOL_HEADER] = 'http';
		const path = (request.url ?? '/').split('?', 1)[0]!;
		const lean = leanOf(path);
		for (const [name, value] of Object.entries(lean ?? page)) response.setHeader(name, value);
		// HTTP/1.1 keeps a connection open without being told (RFC 9112, 9.3); said on each small answer it was a tenth of it.
		if (lean && request.httpVersion === '1.1') response.removeHeader('connection');
		if (!lean) response.setHeader('content-security-policy', prerendered.get(path) ?? APP_POLICY);
		const handle = () =>
			handler(request, response, () => {
				response.statusCode = 404;
				response.end();
			});
		if (serveFile(request, response, path) || serveBlob(request, response, path, handle)) return;
		handle();
	};
}

/**
 * The full policy of a prerendered page: what its own `<meta>` says, whose hashes are the build's, and
 * `frame-ancestors`, which a `<meta>` cannot say. The worker keeps the answer with its header.
 */
export async function prerenderedPolicies(
	build: string,
	paths: readonly string[]
): Promise<Map<string, string>> {
	const policies = new Map<string, string>();
	for (const path of paths) {
		const html = await readFile(join(build, 'prerendered', `${path}.html`), 'utf8').catch(() => null);
		const [, policy] = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html ?? '') ?? [];
		if (policy) policies.set(path, `${policy}; frame-ancestors 'none'`);
	}
	return policies;
}
