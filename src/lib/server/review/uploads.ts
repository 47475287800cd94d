/**
 * Blobs that come piece by piece, by tus (HND-10 to HND-16): each upload is a file and its description under
 * `data/uploads`, so that a cut, a killed tab and a killed server all go on where the last byte was written.
 */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import * as v from 'valibot';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { UploadMetadata } from '../../core/protocol/hand-in.ts';
import type { Database } from '../db/pool.ts';
import { arrived } from './arrival.ts';
import type { HandInGround } from './checks.ts';
import { digestOf } from './incoming.ts';
import { countWrong, wantedBlob } from './repository.ts';

const UPLOADS = '/api/uploads';
/** What did not go on for so long is begun anew. */
const KEPT_FOR = 14 * 24 * 3_600_000;
/** Bytes under one name that were wrong so often are not a fault of the link. */
const MOST_WRONG = 3;

export interface Uploads {
	/** Answers a request of the tus protocol by somebody who may hand in. */
	handle: (request: Request, account: string) => Promise<Result<Response, Fault>>;
	/** Takes away uploads that nothing was added to for fourteen days; answers how many. */
	sweep: (now: number) => Promise<number>;
}

/** A refusal, as tus takes it from a hook. */
interface Refused {
	status_code: number;
	body: string;
}
const refused = (fault: Fault): Refused => ({ status_code: 400, body: JSON.stringify(fault) });

/** By status, what tus itself refuses with. */
const FAULTS: Record<number, Fault> = {
	404: { code: 'upload/gone' },
	409: { code: 'upload/other-place' },
	410: { code: 'upload/gone' },
	413: { code: 'http/too-large', params: { limit: 0 } },
	423: { code: 'upload/busy' }
};

export function createUploads(ground: HandInGround, folder: string, clock: () => number): Uploads {
	const store = new PieceStore(folder);
	const accounts = new WeakMap<object, string>();
	const ids = new WeakMap<object, string>();
	const { pool } = ground.database;

	const server = new Server({
		path: UPLOADS,
		datastore: store,
		relativeLocation: true,
		// Our own pages only: no header that invites others.
		allowedOrigins: [],
		// A link that broke leaves its request hanging here; the next one of this upload waits for so long.
		lockDrainTimeout: 1000,
		// One upload a blob: beginning it anew takes the place of what was begun, and fills no disk.
		namingFunction: (_, metadata) => {
			const named = v.safeParse(UploadMetadata, metadata);
			if (!named.success) throw refused({ code: 'http/bad-request', params: { field: 'metadata' } });
			return idOf(named.output);
		},
		async onUploadCreate(request, { id, size }) {
			const fault = await creationFault(pool, accounts.get(request)!, readId(id)!, size);
			if (fault) throw refused(fault);
			return {};
		},
		async onIncomingRequest(request, id) {
			if (request.method === 'POST') return;
			const named = readId(id);
			const wanted = named && (await isWanted(pool, accounts.get(request)!, named));
			// Another's is not there, as if it had never been.
			if (!wanted) throw refused({ code: 'upload/gone' });
			ids.set(request, id);
		},
		async onUploadFinish(request, { id }) {
			const done = await finish(id, accounts.get(request)!);
			if (!done.ok) throw refused(done.fault);
			return {};
		}
	});

	/** Verifies what came and hands it on. Whatever is killed in between, doing it again leads to the same. */
	async function finish(id: string, account: string): Promise<Result<null, Fault>> {
		const { submission, digest } = readId(id)!;
		const path = join(folder, id);
		if ((await digestOf(path)) !== digest) {
			await removeUpload(folder, id);
			const times = await countWrong(pool, submission, digest);
			return fail(times >= MOST_WRONG ? 'hand-in/wrong-digest' : 'upload/wrong-digest');
		}
		await ground.incoming.take(path, digest);
		const done = await arrived(ground, account, digest, clock());
		await removeUpload(folder, id);
		return done;
	}

	return {
		async handle(request, account) {
			accounts.set(request, account);
			const response = await server.handleWeb(request);
			if (response.status >= 400) return { ok: false, fault: await faultOf(response) };
			const { headers } = response;
			const isWhole = headers.get('upload-offset') === headers.get('upload-length');
			if (request.method === 'HEAD' && headers.has('upload-length') && isWhole) {
				// The last byte came, and then the server was killed.
				const done = await finish(ids.get(request)!, account);
				if (!done.ok) return done;
			}
			return ok(response);
		},
		sweep: (now) => sweep(folder, now)
	};
}

const idOf = ({ submission, digest }: UploadMetadata): string => `${submission}.${digest}`;

function readId(id: string): UploadMetadata | null {
	const [submission, digest] = id.split('.');
	const named = v.safeParse(UploadMetadata, { submission, digest });
	return named.success ? named.output : null;
}

async function isWanted(
	pool: Database['pool'],
	account: string,
	{ submission, digest }: UploadMetadata
): Promise<boolean> {
	const blob = await wantedBlob(pool, account, submission, digest);
	return blob?.isWanted ?? false;
}

/** Why an upload may not begin: nobody waits for it, or it is of another size. */
async function creationFault(
	pool: Database['pool'],
	account: string,
	{ submission, digest }: UploadMetadata,
	size: number | undefined
): Promise<Fault | null> {
	const blob = await wantedBlob(pool, account, submission, digest);
	if (!blob) return { code: 'hand-in/not-found' };
	// It came by another way meanwhile, or what it belongs to was refused or taken back: asking again says which.
	if (!blob.isWanted) return { code: 'upload/not-wanted' };
	return blob.size === size ? null : { code: 'upload/other-size', params: { bytes: blob.size } };
}

async function faultOf(response: Response): Promise<Fault> {
	const body = await response.text();
	try {
		const fault = JSON.parse(body) as Fault;
		if (typeof fault.code === 'string') return fault;
	} catch {
		// One of tus's own sentences.
	}
	if (response.status >= 500) return { code: 'upload/broken' };
	return FAULTS[response.status] ?? { code: 'http/bad-request', params: { field: 'upload' } };
}

async function removeUpload(folder: string, id: string): Promise<void> {
	for (const name of [id, `${id}.json`]) await rm(join(folder, name), { force: true });
}

async function sweep(folder: string, now: number): Promise<number> {
	let swept = 0;
	for (const name of await readdir(folder).catch(() => [])) {
		const path = join(folder, name);
		const found = await stat(path).catch(() => null);
		if (!found || now - found.mtimeMs < KEPT_FOR) continue;
		await rm(path, { force: true });
		if (!name.endsWith('.json')) swept++;
	}
	return swept;
}

/** Keeps every byte that came, also of a piece that was cut off: what is on the disk need not be sent again. */
class PieceStore extends FileStore {
	constructor(directory: string) {
		super({ directory, expirationPeriodInMilliseconds: KEPT_FOR });
		this.extensions = ['creation', 'expiration'];
	}

	override async write(readable: Readable, id: string, offset: number): Promise<number> {
		const file = await open(join(this.directory, id), 'r+');
		let at = offset;
		try {
			for await (const piece of readable as AsyncIterable<Buffer>) {
				await file.write(piece, 0, piece.length, at);
				at += piece.length;
			}
			return at;
		} finally {
			await file.sync();
			await file.close();
		}
	}
}
