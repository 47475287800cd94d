/** Answers for the app's own files: those with a hash in their name, which never change, and the shell (SRV-70 to SRV-73). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { isUnchanged } from '../http/conditions.ts';
import { chooseEncoding } from '../http/encoding.ts';
import { createBodies } from '../releases/bodies.ts';
import type { AppFile, AppFiles } from '../releases/files.ts';

/** Answers the request if it is for such a file; false if not. */
export type ServeAppFile = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

const MEDIA_TYPES: Record<string, string> = {
	'.css': 'text/css',
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.woff2': 'font/woff2'
};
const FOREVER = 'public,max-age=31536000,immutable';
/**
 * Only the worker asks for the shell, past the browser's own cache (`reload`). It is a dictionary for as long as it is
 * fresh (RFC 9842, 2.2): so long may a phone be away and still fetch little. Nobody between may keep it.
 */
const A_SEASON = 'private,max-age=7776000';

export function serveAppFiles(files: AppFiles): ServeAppFile {
	const bodies = createBodies(files);

	async function answer(request: IncomingMessage, response: ServerResponse, file: AppFile): Promise<void> {
		response.setHeader('cache-control', file.hash ? FOREVER : A_SEASON);
		if (file.hash) {
			const etag = `W/"${file.hash}"`;
			response.setHeader('etag', etag);
			if (isUnchanged(request.headers['if-none-match'] ?? null, etag))
				return void response.writeHead(304).end();
		}
		response.setHeader('content-type', MEDIA_TYPES[extname(file.path)] ?? 'application/octet-stream');
		const { body, encoding } = file.pattern
			? await encoded(request, file)
			: { body: await bodies.read(file, null), encoding: null };
		if (file.pattern) {
			response.setHeader('vary', 'accept-encoding, available-dictionary');
			response.setHeader('use-as-dictionary', `match="${file.pattern}"`);
		}
		if (encoding) response.setHeader('content-encoding', encoding);
		response.setHeader('content-length', body.length);
		response.end(request.method === 'HEAD' ? undefined : body);
	}

	async function encoded({ headers }: IncomingMessage, file: AppFile) {
		const accept = headers['accept-encoding'] ?? null;
		const available = headers['available-dictionary'];
		const delta =
			typeof available === 'string' && chooseEncoding(accept, ['dcz'])
				? await bodies.differ(file, available)
				: null;
		if (delta) return { body: delta, encoding: 'dcz' };
		const encoding = chooseEncoding(accept, ['br', 'gzip']);
		return { body: await bodies.read(file, encoding), encoding };
	}

	return (request, response, path) => {
		const file = files.byUrl.get(path);
		if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
		answer(request, response, file).catch((error: unknown) => {
			console.error(`${path}:`, error);
			// What was begun must not pass for the whole.
			if (response.headersSent) response.destroy();
			else response.writeHead(500, { 'cache-control': 'no-store' }).end();
		});
		return true;
	};
}
