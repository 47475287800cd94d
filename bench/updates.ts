/**
 * What an update costs: the frame with the old pack as its base against the best that the zstd command makes of the same
 * (`zstd -22 --long=27 --patch-from`), and what unpacking it costs a slow phone. No brotli that takes a dictionary can be had
 * here: Debian's is too old, Node offers none of its own. docs/spec/pack.md has the figures, measured once.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import { encodeFrame } from '../src/lib/server/packages/frame.ts';
import { CHROMIUM_FLAGS } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';
import { EDITS, makeLessons, packOf } from './lessons.ts';
import type { Unpack } from './unpack-entry.ts';

const LIMITS = { each: 1.12, all: 1.07, whole: 0.02, decoder: 3500, applyMs: 150 };
const SLOWER = 6;

export async function measureUpdates(_: RunningServer, runs: number): Promise<Figure[]> {
	const lessons = makeLessons(1);
	const old = packOf(lessons);
	const whole = (await encodeFrame(old)).length;
	const cases = [
		...Object.entries(EDITS).map(([name, edit]) => [name, old, packOf(edit(lessons))] as const),
		// The same lessons in another language of the same package.
		['language', packOf(makeLessons(1, ['th'])), packOf(makeLessons(1, ['my']))] as const
	];
	const figures: Figure[] = [];
	for (const [name, base, pack] of cases) {
		const frame = (await encodeFrame(pack, base)).length;
		const ratio = frame / Math.min(patchFrom(base, pack), (await encodeFrame(pack)).length);
		figures.push(
			figure(`update.ratio.${name}`, 'frame/best', [ratio], name === 'all' ? LIMITS.all : LIMITS.each)
		);
		if (name === 'paragraph')
			figures.push(figure('update.whole-ratio', 'of whole', [frame / whole], LIMITS.whole));
	}
	const decoder = await bundleDecoder();
	const brotli = brotliCompressSync(decoder, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
	figures.push(figure('update.decoder-bytes', 'bytes', [brotli.length], LIMITS.decoder));
	const all = cases.find(([name]) => name === 'all')!;
	figures.push(figure('update.apply-ms', 'ms', await applyTimes(decoder, old, all[2], runs), LIMITS.applyMs));
	return figures;
}

function patchFrom(base: Uint8Array, pack: Uint8Array): number {
	const folder = mkdtempSync(join(tmpdir(), 'setara-patch-'));
	try {
		const [from, to, out] = ['old', 'new', 'patch'].map((name) => join(folder, name)) as [
			string,
			string,
			string
		];
		writeFileSync(from, base);
		writeFileSync(to, pack);
		execFileSync('zstd', [
			'--ultra',
			'-22',
			'--long=27',
			'--no-check',
			'-q',
			`--patch-from=${from}`,
			to,
			'-o',
			out
		]);
		return readFileSync(out).length;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT')
			throw new Error('update.ratio needs the zstd command: apt-get install zstd', { cause: error });
		throw error;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What a phone loads to unpack a frame, minified, as a script that puts `unpack` into the page. */
async function bundleDecoder(): Promise<string> {
	const built = (await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, lib: { entry: 'bench/unpack-entry.ts', formats: ['iife'], name: 'unpacking' } }
	})) as Rolldown.RolldownOutput[];
	return built[0]!.output[0].code;
}

/** Unpacking and checking an update in a page that is six times slower than this machine. */
async function applyTimes(
	decoder: string,
	old: Uint8Array,
	pack: Uint8Array,
	runs: number
): Promise<number[]> {
	const frame = await encodeFrame(pack, old);
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: CHROMIUM_FLAGS
	});
	try {
		const page = await browser.newPage();
		const inspector = await page.context().newCDPSession(page);
		await page.evaluate(decoder);
		await inspector.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
		const times: number[] = [];
		for (let run = 0; run < runs; run++) {
			times.push(
				await page.evaluate(
					async ([frame, base, size]) => {
						const bytes = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
						const [packed, dictionary] = [bytes(frame), bytes(base)];
						const { unpack } = globalThis as unknown as { unpack: Unpack };
						const began = performance.now();
						const pack = unpack(packed, size, dictionary);
						if (!pack.ok) throw new Error('not unpacked');
						return performance.now() - began;
					},
					[Buffer.from(frame).toString('base64'), Buffer.from(old).toString('base64'), pack.length] as const
				)
			);
		}
		return times;
	} finally {
		await browser.close();
	}
}
