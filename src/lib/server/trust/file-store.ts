import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrustStore } from '../../core/trust/types.ts';
import { readIfThere, writeWhole } from './files.ts';

/** A client's store on files: the command line, and tests that want what a phone does. */
export const fileStore = (folder: string): TrustStore => ({
	get: (name) => readIfThere(join(folder, name)),
	put: (name, bytes) => writeWhole(join(folder, name), bytes),
	delete: (name) => rm(join(folder, name), { force: true })
});
