/**
 * Runs a command of Setara on this project's own Node (24, an npm package), after installing what package-lock.json
 * asks for and node_modules lacks. Plain JavaScript without packages: the machine's Node may be 20.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', '.bin', 'node');

if (!isInstalled()) {
	const code = await install();
	if (code !== 0) {
		console.error(words()['install-failed']);
		process.exit(code);
	}
}
process.exit(await run(node, [join(root, 'src', 'cli', 'setara.ts'), ...process.argv.slice(2)]));

/** Whether every package of the lock file is there in its version (optional ones may be for other machines). */
function isInstalled() {
	const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
	try {
		const wanted = read('package-lock.json');
		const there = read('node_modules/.package-lock.json');
		return (
			existsSync(node) &&
			Object.entries(wanted).every(
				([path, { version, optional }]) =>
					path === '' || (there[path] ? there[path].version === version : optional)
			)
		);
	} catch {
		return false;
	}
}

async function install() {
	console.error(words()['install']);
	const started = Date.now();
	const clock = setInterval(() => {
		const seconds = String(Math.round((Date.now() - started) / 1000));
		console.error(words()['install-still'].replace('{{seconds}}', seconds));
	}, 20_000);
	// npm replaces node_modules, so it must not run on the Node that lies in there.
	const path = process.env.PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'));
	try {
		return await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
			PATH: path.join(delimiter)
		});
	} finally {
		clearInterval(clock);
	}
}

/** The exit code of a command that shares our terminal. It is told to stop when we are, and ends when we vanish. */
function run(command, args, environment = {}) {
	const child = spawn(command, args, {
		cwd: command === 'npm' ? root : process.cwd(),
		env: { ...process.env, ...environment },
		stdio: ['inherit', 'inherit', 'inherit', ...(command === node ? ['ipc'] : [])]
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	return new Promise((done) => {
		child.on('error', (error) => (console.error(error.message), done(1)));
		child.on('close', (code, signal) => done(code ?? 128 + constants.signals[signal]));
	});
}

function words() {
	const { LC_ALL, LC_MESSAGES, LANG } = process.env;
	const tag = (LC_ALL || LC_MESSAGES || LANG || 'en').split(/[_.@]/)[0].replace(/^zh$/, 'zh-Hans');
	const read = (language) => JSON.parse(readFileSync(join(root, 'locales', language, 'cli.json'), 'utf8'));
	return { ...read('en'), ...(existsSync(join(root, 'locales', tag, 'cli.json')) ? read(tag) : {}) };
}
