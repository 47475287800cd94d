/** The embedded database of a server that runs now, for a command beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its connection address, or null where none is running in this data folder. */
export async function findRunning(dataFolder: string): Promise<string | null> {
	const read = (...path: string[]) => readFile(join(dataFolder, ...path), 'utf8').catch(() => null);
	// PostgreSQL's lock file: process, data folder, start time, port.
	const port = (await read('postgres', 'postmaster.pid'))?.split('\n')[3];
	const password = (await read('postgres-password'))?.trim();
	return port && password ? `postgres://setara:${password}@127.0.0.1:${port}/setara` : null;
}
