/** One real PostgreSQL for a run of the tests that need one (vitest's globalSetup), in a folder that goes with it. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/lib/server/db/embedded.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Connection address of the test server, with the right to make databases. */
		postgres: string;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = await mkdtemp(join(tmpdir(), 'setara-test-'));
	// As root the server runs as another user, who has to get here.
	await chmod(folder, 0o755);
	const started = await startEmbedded(folder);
	if (!started.ok) throw new Error(`no PostgreSQL for the tests: ${JSON.stringify(started.fault)}`);
	project.provide('postgres', started.value.url);
	return async () => {
		await started.value.stop();
		await rm(folder, { recursive: true, force: true });
	};
}
