/** What the committee's work stands on. */
import type { Readable } from 'node:stream';
import { ok, type Fault, type Result } from '../../core/base/result.ts';
import { may } from '../../core/identity/rights.ts';
import type { BuiltPackage } from '../../core/packages/build.ts';
import type { Actor } from '../../core/review/policy.ts';
import { isContributor, isInScope } from '../../core/trust/approval.ts';
import type { VersionParts } from '../../core/review/standing.ts';
import type { Envelope, Expert, Register, TrustFault } from '../../core/trust/types.ts';
import type { Database } from '../db/pool.ts';
import type { BlobStore } from '../packages/blob-store.ts';
import type { Versions } from '../packages/versions.ts';
import type { Trust } from '../trust/open.ts';
import { currentRegister } from '../trust/trust.ts';
import type { KnownExpert } from './experts.ts';
import type { Credits, ReviewPerson } from './people.ts';
import type { ReadBlob, Snapshots } from './snapshot.ts';

/** Blobs of submissions, apart from what is published. */
interface IncomingBlobs {
	read: (digest: string) => Promise<Buffer | null>;
	size: (digest: string) => Promise<number | null>;
	/** Bytes from `start` to `end`, both included. */
	stream: (digest: string, start: number, end: number) => Promise<Readable>;
}

/** Stores a version and puts these of its languages in force; called again with more languages, adds them. */
export type PublishBuilt = (
	built: BuiltPackage,
	envelopes: readonly Envelope[],
	languages: readonly string[],
	now: number
) => Promise<Result<unknown, Fault>>;

export interface ReviewGround {
	database: Database;
	blobs: BlobStore;
	incoming: IncomingBlobs;
	trust: Trust;
	versions: Versions;
	snapshots: Snapshots;
	credits: Credits;
	publishBuilt: PublishBuilt;
}

/** What was handed in, else what is published: a snapshot sends nothing that the server has. */
export const readBlobOf =
	({ incoming, blobs }: Pick<ReviewGround, 'incoming' | 'blobs'>): ReadBlob =>
	async (digest) =>
		(await incoming.read(digest)) ?? blobs.read(digest);

export async function registerOf({
	trust
}: Pick<ReviewGround, 'trust'>): Promise<Result<Register, TrustFault>> {
	const register = await currentRegister(trust);
	return register.ok ? ok(register.value) : register;
}

/** Who acts on a version, for the policy. */
export function actorOf(
	person: ReviewPerson,
	author: string,
	version: VersionParts | null,
	known: KnownExpert | null
): Actor {
	const expert = known?.expert ?? null;
	const named = { id: known?.id ?? '', name: person.name } as Expert;
	return {
		role: person.role,
		suspended: person.suspended,
		isMaker: person.id === author,
		isContributor: !!version && [named, expert ?? named].some((each) => isContributor(each, version)),
		expert: known && {
			inSector: !!expert && !!version && isInScope(expert, { sector: version.sector, language: null }),
			hasKey: (expert?.keys.length ?? 0) > 0
		}
	};
}

/** May look into what was handed in: the committee, and who made it. */
export const mayRead = (person: ReviewPerson, author: string): boolean =>
	person.id === author || (!person.suspended && may(person.role, 'review/read'));
