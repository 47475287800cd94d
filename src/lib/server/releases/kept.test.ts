import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keepRelease } from './kept.ts';

let build: string;
let folder: string;

beforeEach(async () => {
	const root = await mkdtemp(join(tmpdir(), 'setara-releases-'));
	onTestFinished(() => rm(root, { recursive: true }));
	build = join(root, 'build');
	folder = join(root, 'data/releases');
});

/** A build of one script, as adapter-node writes it. */
async function make(release: string): Promise<void> {
	const chunks = join(build, 'client/_app/immutable/chunks');
	await rm(build, { recursive: true, force: true });
	await mkdir(chunks, { recursive: true });
	await mkdir(join(build, 'prerendered'));
	await writeFile(join(build, 'client/_app/version.json'), JSON.stringify({ version: release }));
	await writeFile(join(chunks, `app.${release}.js`), `release ${release}`);
	await writeFile(join(chunks, `app.${release}.js.br`), 'compressed');
	await writeFile(join(build, 'prerendered/shell.html'), `shell ${release}`);
}

const name = (number: number) => `release${number}`;
/** The releases before, as their names say. */
const names = (folders: string[]) => folders.map((path) => path.split('.').at(-1));

describe('keepRelease (SRV-70)', () => {
	it('answers the releases before, the newest first, and keeps three of them', async () => {
		const answers = [];
		for (let number = 1; number <= 6; number++) {
			await make(name(number));
			answers.push(names(await keepRelease(folder, build, number)));
		}
		expect(answers[0]).toEqual([]);
		expect(answers[2]).toEqual([name(2), name(1)]);
		expect(answers[5]).toEqual([name(5), name(4), name(3)]);
		expect(await readdir(folder)).toHaveLength(4);
	});

	it('keeps files as they are, with the shell, and nothing compressed', async () => {
		await make(name(1));
		await keepRelease(folder, build, 1);
		await make(name(2));
		const [before] = await keepRelease(folder, build, 2);
		expect(await readdir(join(before!, '_app/immutable/chunks'))).toEqual([`app.${name(1)}.js`]);
		expect(await readFile(join(before!, 'shell.html'), 'utf8')).toBe(`shell ${name(1)}`);
	});

	it('counts a start of the same release as none', async () => {
		for (const [number, now] of [
			[1, 1],
			[2, 2],
			[2, 3],
			[2, 4]
		] as const) {
			await make(name(number));
			expect(names(await keepRelease(folder, build, now))).toEqual(number === 1 ? [] : [name(1)]);
		}
	});

	it('has the release that was gone back to as the newest', async () => {
		for (const [now, number] of [1, 2, 1].entries()) {
			await make(name(number));
			await keepRelease(folder, build, now);
		}
		await make(name(3));
		expect(names(await keepRelease(folder, build, 9))).toEqual([name(1), name(2)]);
	});

	it('takes nothing from a copy that was cut off', async () => {
		await make(name(1));
		await keepRelease(folder, build, 1);
		await mkdir(join(folder, `0000000000002.${name(2)}.part/_app`), { recursive: true });
		await make(name(3));
		expect(names(await keepRelease(folder, build, 3))).toEqual([name(1)]);
		expect(await readdir(folder)).toHaveLength(2);
	});
});
