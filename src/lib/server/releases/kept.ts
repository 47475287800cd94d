/**
 * The files of the app that were served last, kept beside the data: what a phone has of them is the dictionary for what
 * it fetches of the next release, and pages that were opened before an upgrade go on finding theirs (SRV-70, SRV-73).
 */
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

/** As many as a phone may be behind and still fetch little; each is about 2.5 MB. */
const BEFORE = 3;
export const IMMUTABLE = '_app/immutable';
export const SHELL = 'shell.html';

const Version = v.object({ version: v.pipe(v.string(), v.regex(/^[\w-]{8}$/)) });
/** `<milliseconds>.<release>`: the newest last, by name. */
const KEPT = /^(\d{13})\.([\w-]{8})$/;

/**
 * Keeps what a build sends to phones as the newest release in `folder`, and lets go of the oldest. Answers the folders of
 * those before it, the newest first. A copy that a crash cut off counts for nothing and goes.
 */
export async function keepRelease(folder: string, build: string, now: number): Promise<string[]> {
	const stated = await readFile(join(build, 'client/_app/version.json'), 'utf8');
	const { version } = v.parse(Version, JSON.parse(stated));
	await mkdir(folder, { recursive: true });
	const names = (await readdir(folder)).sort();
	const kept = names.filter((name) => KEPT.test(name));
	const isServed = (name: string) => KEPT.exec(name)?.[2] === version;
	if (!isServed(kept.at(-1) ?? '')) {
		const whole = `${String(now).padStart(13, '0')}.${version}`;
		await copy(build, join(folder, `${whole}.part`));
		await rename(join(folder, `${whole}.part`), join(folder, whole));
		kept.push(whole);
	}
	// Also after going back to a release: it is the newest again, and stands there once.
	const before = kept.slice(0, -1).filter((name) => !isServed(name));
	const stay = new Set([kept.at(-1), ...before.slice(-BEFORE)]);
	for (const name of names) {
		if (!stay.has(name)) await rm(join(folder, name), { recursive: true, force: true });
	}
	return before
		.slice(-BEFORE)
		.reverse()
		.map((name) => join(folder, name));
}

/** Without the compressed forms: those are made again, from other dictionaries. */
async function copy(build: string, to: string): Promise<void> {
	await rm(to, { recursive: true, force: true });
	await cp(join(build, 'client', IMMUTABLE), join(to, IMMUTABLE), {
		recursive: true,
		filter: (path) => !/\.(br|gz)$/.test(path)
	});
	await cp(join(build, 'prerendered', SHELL), join(to, SHELL));
}
