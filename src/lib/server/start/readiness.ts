/** Whether everything that an answer needs is there (SRV-52). */
import { sql } from 'drizzle-orm';
import { currentPackages } from '../packages/repository.ts';
import { readState } from '../trust/repository.ts';
import type { Ground } from './services.ts';

export type Check = 'database' | 'blobs' | 'catalogue';

/** Asks each in turn; one that does not answer within two seconds is not ready. */
export async function readiness(
	{ database, blobs, trust }: Ground,
	now: number
): Promise<{ ready: boolean; checks: Record<Check, boolean> }> {
	const checks = {
		database: await holds(async () => (await database.query.execute(sql`select 1`)).rowCount === 1),
		blobs: await holds(async () => {
			const manifests = (await currentPackages(database)).map(({ manifest }) => blobs.size(manifest));
			return (await Promise.all(manifests)).every((size) => size !== null);
		}),
		catalogue: await holds(async () => {
			const { timestamp } = await readState(trust.folder);
			return (timestamp?.signed.expires ?? 0) > now;
		})
	};
	return { ready: Object.values(checks).every(Boolean), checks };
}

const LIMIT = 2000;

async function holds(check: () => Promise<boolean>): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<boolean>((done) => (timer = setTimeout(done, LIMIT, false)));
	try {
		return await Promise.race([check(), late]);
	} catch {
		return false;
	} finally {
		clearTimeout(timer);
	}
}
