/** Which file of which release stands behind an address, and which of them a phone may name as its dictionary. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IMMUTABLE, SHELL } from './kept.ts';

export interface AppFile {
	/** On this machine. */
	path: string;
	/** The addresses that this file is a dictionary for, as a URL pattern: its own with another hash. Null: for none. */
	pattern: string | null;
	/** What stands in its name for its bytes. Null for the shell, whose address stays. */
	hash: string | null;
}

export interface AppFiles {
	/** By address, the served release's before those of the releases before it. */
	byUrl: ReadonlyMap<string, AppFile>;
	/** Files of the releases before, by the SHA-256 of their bytes in base64. */
	dictionaries: ReadonlyMap<string, AppFile>;
}

const HASHED = /^(.+\.)([\w-]{8})(\.\w+)$/;
/** Compressed already, and each another. */
const FONT = /\.woff2$/;

/** Looks through a build and the releases kept before it, the newest first. */
export async function findAppFiles(build: string, before: readonly string[]): Promise<AppFiles> {
	const byUrl = new Map<string, AppFile>();
	const dictionaries = new Map<string, AppFile>();
	const shell = { path: join(build, 'prerendered', SHELL), pattern: '/shell', hash: null };
	byUrl.set('/shell', shell);
	for (const file of await hashed(join(build, 'client'))) byUrl.set(file.url, file);
	for (const release of before) {
		const old = await hashed(release);
		for (const file of old) if (!byUrl.has(file.url)) byUrl.set(file.url, file);
		for (const file of [...old, { ...shell, path: join(release, SHELL) }]) {
			if (!file.pattern) continue;
			const digest = createHash('sha256').update(await readFile(file.path));
			dictionaries.set(digest.digest('base64'), file);
		}
	}
	return { byUrl, dictionaries };
}

async function hashed(folder: string): Promise<(AppFile & { url: string })[]> {
	const paths = await readdir(join(folder, IMMUTABLE), { recursive: true });
	return paths.flatMap((name) => {
		const url = `/${IMMUTABLE}/${name}`;
		const [, stem, hash, ending] = HASHED.exec(url) ?? [];
		if (!hash || /\.(br|gz)$/.test(name)) return [];
		const pattern = FONT.test(url) ? null : `${stem}*${ending}`;
		return [{ url, path: join(folder, IMMUTABLE, name), pattern, hash }];
	});
}
