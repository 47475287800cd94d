import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildOf, valueOf } from '../../../../tests/factories/built-package.ts';
import {
	makeSource,
	type LooseJson,
	type SourceFactory
} from '../../../../tests/factories/package-source.ts';
import { run } from '../../../cli/package.ts';
import { buildPackage } from '../../core/packages/build.ts';
import { decodeFrame } from '../../core/packages/frame.ts';
import { verifyBuild, writeBuild } from './build-folder.ts';
import { encodeFrame } from './frame.ts';
import { checkFolder } from './source.ts';

let dir: string;
beforeAll(async () => {
	dir = await mkdtemp(join(tmpdir(), 'setara-package-'));
	await putSource(makeSource(), 'source/little-sun');
});
afterAll(() => rm(dir, { recursive: true }));

async function putSource(source: SourceFactory, name: string): Promise<string> {
	for (const [path, bytes] of source.files) {
		await mkdir(join(dir, name, dirname(path)), { recursive: true });
		await writeFile(join(dir, name, path), bytes);
	}
	return join(dir, name);
}

/** Runs the command line and answers its exit code and what it printed. */
async function setara(...args: string[]): Promise<{ code: number; json: LooseJson }> {
	const log = vi.spyOn(console, 'log').mockImplementation(() => {});
	const error = vi.spyOn(console, 'error').mockImplementation(() => {});
	try {
		const code = await run([...args, '--json']);
		const [said] = log.mock.calls.at(-1) ?? [];
		return { code, json: said === undefined ? null : JSON.parse(said as string) };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
}

describe('a build on disk', () => {
	it('PKG-60: comes back verified', async () => {
		const built = await buildOf();
		await writeBuild(join(dir, 'build'), built);
		const found = valueOf(await verifyBuild(join(dir, 'build')));
		expect(found.manifest.digest).toBe(built.manifest.digest);
		expect(Object.keys(found.files)).toEqual(['shared', 'en', 'th']);
		expect((await verifyBuild(join(dir, 'build', 'manifest.json'))).ok).toBe(true);
	});

	it('PKG-61: written over an older one holds nothing of it', async () => {
		const out = join(dir, 'twice');
		await writeBuild(out, await buildOf(makeSource().replace('th/units/hands.md', 'Do it.', 'Do.')));
		await writeBuild(out, await buildOf());
		expect((await readdir(join(out, 'blobs'))).sort()).toEqual(
			(await readdir(join(dir, 'build', 'blobs'))).sort()
		);
	});

	it('PKG-62: with one byte of any blob changed, or a blob gone, verify exits non-zero', async () => {
		for (const blob of await readdir(join(dir, 'build', 'blobs'))) {
			const copy = join(dir, 'tampered');
			await cp(join(dir, 'build'), copy, { recursive: true });
			const bytes = await readFile(join(copy, 'blobs', blob));
			bytes[bytes.length >> 1]! ^= 1;
			await writeFile(join(copy, 'blobs', blob), bytes);
			expect(await setara('verify', copy)).toMatchObject({
				code: 1,
				json: { ok: false, fault: { code: 'package/bad-digest' } }
			});
			await rm(join(copy, 'blobs', blob));
			expect(await setara('verify', copy)).toMatchObject({
				code: 1,
				json: { fault: { code: 'package/missing-file' } }
			});
			await rm(copy, { recursive: true });
		}
	});

	it('PKG-47: with a script in a drawing is refused, though every digest is right', async () => {
		const source = makeSource();
		const checked = await checkFolder(join(dir, 'source/little-sun'));
		if (!checked.source) throw new Error('faults');
		source.replace('shared/figures/panel.svg', '</svg>', '<script>1</script></svg>');
		await writeBuild(join(dir, 'script'), await buildPackage({ ...checked.source, files: source.files }));
		expect(await verifyBuild(join(dir, 'script'))).toEqual({
			ok: false,
			fault: {
				code: 'package/bad-content',
				params: { path: 'figures/panel.svg', reason: 'figure/element-refused' }
			}
		});
	});

	it('PCK-1: its packs travel as frames that a phone reads, each stating its size', async () => {
		for (const { pack } of (await buildOf()).parts) {
			const frame = await encodeFrame(pack.bytes);
			expect(frame.length).toBeLessThan(pack.bytes.length);
			expect(decodeFrame(new Uint8Array(frame), pack.bytes.length, new Uint8Array())).toEqual({
				ok: true,
				value: pack.bytes
			});
		}
	});
});

describe('setara package', () => {
	it('check: exits 0 for a source without fault, and 1 with file, line and sentence for one', async () => {
		expect((await setara('check', join(dir, 'source/little-sun'))).code).toBe(0);
		const bad = await putSource(makeSource().put('en/units/hands.md', 'x\n<b>y</b>\n'), 'bad/little-sun');
		const { code, json } = await setara('check', bad);
		expect(code).toBe(1);
		expect(json.packages[0].faults[0]).toEqual({
			code: 'lesson/html',
			file: 'en/units/hands.md',
			line: 2,
			params: { text: '<b>' },
			message: 'No HTML in lessons: <b>'
		});
	});

	it('build: of one source twice has one digest; of a faulty one writes nothing', async () => {
		const source = join(dir, 'source/little-sun');
		const first = await setara('build', source, '--out', join(dir, 'one'));
		const second = await setara('build', source, '--out', join(dir, 'two'));
		expect(first.json.manifest).toBe(second.json.manifest);
		expect((await setara('build', join(dir, 'bad/little-sun'), '--out', join(dir, 'none'))).code).toBe(1);
		await expect(readdir(join(dir, 'none'))).rejects.toThrow();
	});

	it('inspect: says parts, languages and bytes', async () => {
		const { json } = await setara('inspect', join(dir, 'build'));
		expect(json).toMatchObject({ id: 'little-sun', units: 5, licence: 'CC-BY-SA-4.0' });
		expect(json.parts.map(({ part }: { part: string }) => part)).toEqual(['shared', 'en', 'th']);
		expect(json.languages[0].bytes.video - json.languages[0].bytes.text).toBeGreaterThan(600_000);
	});

	it('diff: names the parts, units and files that differ', async () => {
		const source = await putSource(
			makeSource().replace('th/units/hands.md', 'Do it.', 'Do.'),
			'next/little-sun'
		);
		const { json } = await setara('diff', join(dir, 'build'), source);
		expect(json.parts.map(({ part, change }: Record<string, string>) => [part, change])).toEqual([
			['shared', 'same'],
			['en', 'same'],
			['th', 'changed']
		]);
		expect(json.parts[2]).toMatchObject({
			units: ['hands'],
			files: [{ path: 'units/hands.md', change: 'changed' }]
		});
	});

	it('exits 2 where it cannot do what is asked', async () => {
		expect((await setara('check', join(dir, 'nowhere'))).code).toBe(2);
		expect((await setara('paint', dir)).code).toBe(2);
		expect((await setara('build', join(dir, 'source/little-sun'))).code).toBe(2);
	});
});
