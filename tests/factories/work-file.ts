/** A `.setara-work` file with clips of many megabytes, as a phone would write it; and a chooser of files for a page. */
import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { writeWorkDraft, writeWorkHead } from '../../src/lib/core/drafts/work-file.ts';
import { aDraft, aFile } from './drafts.ts';
import { makeMp4 } from './mp4.ts';

/** Writes it; answers the id of its draft. */
export async function writeClips(path: string, clips: number, bytes: number): Promise<string> {
	const clip = makeMp4({ data: bytes });
	// A browser may store what repeats in less room.
	clip.set(randomBytes(bytes), clip.length - bytes);
	const ends = Array.from({ length: clips }, () => randomBytes(64));
	const digests = ends.map((end) => {
		clip.set(end, clip.length - end.length);
		return createHash('sha256').update(clip).digest('hex');
	});
	const begun = aDraft();
	const files = digests.map((digest, n) => ({ ...aFile(n + 1, 'clip'), digest, size: clip.length }));
	const draft = { ...begun, changedAt: begun.createdAt + 1, files };
	const text = writeWorkDraft({ draft, handedIn: null });
	const blobs = digests.map((digest): [string, number] => [`blob/${digest}`, clip.length]);
	const entries: [string, number][] = [[`draft/${draft.id}`, text.length], ...blobs];
	const file = await open(path, 'w');
	await file.write(writeWorkHead({ made: begun.createdAt + 2, by: null, entries }));
	await file.write(text);
	for (const end of ends) {
		clip.set(end, clip.length - end.length);
		await file.write(clip);
	}
	await file.close();
	return draft.id;
}

/** Chooses a file of the disk in a bare page: there, the page reads it as it would from a card. */
export async function chooseFile(page: Page, path: string): Promise<void> {
	await page.evaluate(() =>
		document.body.append(Object.assign(document.createElement('input'), { type: 'file' }))
	);
	await page.setInputFiles('input', path);
}
