import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAppFiles } from '../releases/files.ts';
import { serveAppFiles } from './app-files.ts';

const ALL = 'gzip, deflate, br, zstd, dcb, dcz';
const script = (word: string) =>
	Array.from({ length: 400 }, (_, at) => `export const v${at} = ${(at * 7919) % 1000}; // ${word}`).join(
		'\n'
	);
const OLD = script('older');
const NEW = script('older').replace('v7 = ', 'v7 = 1 + ');
const FILES = {
	'before/_app/immutable/chunks/app.aaaaaaa1.js': OLD,
	'before/_app/immutable/chunks/other.aaaaaaa2.js': NEW.slice(1),
	'before/_app/immutable/chunks/gone.aaaaaaa3.js': 'export const gone = true;',
	'before/_app/immutable/chunks/noise.aaaaaaa4.js': randomBytes(3000).toString('base64'),
	'before/shell.html': `<html>${OLD}`,
	'build/client/_app/immutable/chunks/app.bbbbbbb1.js': NEW,
	'build/client/_app/immutable/chunks/noise.bbbbbbb4.js': 'export const short = 1;',
	'build/client/_app/immutable/assets/th.bbbbbbb5.woff2': 'a font',
	'build/prerendered/shell.html': `<html>${NEW}`
};

let root: string;
let port: number;
const server = createServer();

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'setara-files-'));
	for (const [path, text] of Object.entries(FILES)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
	const serve = serveAppFiles(await findAppFiles(join(root, 'build'), [join(root, 'before')]));
	server.on('request', (asked, response) => {
		if (!serve(asked, response, asked.url ?? '')) response.writeHead(404).end();
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
	server.close();
	await rm(root, { recursive: true });
});

interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** Not by `fetch`, which would take the body out of its encoding. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
	return new Promise((done, failed) => {
		const asked = request({ port, path, method, headers }, (response) => {
			const pieces: Buffer[] = [];
			response.on('data', (bytes: Buffer) => pieces.push(bytes));
			response.on('end', () =>
				done({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) })
			);
		});
		asked.on('error', failed);
		asked.end();
	});
}

const digest = (text: string) => `:${createHash('sha256').update(text).digest('base64')}:`;
const APP = '/_app/immutable/chunks/app.bbbbbbb1.js';

describe('files of the app (SRV-70)', () => {
	it('never change, are compressed, and say what they will be a dictionary for', async () => {
		const { headers, body } = await ask(APP, { 'accept-encoding': ALL });
		expect(headers).toMatchObject({
			'content-type': 'text/javascript',
			'cache-control': 'public,max-age=31536000,immutable',
			'content-encoding': 'br',
			vary: 'accept-encoding, available-dictionary',
			'use-as-dictionary': 'match="/_app/immutable/chunks/app.*.js"'
		});
		expect(brotliDecompressSync(body).toString()).toBe(NEW);
	});

	it('come in gzip or as they are to who takes no more', async () => {
		const zipped = await ask(APP, { 'accept-encoding': 'gzip' });
		expect(gunzipSync(zipped.body).toString()).toBe(NEW);
		const plain = await ask(APP);
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.body.toString()).toBe(NEW);
	});

	it('answer HEAD, and 304 to who has them', async () => {
		const head = await ask(APP, {}, 'HEAD');
		expect([head.headers['content-length'], head.body.length]).toEqual([String(NEW.length), 0]);
		const again = await ask(APP, { 'if-none-match': head.headers.etag! });
		expect([again.status, again.body.length]).toEqual([304, 0]);
	});

	it('leave fonts as they are', async () => {
		const { headers, body } = await ask('/_app/immutable/assets/th.bbbbbbb5.woff2', {
			'accept-encoding': ALL
		});
		expect(body.toString()).toBe('a font');
		expect(headers['use-as-dictionary']).toBeUndefined();
	});

	it('are still there for pages that were opened before the upgrade (SRV-73)', async () => {
		const { status, body } = await ask('/_app/immutable/chunks/gone.aaaaaaa3.js');
		expect([status, body.toString()]).toEqual([200, 'export const gone = true;']);
		expect((await ask('/_app/immutable/chunks/gone.aaaaaaa9.js')).status).toBe(404);
	});
});

describe('dictionaries (SRV-71, SRV-72)', () => {
	const withDictionary = (available: string, accept = ALL, path = APP) =>
		ask(path, { 'accept-encoding': accept, 'available-dictionary': available });

	it('what a phone has of the release before makes the new file small, and it is that file to the byte', async () => {
		const { headers, body } = await withDictionary(digest(OLD));
		expect(headers['content-encoding']).toBe('dcz');
		expect(headers.vary).toBe('accept-encoding, available-dictionary');
		// RFC 9842, 5: the magic number, then which dictionary.
		expect(body.subarray(0, 8).toString('hex')).toBe('5e2a4d1820000000');
		expect(`:${body.subarray(8, 40).toString('base64')}:`).toBe(digest(OLD));
		expect(body.length).toBeLessThan(120);
		expect(zstdDecompressSync(body.subarray(40), { dictionary: Buffer.from(OLD) }).toString()).toBe(NEW);
	});

	it('with another dictionary the bytes are refused, not taken for others', async () => {
		const { body } = await withDictionary(digest(OLD));
		const other = Buffer.from(OLD.replaceAll('older', 'newer'));
		expect(() => zstdDecompressSync(body.subarray(40), { dictionary: other })).toThrow();
	});

	it('the shell likewise', async () => {
		const { headers, body } = await withDictionary(digest(FILES['before/shell.html']), ALL, '/shell');
		expect(headers).toMatchObject({
			'content-encoding': 'dcz',
			'content-type': 'text/html',
			'cache-control': 'private,max-age=7776000',
			'use-as-dictionary': 'match="/shell"'
		});
		expect(
			zstdDecompressSync(body.subarray(40), {
				dictionary: Buffer.from(FILES['before/shell.html'])
			}).toString()
		).toBe(FILES['build/prerendered/shell.html']);
	});

	it.each([
		['that nobody ever served', digest('what is that'), ALL],
		['of another file', digest(FILES['before/_app/immutable/chunks/other.aaaaaaa2.js']), ALL],
		['that is the file itself', digest(NEW), ALL],
		['said wrongly', digest(OLD).slice(1), ALL],
		['said at length', `:${'A'.repeat(4000)}:`, ALL],
		['without the encoding for it', digest(OLD), 'gzip, deflate, br, zstd'],
		['in brotli alone', digest(OLD), 'br, dcb'],
		['refused by weight', digest(OLD), 'br, dcz;q=0']
	])('a dictionary %s gets the plain answer', async (_, available, accept) => {
		const { status, headers, body } = await withDictionary(available, accept);
		expect([status, headers['content-encoding']]).toEqual([200, 'br']);
		expect(brotliDecompressSync(body).toString()).toBe(NEW);
	});

	it('one that saves nothing gets the plain answer', async () => {
		const noise = FILES['before/_app/immutable/chunks/noise.aaaaaaa4.js'];
		const { headers } = await withDictionary(digest(noise), ALL, '/_app/immutable/chunks/noise.bbbbbbb4.js');
		expect(headers['content-encoding']).toBe('br');
	});
});
