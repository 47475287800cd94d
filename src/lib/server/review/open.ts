/** Everything between a phone that hands in and a version that is out, over what a server stands on. */
import { join } from 'node:path';
import type { Database } from '../db/pool.ts';
import type { Fault } from '../../core/base/result.ts';
import type { BlobStore } from '../packages/blob-store.ts';
import { publishBuilt } from '../packages/publish.ts';
import type { Versions } from '../packages/versions.ts';
import type { Trust } from '../trust/open.ts';
import { createCommittee, type Committee } from './committee.ts';
import { readBlobOf, type PublishBuilt } from './ground.ts';
import { createHandIns, type HandIns } from './hand-ins.ts';
import { incomingStore } from './incoming.ts';
import { creditsFrom } from './people.ts';
import { createSnapshots } from './snapshot.ts';

export interface Review {
	committee: Committee;
	handIns: HandIns;
}

export interface OpenReview {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
	versions: Versions;
	dataFolder: string;
	/** A fault's sentence in somebody's language. */
	say: (language: string, fault: Fault) => Promise<string>;
}

export function createReview({ database, blobs, trust, versions, dataFolder, say }: OpenReview): Review {
	const incoming = incomingStore(join(dataFolder, 'incoming'));
	const ground = {
		...{ database, blobs, trust, versions, incoming },
		snapshots: createSnapshots(readBlobOf({ incoming, blobs })),
		credits: creditsFrom(database),
		publishBuilt: (...version: Parameters<PublishBuilt>) =>
			publishBuilt({ database, blobs, trust }, ...version)
	};
	return {
		committee: createCommittee(ground),
		handIns: createHandIns({ ...ground, incoming, say }, join(dataFolder, 'uploads'))
	};
}
