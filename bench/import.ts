/**
 * Memory of a phone while it takes a package out of a file: one with a film of 20 MB, as large as there may be, since a
 * package has at most 64 MB and a file one package.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import { writeSource } from '../tests/factories/ground.ts';
import { makeMp4 } from '../tests/factories/mp4.ts';
import { makeSource } from '../tests/factories/package-source.ts';
import { startServer, type RunningServer } from '../tests/factories/running-server.ts';
import { savePackage, saved, word, workerReady } from '../tests/factories/student.ts';
import { figure, type Figure } from './figure.ts';
import { rendererDirtyMb } from './memory.ts';
import { firstPage } from './slow-phone.ts';

const LIMIT_MB = 120;
const ID = 'little-sun';
const FILM_BYTES = 19_900_000;

export async function measureImport(_server: RunningServer, runs: number): Promise<Figure[]> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const film = makeMp4({ height: 360, data: FILM_BYTES });
	await writeSource(join(folder, 'content'), makeSource().put('shared/media/clip.360p.mp4', film));
	const server = await startServer({ CONTENT_DIR: join(folder, 'content') });
	const file = join(folder, 'film.setara');
	try {
		await writeFileOf(server, join(folder, 'giver'), file);
		const peaks: number[] = [];
		for (let run = 0; run < runs; run++) peaks.push(await peakOf(server, join(folder, `taker-${run}`), file));
		return [figure('import.memory', 'MB', peaks, LIMIT_MB)];
	} finally {
		await server.dispose();
		await rm(folder, { recursive: true, force: true });
	}
}

async function writeFileOf(server: RunningServer, profile: string, file: string): Promise<void> {
	const context = await openProfile(profile);
	const page = await firstPage(context);
	await savePackage(page, server.origin, { id: ID, tier: 'video' });
	await page.goto(`${server.origin}/en/me/file/${ID}`);
	await page.evaluate(() => delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker);
	const coming = page.waitForEvent('download');
	await page.getByRole('button', { name: /^Write/ }).click();
	await (await coming).saveAs(file);
	await context.close();
}

async function peakOf(server: RunningServer, profile: string, file: string): Promise<number> {
	const context = await openProfile(profile);
	const page = await firstPage(context);
	await page.goto(`${server.origin}/en/library`);
	await workerReady(page);
	await page.goto(`${server.origin}/en/me/file`);
	await page.getByLabel(word('en', 'file', 'choose')).setInputFiles(file);
	let peak = 0;
	const timer = setInterval(() => (peak = Math.max(peak, rendererDirtyMb(profile))), 100);
	await page.getByRole('button', { name: word('en', 'file', 'save') }).click();
	await saved(page);
	clearInterval(timer);
	await context.close();
	return peak;
}
