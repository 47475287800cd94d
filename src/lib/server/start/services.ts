/**
 * What the server stands on, made once a process: database, blobs, trust, and the services that routes ask. `npm start`
 * opens the ground and hands it over, so that the pages' bundle and the command line share one pool and one trust;
 * where nothing was handed over (a test, another way of serving the build) it is opened from the environment.
 */
import { join } from 'node:path';
import { isLanguage } from '../../core/base/languages.ts';
import { describe } from '../http/words.ts';
import { openDatabase, type Database } from '../db/pool.ts';
import { blobPort, fileBlobStore, type BlobStore } from '../packages/blob-store.ts';
import { createBundles, type Bundles } from '../packages/bundles.ts';
import { createFrames, type Frames } from '../packages/frames.ts';
import { createVersions, type Versions } from '../packages/versions.ts';
import { createLibrary, type Library } from '../packages/library.ts';
import { createQuizzes } from '../packages/quizzes.ts';
import { openIdentity, type Identity } from '../identity/identity.ts';
import { createPeople, type People } from '../identity/people.ts';
import { createReview, type Review } from '../review/open.ts';
import { createFeedbackCopies, type FeedbackCopies } from '../feedback/copy.ts';
import { createFeedback, type Feedback } from '../feedback/feedback.ts';
import { createProgressService, type ProgressService } from '../progress/progress.ts';
import { readSettings } from './settings.ts';
import { openTrust, type Trust } from '../trust/open.ts';

/** What outlives a request and has to be closed. */
export interface Ground {
	database: Database;
	blobs: BlobStore;
	trust: Trust;
	/** One for the whole process, so that what is made ahead and what is asked for take turns. */
	frames: Frames;
	dataFolder: string;
}

export interface Services extends Ground {
	library: Library;
	bundles: Bundles;
	identity: Identity;
	people: People;
	progress: ProgressService;
	review: Review;
	feedback: Feedback;
}

const HANDED = Symbol.for('setara.ground');
const shared = globalThis as { [HANDED]?: Ground };

/** Opens blobs and trust in a data folder, over a database that runs. */
export async function openGround(
	dataFolder: string,
	databaseUrl: string,
	rootFile: string | undefined
): Promise<Ground> {
	const blobs = fileBlobStore(join(dataFolder, 'blobs'));
	const trust = await openTrust(join(dataFolder, 'trust'), {
		now: Date.now(),
		rootFile,
		blobs: blobPort(blobs)
	});
	const database = openDatabase(databaseUrl);
	return { database, blobs, trust, frames: createFrames(database, blobs), dataFolder };
}

/** Hands the ground over to the bundle of the pages, which is another copy of this module. */
export function handOver(ground: Ground): void {
	shared[HANDED] = ground;
}

let made: Promise<Services> | undefined;

/** The services of this process, made when first asked for. */
export const services = (): Promise<Services> =>
	(made ??= make().catch((error: unknown) => {
		made = undefined;
		throw error;
	}));

async function make(): Promise<Services> {
	const ground = shared[HANDED] ?? (await openFromEnvironment());
	const library = createLibrary(ground);
	return {
		...ground,
		library,
		bundles: createBundles(ground.blobs, library.versions, ground.frames),
		review: openReview(ground, library.versions),
		feedback: createFeedback(ground.database, library.versions),
		...(await openPeople(ground))
	};
}

/** Who people are and what they did, over a ground; the command line opens these two alone. */
export async function openPeople({
	database,
	blobs
}: Pick<Ground, 'database' | 'blobs'>): Promise<
	Pick<Services, 'identity' | 'people' | 'progress'> & { copies: FeedbackCopies }
> {
	const settings = readSettings();
	const isHttps = settings.ok && (settings.value.ORIGIN?.startsWith('https:') ?? false);
	const quizzes = createQuizzes(database, createVersions(database, blobs));
	const copies = createFeedbackCopies(database);
	return {
		copies,
		identity: await openIdentity(database, { isHttps }),
		people: createPeople(database),
		progress: createProgressService(database, quizzes, copies)
	};
}

/** Everything from a hand-in to a version that is out; finishing what a crash left needs no more than this. */
export const openReview = (ground: Ground, versions: Versions): Review =>
	createReview({
		...{ ...ground, versions },
		say: (language, fault) => describe(isLanguage(language) ? language : 'en', fault)
	});

async function openFromEnvironment(): Promise<Ground> {
	const settings = readSettings();
	if (!settings.ok) throw new Error(`${settings.fault.params!['name']} cannot be used`);
	const { DATA_DIR, DATABASE_URL, SETARA_ROOT } = settings.value;
	if (!DATABASE_URL) throw new Error('DATABASE_URL is not set; npm start brings a database of its own');
	return openGround(DATA_DIR, DATABASE_URL, SETARA_ROOT);
}
