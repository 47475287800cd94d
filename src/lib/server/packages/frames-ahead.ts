/**
 * Makes the likely frames of each version that is in force, and takes away those that are no longer of use (PCK-25 to
 * PCK-29). A job behind publishing: what is in force is its queue, so that no way of publishing waits for it or can
 * forget it, and what a crash leaves is done at the next look.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/pool.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Trust } from '../trust/open.ts';
import { currentRecalls } from '../trust/trust.ts';
import type { BlobStore } from './blob-store.ts';
import { allFrames, framePlans, keepPlans, notePlan, queueFrames } from './frame-table.ts';
import type { Frames } from './frames.ts';
import { likelyFrames } from './likely-frames.ts';
import { languagesRecalled } from './recalls.ts';
import { countPartsInForce, packagesWith, partsBefore, partsInForce } from './repository.ts';
import { createVersions, type Versions } from './versions.ts';

export interface AheadGround {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
	frames: Pick<Frames, 'makeNext' | 'remove'>;
}

type PartInForce = Awaited<ReturnType<typeof partsInForce>>[number];

/** Queues the likely frames of versions that came into force, or got a language; answers how many versions. */
export async function planFrames(database: Database, now: number): Promise<number> {
	const plans = await framePlans(database.pool);
	const counts = await countPartsInForce(database);
	const fresh = [...counts].filter(([manifest, parts]) => plans.get(manifest) !== parts);
	if (fresh.length === 0) return 0;
	const inForce = await partsInForce(database);
	for (const [manifest] of fresh) {
		const version = inForce.filter((each) => each.manifest === manifest);
		const id = version[0]?.packageId;
		// Replaced since it was counted.
		if (id === undefined) continue;
		const before = await partsBefore(database, id, manifest);
		const others = inForce.filter(({ packageId }) => packageId !== id);
		await inTransaction(database.pool, async (client) => {
			await queueFrames(client, likelyFrames(version, before, others), now);
			await notePlan(client, manifest, version.length);
		});
	}
	return fresh.length;
}

/**
 * Makes all that is queued, resting after each as long as it took, so that half of a core is left at least. Ends early,
 * after the frame at work, when the signal says so. Answers how many it went through.
 */
export async function makeQueued(
	{ makeNext }: Pick<Frames, 'makeNext'>,
	signal: AbortSignal
): Promise<number> {
	for (let made = 0; ; made++) {
		const began = performance.now();
		if (signal.aborted || !(await makeNext())) return made;
		await pause(performance.now() - began, undefined, { signal }).catch(() => {});
	}
}

/**
 * Takes away frames of packs that are not in force or are recalled, and those with a base that no phone should have
 * any more. An earlier version of the same package stays a base, called back or not: what replaces it is fetched with it.
 * Answers how many went.
 */
export async function sweepFrames(ground: AheadGround): Promise<number> {
	const { database, frames } = ground;
	// Before what is in force: what is published meanwhile is not among them.
	const all = await allFrames(database.pool);
	const versions = Map.groupBy(await partsInForce(database), ({ manifest }) => manifest);
	await keepPlans(database.pool, [...versions.keys()]);
	const open = createVersions(database, ground.blobs);
	const ofUse: PartInForce[] = [];
	for (const parts of versions.values()) ofUse.push(...(await readable(ground.trust, open, parts)));
	const inForce = Map.groupBy(ofUse, ({ pack }) => pack);
	const earlier = await packagesWith(
		database,
		all.map(({ base }) => base)
	);
	const isOfUse = ({ pack, base }: { pack: string; base: string }) =>
		(inForce.get(pack) ?? []).some(({ packageId }) => inForce.has(base) || earlier.get(base)?.has(packageId));
	return frames.remove(all.filter((frame) => !isOfUse(frame)));
}

/** Those parts of a version that are not recalled; the shared one goes with the last of its languages. */
async function readable(trust: Trust, versions: Versions, parts: PartInForce[]): Promise<PartInForce[]> {
	const { packageId, manifest } = parts[0]!;
	if ((await currentRecalls(trust, packageId)).length === 0) return parts;
	const recalled = await languagesRecalled(trust, (await versions.byManifest(manifest))!);
	const left = parts.filter(({ language }) => !recalled.includes(language));
	return left.some(({ language }) => language !== '') ? left : [];
}
