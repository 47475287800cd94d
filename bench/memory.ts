/** Memory of a stored video while it plays: what a phone with 2 GB has to bear. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { savePackage, word, workerReady } from '../tests/factories/student.ts';
import { figure, type Figure } from './figure.ts';
import { firstPage } from './slow-phone.ts';

const SECONDS = 60;
const LIMIT_MB = 80;
const LESSON = '/en/library/rooftop-solar/dc-connectors';

export async function measureVideoMemory(server: RunningServer, runs: number): Promise<Figure[]> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const peaks: number[] = [];
	try {
		for (let run = 0; run < runs; run++) {
			const context = await openProfile(profile);
			const page = await firstPage(context);
			if (run === 0) {
				await page.goto(`${server.origin}/en/library`);
				await workerReady(page);
				await savePackage(page, server.origin, { tier: 'video' });
			}
			await page.goto(server.origin + LESSON);
			await page.getByRole('link', { name: word('en', 'lesson', 'play') }).click();
			await page.locator('video').evaluate((video: HTMLVideoElement) => {
				video.muted = true;
				video.loop = true;
				return video.play();
			});
			let peak = 0;
			for (const end = Date.now() + SECONDS * 1000; Date.now() < end;) {
				peak = Math.max(peak, rendererDirtyMb(profile));
				await page.waitForTimeout(500);
			}
			peaks.push(peak);
			await context.close();
		}
	} finally {
		await rm(profile, { recursive: true, force: true });
	}
	return [figure('memory.video', 'MB', peaks, LIMIT_MB)];
}

/** Private_Dirty of the greatest renderer of the browser that runs on this profile, in MB (smaps_rollup). */
export function rendererDirtyMb(profile: string): number {
	let greatest = 0;
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
			if (!command.includes('--type=renderer') || !isOf(pid, profile)) continue;
			const match = /^Private_Dirty:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
			greatest = Math.max(greatest, Number(match?.[1] ?? 0) / 1024);
		} catch {
			// The process ended while it was looked at.
		}
	}
	return greatest;
}

/** Whether a process descends from the browser that was started with this profile. */
function isOf(pid: string, profile: string): boolean {
	for (let at = pid; at !== '0' && at !== '1';) {
		if (readFileSync(`/proc/${at}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`)) return true;
		at = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? '0';
	}
	return false;
}
