/**
 * Blobs by range and packs from our server, against sirv with the same files in a process of its own, turn by turn in the
 * same run: how many answers a second each gives over sixteen connections.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readInstallBundle } from '../src/lib/core/packages/install-bundle.ts';
import { fromUtf8 } from '../src/lib/core/base/hash.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';

const LEAST = 0.7;
const CONNECTIONS = 16;
const SECONDS = 3;
const PACKAGE = 'rooftop-solar';
const RANGE = 'bytes=0-262143';

export async function measureServing(server: RunningServer, runs: number): Promise<Figure[]> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const paths = await pathsOf(server);
	for (const path of paths) {
		const answer = await fetch(server.origin + path);
		await mkdir(join(folder, dirname(path)), { recursive: true });
		await writeFile(join(folder, path), Buffer.from(await answer.arrayBuffer()));
	}
	const sirv = await startSirv(folder);
	try {
		const ratios: number[] = [];
		for (let run = 0; run < runs; run++) {
			const ours = await answersPerSecond(server.origin, paths);
			ratios.push(ours / (await answersPerSecond(sirv.origin, paths)));
		}
		return [figure('serve.sirv-ratio', 'ours/sirv', ratios, LEAST, true)];
	} finally {
		sirv.stop();
		await rm(folder, { recursive: true, force: true });
	}
}

/** Addresses of media and packs of one language of a package. */
async function pathsOf(server: RunningServer): Promise<string[]> {
	const page = (await (await fetch(`${server.origin}/api/library/${PACKAGE}?lang=en`)).json()) as {
		manifest: string;
	};
	const body = await fetch(`${server.origin}/package/${page.manifest}/bundle?parts=shared,en`);
	const bundle = await readInstallBundle(new Uint8Array(await body.arrayBuffer()));
	if (!bundle.ok) throw new Error(bundle.fault.code);
	return [...bundle.value.blobs.values()].flatMap((bytes) => {
		const file = JSON.parse(fromUtf8(bytes)) as { pack?: { digest: string }; files?: { digest: string }[] };
		const media = (file.files ?? []).map(({ digest }) => `/blob/${digest}`);
		return file.pack ? [...media, `/pack/0/${file.pack.digest}.zst`] : media;
	});
}

async function startSirv(folder: string): Promise<{ origin: string; stop: () => void }> {
	const child = spawn(process.execPath, ['bench/sirv-entry.ts', folder], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const port = await new Promise<string>((done) =>
		child.stdout.once('data', (bytes) => done(String(bytes).trim()))
	);
	return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

async function answersPerSecond(origin: string, paths: readonly string[]): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const end = performance.now() + SECONDS * 1000;
	let answers = 0;
	const one = (path: string) =>
		new Promise<void>((done, failed) => {
			const headers = path.startsWith('/blob/') ? { range: RANGE } : {};
			ask(origin + path, { agent, headers }, (answer) => {
				if (answer.statusCode! >= 300) return failed(new Error(`${path} answered ${answer.statusCode}`));
				answer.resume().on('end', done).on('error', failed);
			}).on('error', failed);
		});
	const work = async (at: number) => {
		for (let n = at; performance.now() < end; n++) {
			await one(paths[n % paths.length]!);
			answers++;
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, (_, at) => work(at)));
	agent.destroy();
	return answers / SECONDS;
}
