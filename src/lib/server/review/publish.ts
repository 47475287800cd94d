/** From approved to out: by itself, once every blob is here, and again after a crash (REV-50 to REV-54). */
import { ok, type Fault, type Result } from '../../core/base/result.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import { approvedIn, standingOf, type VersionParts } from '../../core/review/standing.ts';
import { isContributor } from '../../core/trust/approval.ts';
import { claimsOf } from '../../core/trust/statement.ts';
import type { Envelope, Register } from '../../core/trust/types.ts';
import { readBlobOf, registerOf, type ReviewGround } from './ground.ts';
import { moveTo } from './log.ts';
import { partsOf, type ReadBlob, type Snapshot } from './snapshot.ts';
import { approvalsOf } from './statements.ts';
import { bytesOf, findSubmission, languagesIn, publishedBefore, unpublished } from './submission-rows.ts';

/** One after the other: a second call sees what the first one did. */
let queue: Promise<unknown> = Promise.resolve();

/** Languages that went out now; none where nothing is approved, or media are still on their way. */
export function publishApproved(
	ground: ReviewGround,
	id: string,
	now: number
): Promise<Result<{ languages: string[] }, Fault>> {
	const done = queue.then(() => publishOne(ground, id, now));
	queue = done.catch(() => {});
	return done;
}

async function publishOne(
	ground: ReviewGround,
	id: string,
	now: number
): Promise<Result<{ languages: string[] }, Fault>> {
	const { pool } = ground.database;
	const row = await findSubmission(pool, id);
	const snapshot = row && (await ground.snapshots.byManifest(row.manifest));
	if (!snapshot || (row.state !== 'approved' && row.state !== 'published')) return ok({ languages: [] });
	const register = await registerOf(ground);
	if (!register.ok) return register;
	const version = partsOf(snapshot);
	const read = readBlobOf(ground);
	const envelopes = await approvalsOf(pool, read, version.packageId);
	const approved = approvedIn(await standingOf(version, envelopes, register.value));
	const settled = await languagesIn(pool, id, 'approve');
	const published = await languagesIn(pool, id, 'publish');
	const languages = approved.filter((tag) => settled.includes(tag) && !published.includes(tag));
	// Nothing goes out before every blob of the snapshot is here: a phone would ask for what nobody has.
	const { bytes, received } = await bytesOf(pool, id);
	if (languages.length === 0 || received < bytes) return ok({ languages: [] });
	const built = await builtOf(snapshot, read);
	if (!built) return ok({ languages: [] });
	const bearing = await bearingOn(version, envelopes, register.value);
	const stored = await ground.publishBuilt(built, bearing, [...published, ...languages], now);
	if (!stored.ok) return stored;
	const moved = await moveTo(ground.database, {
		...{ submission: id, action: 'publish', actor: null, now, detail: { languages } },
		facts: () => Promise.resolve({ approved: languages })
	});
	if (!moved.ok) return moved;
	// What was out until now is the version before.
	for (const before of await publishedBefore(pool, version.packageId, id)) {
		await moveTo(ground.database, {
			submission: before,
			action: 'replace',
			actor: null,
			now,
			detail: { by: id }
		});
	}
	return ok({ languages });
}

/** Publishes what was approved and is not out: at the start, after a crash in between. Answers what it could not. */
export async function publishWaiting(
	ground: ReviewGround,
	now: number
): Promise<{ id: string; fault: Fault }[]> {
	const faults: { id: string; fault: Fault }[] = [];
	for (const id of await unpublished(ground.database.pool)) {
		const done = await publishApproved(ground, id, now);
		if (!done.ok) faults.push({ id, fault: done.fault });
	}
	return faults;
}

/** The statements that say anything of these very parts, each by somebody of the register who made none of them. */
async function bearingOn(
	version: VersionParts,
	envelopes: readonly Envelope[],
	register: Register
): Promise<Envelope[]> {
	const digests = new Set([version.shared, ...Object.values(version.languages)]);
	const bearing: Envelope[] = [];
	for (const envelope of envelopes) {
		const claims = await claimsOf([envelope], register);
		const isAbout = claims.some(
			({ statement, expert }) =>
				!isContributor(expert, version) && statement.subject.some(({ digest }) => digests.has(digest.sha256))
		);
		if (isAbout) bearing.push(envelope);
	}
	return bearing;
}

/** The version as publishing takes it, or null while a blob of it is missing. */
async function builtOf(
	{ manifest, shared, languages }: Snapshot,
	read: ReadBlob
): Promise<BuiltPackage | null> {
	const missing: string[] = [];
	const blob = async (digest: string) => {
		const bytes = await read(digest);
		if (!bytes) missing.push(digest);
		return { digest, bytes: bytes ?? new Uint8Array() };
	};
	const parts: BuiltPackage['parts'] = [];
	const media: BuiltPackage['media'] = [];
	for (const [name, { digest, part }] of [['shared', shared] as const, ...languages]) {
		parts.push({ ...(await blob(digest)), name, part, pack: await blob(part.pack.digest) });
		for (const file of part.files) media.push(await blob(file.digest));
	}
	const top = { ...(await blob(manifest.digest)), manifest: manifest.manifest };
	return missing.length === 0 ? { manifest: top, parts, media } : null;
}
