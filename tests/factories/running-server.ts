/** The real server as a person starts it, in a process and a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface RunningServer {
	origin: string;
	port: number;
	/** Its data folder. */
	data: string;
	/** All that it has printed so far: the demonstration's sign-ins among it. */
	output: () => string;
	/** Ends it (`SIGKILL`: as a power cut would), keeping its data. */
	stop: (signal?: NodeJS.Signals) => Promise<void>;
	/** Starts it again on the same port and data. */
	start: () => Promise<void>;
	/** Stops it and deletes its data. */
	dispose: () => Promise<void>;
}

/** Starts a server with published content on a free port of loopback, out of `project`, and waits until it is ready. */
export async function startServer(
	environment: NodeJS.ProcessEnv = {},
	project = resolve('.')
): Promise<RunningServer> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-run-'));
	await chmod(folder, 0o755);
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	let child: ChildProcess | null = null;
	let output = '';

	async function start(): Promise<void> {
		const server = spawn(process.execPath, [join(project, 'src/cli/setara.ts'), 'start'], {
			cwd: project,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				...process.env,
				LANG: 'en',
				PORT: String(port),
				DATA_DIR: folder,
				ORIGIN: origin,
				...environment
			}
		});
		child = server;
		for (const stream of [server.stdout, server.stderr]) {
			stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
		}
		for (let tries = 0; tries < 1200; tries++) {
			if (server.exitCode !== null) throw new Error(`the server ended:\n${output}`);
			const ready = await fetch(`${origin}/readyz`).catch(() => null);
			if (ready?.ok) return;
			await new Promise((done) => setTimeout(done, 100));
		}
		throw new Error(`the server was not ready after two minutes:\n${output}`);
	}

	async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		const server = child;
		if (!server || server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((done) => server.on('exit', done));
		server.kill(signal);
		await ended;
	}

	await start();
	return {
		origin,
		port,
		data: folder,
		output: () => output,
		start,
		stop,
		dispose: async () => {
			await stop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

function freePort(): Promise<number> {
	return new Promise((done, failed) => {
		const probe = createServer();
		probe.on('error', failed);
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => done(port));
		});
	});
}
