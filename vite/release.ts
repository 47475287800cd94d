/**
 * Adapter that finishes a build before it is written: pages get the import map, and the service worker becomes a few
 * lines that name its files: the code, the list of the app's files (docs/adr/0108-a-release-changes-few-files.md), and what
 * fetches a release over an older one, with the size of each file (docs/adr/0131-the-app-itself-is-on-the-bill.md).
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Adapter } from '@sveltejs/kit';
import { build, type Rolldown } from 'vite';
import { BESIDES, SHELL } from '../src/service-worker/kept.ts';
import { IMPORT_MAP } from './import-map.ts';
import { sentBytes } from './sent.ts';

/** As `app.html` has it. */
const EMPTY = '{ "imports": {} }';
const IMMUTABLE = '_app/immutable';
/** What fetches a release over an older one: no first visit asks for it. */
export const UPDATER = /\bworker\/update\.[^/]+$/;
/** Where the adapter writes, as it is configured. */
const BUILD = 'build';

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
			const worker = splitWorker(client, files, shell, await bundleUpdate());
			await adapter.adapt(builder);
			writeUpdater(worker, files);
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

interface SplitWorker {
	/** Addresses of what every worker begins with. */
	scripts: string[];
	/** Address and code of what fetches a release over an older one. */
	updater: string;
	update: string;
}

/** What a worker is compared by at each visit comes without a dictionary, so it is kept to what is new each time. */
function splitWorker(client: string, files: string[], shell: string, update: string): SplitWorker {
	const path = join(client, 'service-worker.js');
	const nameOf = (name: string, text: string) => `/${IMMUTABLE}/worker/${name}.${hash(text)}.js`;
	const besides = BESIDES.map((url) => {
		const bytes = readFileSync(url === SHELL ? shell : join(client, url));
		return { url, revision: hash(bytes) };
	});
	const list = `self.release=${JSON.stringify({ files, besides })}`;
	const code = readFileSync(path, 'utf8');
	const scripts = [nameOf('files', list), nameOf('code', code)];
	mkdirSync(join(client, IMMUTABLE, 'worker'));
	for (const [at, text] of [list, code].entries()) writeFileSync(join(client, scripts[at]!), text);
	// Named by all that its sizes follow from: they are known only once the adapter has compressed the files.
	const updater = nameOf('update', list + code + update);
	const named = scripts.map((url) => JSON.stringify(url)).join();
	writeFileSync(path, `self.updater=${JSON.stringify(updater)};importScripts(${named})`);
	return { scripts, updater, update };
}

/** The updater's code, whole: a worker's script cannot import another one later. */
async function bundleUpdate(): Promise<string> {
	const built = (await build({
		configFile: false,
		publicDir: false,
		logLevel: 'warn',
		build: {
			write: false,
			rolldownOptions: { input: 'src/service-worker/update.ts', output: { format: 'iife' } }
		}
	})) as Rolldown.RolldownOutput;
	return built.output[0].code;
}

/** Writes the updater into the finished build, with the bytes that each file is sent as. */
function writeUpdater({ scripts, updater, update }: SplitWorker, files: string[]): void {
	const ofClient = (url: string) => sentBytes(join(BUILD, 'client', url));
	const withSizes = (own: number) => {
		const sizes = {
			files: files.map(ofClient),
			besides: BESIDES.map((url) =>
				url === SHELL ? sentBytes(join(BUILD, 'prerendered', `${SHELL}.html`)) : ofClient(url)
			),
			worker: Object.fromEntries([...scripts.map((url) => [url, ofClient(url)]), [updater, own]])
		};
		return `self.sizes=${JSON.stringify(sizes)};${update}`;
	};
	const compressed = (text: string) => brotliCompressSync(text);
	// Its own size is in it: two digits more or less of it change it by no more than these.
	const text = withSizes(compressed(withSizes(0)).length + 8);
	writeFileSync(join(BUILD, 'client', updater), text);
	writeFileSync(join(BUILD, 'client', `${updater}.br`), compressed(text));
}
