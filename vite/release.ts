/**
 * Adapter that finishes a build before it is written: pages get the import map, and the service worker becomes a few
 * lines that name its two files, the code and the list of the app's files (docs/adr/0108-a-release-changes-few-files.md).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter } from '@sveltejs/kit';
import { BESIDES, SHELL } from '../src/service-worker/kept.ts';
import { IMPORT_MAP } from './import-map.ts';

/** As `app.html` has it. */
const EMPTY = '{ "imports": {} }';
const IMMUTABLE = '_app/immutable';

const digest = (bytes: string | Uint8Array) => createHash('sha256').update(bytes);
/** Short enough for a name, long enough for all releases that there will be. */
const hash = (bytes: string | Uint8Array) => digest(bytes).digest('base64url').slice(0, 8);

export function release(adapter: Adapter): Adapter {
	return {
		...adapter,
		async adapt(builder) {
			const client = builder.getClientDirectory();
			const shell = join(builder.getBuildDirectory('output/prerendered/pages'), `${SHELL}.html`);
			const files = readdirSync(join(client, IMMUTABLE), { recursive: true, encoding: 'utf8' })
				.filter((path) => /\.\w+$/.test(path))
				.map((path) => `/${IMMUTABLE}/${path}`)
				.sort();
			const map = readFileSync(join(client, IMPORT_MAP), 'utf8');
			rmSync(join(client, IMPORT_MAP));
			const id = hash(files.join('\n') + readFileSync(shell, 'utf8'));
			fillPages(builder.getServerDirectory(), shell, map, id);
			writeFileSync(join(client, '_app/version.json'), JSON.stringify({ version: id }));
			splitWorker(client, files, shell);
			await adapter.adapt(builder);
		}
	};
}

/** Writes the map into the template of rendered pages and into the shell, whose policy names it by its digest. */
function fillPages(server: string, shell: string, map: string, id: string): void {
	const inCode = (text: string) => JSON.stringify(text).slice(1, -1);
	const templates = readdirSync(server, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.js'))
		.map((path) => join(server, path))
		.filter((path) => readFileSync(path, 'utf8').includes(inCode(EMPTY)));
	if (templates.length !== 1)
		throw new Error(`${templates.length} files of the server have the template of app.html`);
	for (const path of templates) {
		const code = readFileSync(path, 'utf8').replace(inCode(EMPTY), () => inCode(map));
		writeFileSync(path, code.replace(inCode('data-release=""'), inCode(`data-release="${id}"`)));
	}
	const html = readFileSync(shell, 'utf8')
		.replace(EMPTY, () => map)
		.replace('data-release=""', `data-release="${id}"`);
	const [, script = ''] = /<script type="importmap">([^<]*)/.exec(html) ?? [];
	const allowed = `script-src 'self' 'sha256-${digest(script).digest('base64')}'`;
	writeFileSync(shell, html.replace("script-src 'self'", allowed));
}

/** What a worker is compared by at each visit comes without a dictionary, so it is kept to what is new each time. */
function splitWorker(client: string, files: string[], shell: string): void {
	const path = join(client, 'service-worker.js');
	const apart = (name: string, text: string) => {
		const url = `/${IMMUTABLE}/worker/${name}.${hash(text)}.js`;
		writeFileSync(join(client, url), text);
		return url;
	};
	mkdirSync(join(client, IMMUTABLE, 'worker'));
	const besides = BESIDES.map((url) => {
		const bytes = readFileSync(url === SHELL ? shell : join(client, url));
		return { url, revision: hash(bytes) };
	});
	const list = apart('files', `self.release=${JSON.stringify({ files, besides })}`);
	const code = apart('code', readFileSync(path, 'utf8'));
	writeFileSync(path, `importScripts(${JSON.stringify(list)},${JSON.stringify(code)})`);
}
