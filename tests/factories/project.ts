/** A copy of this project whose sources may be changed: a real next release is built from it. */
import { chmod, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Project {
	folder: string;
	/** Changes a source; the next start of a server from this folder builds the app anew. */
	change: (path: string, from: string, to: string) => Promise<void>;
	dispose: () => Promise<void>;
}

const COPIED = ['src', 'vite', 'vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'package.json'];
const SAME = ['content', 'locales', 'node_modules', 'package-lock.json', 'static'];

export async function copyProject(): Promise<Project> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-project-'));
	await chmod(folder, 0o755);
	for (const name of COPIED) await cp(resolve(name), join(folder, name), { recursive: true });
	for (const name of SAME) await symlink(resolve(name), join(folder, name));
	return {
		folder,
		async change(path, from, to) {
			const text = await readFile(join(folder, path), 'utf8');
			if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
			await writeFile(join(folder, path), text.replace(from, to));
		},
		dispose: () => rm(folder, { recursive: true, force: true })
	};
}
