/** The app that phones get: built where it is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { StartFault } from './faults.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
export const BUILD = join(PROJECT, 'build');
const STAMP = join(BUILD, '.stamp');
const SOURCES = [
	'src',
	'locales',
	'static',
	'vite',
	'vite.config.ts',
	'svelte.config.js',
	'tsconfig.json',
	'package-lock.json'
];
/** Part of the repository, but not of the app. */
const NOT_BUILT = /(\.test\.ts|\/cli\.json)$|^src\/cli\//;

export interface AppBuild {
	/** Asked before the build begins, only where there is something to build. */
	onBuild: () => void;
	/** The root that phones begin with (SETARA_ROOT); without one they take the first that they meet. */
	rootFile: string | undefined;
	signal?: AbortSignal;
}

/** Builds the app unless it is there and of these sources; answers whether it built. */
export async function buildApp({
	onBuild,
	rootFile,
	signal
}: AppBuild): Promise<Result<boolean, StartFault>> {
	const wanted = await digestOfSources(rootFile);
	if ((await readFile(STAMP, 'utf8').catch(() => '')) === wanted) return ok(false);
	onBuild();
	await rm(STAMP, { force: true });
	const log = await runVite(rootFile, signal);
	if (log !== null) {
		return fail('start/build-failed', { log: stripVTControlCharacters(log).slice(-2000) });
	}
	await writeFile(STAMP, wanted);
	return ok(true);
}

async function digestOfSources(rootFile: string | undefined): Promise<string> {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		for (const path of await filesUnder(source)) {
			if (NOT_BUILT.test(path)) continue;
			const bytes = await readFile(join(PROJECT, path));
			hash.update(`${path}\0${bytes.length}\0`).update(bytes);
		}
	}
	if (rootFile) hash.update(await readFile(rootFile));
	return hash.digest('hex');
}

async function filesUnder(source: string): Promise<string[]> {
	try {
		const entries = await readdir(join(PROJECT, source), { recursive: true, withFileTypes: true });
		return entries
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name).slice(PROJECT.length + 1))
			.sort();
	} catch (error) {
		// A single file is a source too.
		if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [source];
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

/** Null when all went well, else what was said. */
function runVite(rootFile: string | undefined, signal: AbortSignal | undefined): Promise<string | null> {
	const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' };
	if (rootFile) env['SETARA_ROOT'] = rootFile;
	const vite = spawn(process.execPath, [join(PROJECT, 'node_modules/vite/bin/vite.js'), 'build'], {
		cwd: PROJECT,
		env,
		stdio: ['ignore', 'pipe', 'pipe'],
		...(signal ? { signal } : {})
	});
	let log = '';
	for (const stream of [vite.stdout, vite.stderr]) {
		stream.on('data', (bytes: Buffer) => (log = (log + bytes.toString()).slice(-20_000)));
	}
	return new Promise((done) => {
		vite.on('error', (error) => done(error.message));
		vite.on('close', (code) => done(code === 0 ? null : log));
	});
}
