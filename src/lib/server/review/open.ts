/** Everything between a phone that hands in and a version that is out, over what a server stands on. */
import { join } from 'node:path';
import type { Database } from '../db/pool.ts';
import { fail } from '../../core/base/result.ts';
import { fileBlobStore, type BlobStore } from '../packages/blob-store.ts';
import type { Versions } from '../packages/versions.ts';
import type { Trust } from '../trust/open.ts';
import { createCommittee, type Committee } from './committee.ts';
import { readBlobOf } from './ground.ts';
import { creditsFrom } from './people.ts';
import { createSnapshots } from './snapshot.ts';

export interface Review {
	committee: Committee;
}

export interface OpenReview {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
	versions: Versions;
	dataFolder: string;
}

export function createReview({ database, blobs, trust, versions, dataFolder }: OpenReview): Review {
	const incoming = fileBlobStore(join(dataFolder, 'incoming'));
	const committee = createCommittee({
		...{ database, blobs, trust, versions, incoming },
		snapshots: createSnapshots(readBlobOf({ incoming, blobs })),
		credits: creditsFrom(database),
		publishBuilt: () => Promise.resolve(fail('review/not-complete'))
	});
	return { committee };
}
