/** From a key in a draft to the disk that has it, on a slow phone: what a kill just then would cost (DRA-20). */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../tests/factories/browser.ts';
import { bundleOf } from '../tests/factories/bundle.ts';
import type { DraftTests } from '../tests/factories/drafts-entry.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { figure, type Figure } from './figure.ts';
import { firstPage, slowCpu } from './slow-phone.ts';

declare global {
	var drafting: DraftTests;
}

const LIMIT_MS = 500;
/** Keys a run; the slowest of them is the run's figure. */
const KEYS = 20;

export async function measureDraft(server: RunningServer, runs: number): Promise<Figure[]> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const context = await openProfile(profile, { serviceWorkers: 'block' });
	try {
		const page = await firstPage(context);
		await page.goto(`${server.origin}/?choose`);
		await page.evaluate(await bundleOf('tests/factories/drafts-entry.ts'));
		await slowCpu(page);
		const slowest: number[] = [];
		for (let run = 0; run < runs; run++) slowest.push(Math.max(...(await page.evaluate(typeKeys, KEYS))));
		return [figure('handin.draft-ms', 'ms', slowest, LIMIT_MS)];
	} finally {
		await context.close();
		await rm(profile, { recursive: true, force: true });
	}
}

/** In the page: types into a filled draft with a long text, and answers how long each key took to the disk. */
async function typeKeys(keys: number): Promise<number[]> {
	const draft = await drafting.open(await drafting.begin());
	draft.change((each) => drafting.filled(each));
	const text = 'A sentence of a lesson that somebody wrote. '.repeat(1000);
	draft.change((each) => drafting.edit.setUnitWords(each, 'unit-1', 'en', { text }));
	await draft.flush();
	const times: number[] = [];
	for (let key = 1; key <= keys; key++) {
		const began = performance.now();
		const typed = `${text}${'x'.repeat(key)}`;
		draft.change((each) => drafting.edit.setUnitWords(each, 'unit-1', 'en', { text: typed }), 'text');
		await new Promise<void>((resolve) => {
			const end = draft.watch(({ isSaving }) => {
				if (isSaving) return;
				queueMicrotask(() => end());
				resolve();
			});
		});
		times.push(performance.now() - began);
	}
	await draft.close();
	return times;
}
