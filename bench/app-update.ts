/** What a release of the app costs a phone that has the one before: one changed component, fetched by the real worker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import { copyProject } from '../tests/factories/project.ts';
import { startServer, type RunningServer } from '../tests/factories/running-server.ts';
import { savePackage, updateWaits, workerReady } from '../tests/factories/student.ts';
import { figure, type Figure } from './figure.ts';
import { openProxy } from './proxy.ts';
import { firstPage } from './slow-phone.ts';

const LIMIT_BYTES = 5_000;
/** What every student has, in the second largest file of the app. */
const COMPONENT = 'src/lib/ui/lessons/quiz/QuizView.svelte';
const PLACE = '<div bind:this={main} class="quiz">';
const QUIET_MS = 5000;

/** Each run is one more release on the same phone. */
export async function measureAppUpdate(_server: RunningServer, runs: number): Promise<Figure[]> {
	const project = await copyProject();
	const server = await startServer({}, project.folder);
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const proxy = await openProxy(server.port);
	const context = await openProfile(profile);
	const received: number[] = [];
	const sent: number[] = [];
	try {
		const page = await firstPage(context);
		await page.goto(`${proxy.origin}/en/library`);
		await workerReady(page);
		await savePackage(page, proxy.origin, { tier: 'pictures' });
		let here = PLACE;
		for (let run = 1; run <= runs; run++) {
			while (proxy.quietFor() < QUIET_MS) await new Promise((done) => setTimeout(done, 200));
			await server.stop();
			const changed = `${PLACE}<p class="lac">Release ${run}: {reader.page.unit.id}</p>`;
			await project.change(COMPONENT, here, changed);
			here = changed;
			await server.start();
			proxy.reset();
			await updateWaits(page);
			received.push(proxy.received());
			sent.push(proxy.sent());
			// As when the person agrees: the next release finds a phone that has this one.
			await Promise.all([
				page.waitForEvent('load'),
				page.evaluate(async () =>
					(await navigator.serviceWorker.getRegistration())?.waiting?.postMessage({ type: 'skip-waiting' })
				)
			]);
		}
		return [
			figure('appupdate.bytes', 'bytes', received, LIMIT_BYTES),
			figure('appupdate.sent-bytes', 'bytes', sent)
		];
	} finally {
		await context.close();
		await proxy.close();
		await server.dispose();
		await project.dispose();
		await rm(profile, { recursive: true, force: true });
	}
}
