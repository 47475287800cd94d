/**
 * `npm test`: form, types, walls, dead code, unit and PostgreSQL tests, build, then the browser. Goes on after a
 * failed part, so that one run names all that is wrong, and ends with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

interface Counts {
	passed: number;
	failed: number;
}

const BIN = resolve('node_modules', '.bin');
const RESULTS = resolve('.cache', 'test');
const report = (name: string) => join(RESULTS, `${name}.json`);

export async function run(args: string[]): Promise<number> {
	rmSync(RESULTS, { recursive: true, force: true });
	mkdirSync(RESULTS, { recursive: true });
	const chromium = findChromium();
	const parts: Record<string, () => Promise<Counts>> = {
		types: () => sequence('types', ['svelte-kit', 'sync'], ['svelte-check', '--threshold', 'error']),
		format: () => sequence('format', ['prettier', '--check', '--log-level=warn', '.']),
		lint: () => sequence('lint', ['eslint', '--max-warnings=0', '.']),
		unused: () => sequence('unused', ['knip', '--no-progress']),
		build: () => sequence('build', ['node', join('src', 'cli', 'setara.ts'), 'build']),
		unit: () =>
			suite(
				'unit',
				['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report('unit')}`],
				{
					CHROMIUM: chromium
				}
			),
		browser: () =>
			suite('browser', ['playwright', 'test', '--reporter=list,json'], {
				CHROMIUM: chromium,
				PLAYWRIGHT_JSON_OUTPUT_FILE: report('browser')
			})
	};
	const total: Counts = { passed: 0, failed: 0 };
	for (const [name, part] of Object.entries(parts)) {
		if (args.length > 0 && !args.includes(name)) continue;
		const started = Date.now();
		console.log(`\n── ${name}`);
		const counts = await part();
		total.passed += counts.passed;
		total.failed += counts.failed;
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(`── ${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`);
	}
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** One check made of commands: passed when all of them are. */
async function sequence(name: string, ...commands: string[][]): Promise<Counts> {
	for (const command of commands) {
		if ((await execute(command)) !== 0) return { passed: 0, failed: 1 };
	}
	return { passed: 1, failed: 0 };
}

/** A test runner, whose own report is counted; one that ends badly without a failed test counts as one. */
async function suite(name: string, command: string[], environment: NodeJS.ProcessEnv): Promise<Counts> {
	const code = await execute(command, environment);
	const counts = existsSync(report(name)) ? readReport(report(name)) : { passed: 0, failed: 0 };
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

interface Report {
	/** vitest */
	numPassedTests?: number;
	numFailedTests?: number;
	/** Playwright; `flaky` passed only at a second try, which we do not count as passed. */
	stats?: { expected: number; unexpected: number; flaky: number };
}

function readReport(path: string): Counts {
	const { numPassedTests = 0, numFailedTests = 0, stats } = JSON.parse(readFileSync(path, 'utf8')) as Report;
	if (stats) return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
	return { passed: numPassedTests, failed: numFailedTests };
}

function execute([command = '', ...args]: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
	const child = spawn(join(BIN, command), args, {
		stdio: 'inherit',
		env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}`, ...environment }
	});
	return new Promise((done) => {
		child.on('error', (error) => (console.error(error.message), done(1)));
		child.on('close', (code) => done(code ?? 1));
	});
}

/** The machine's Chromium, else Playwright's own, else Debian's, which is installed. */
function findChromium(): string {
	const system = '/usr/bin/chromium';
	if (existsSync(system)) return system;
	const probe = `import { chromium } from '@playwright/test'; console.log(chromium.executablePath())`;
	const own = spawnSync(join(BIN, 'node'), ['--input-type=module', '-e', probe]).stdout.toString().trim();
	if (existsSync(own)) return own;
	console.log('Installing Chromium from Debian.');
	spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
	spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
		stdio: 'inherit',
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
	return system;
}
