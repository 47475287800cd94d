/** A micro-course as a phone hands it in: built, listed, and uploaded by tus or put through the routes. */
import { randomUUID } from 'node:crypto';
import { Upload } from 'tus-js-client';
import { blobsOf, buildPackage, type BuiltPackage } from '../../src/lib/core/packages/build.ts';
import type { BlobFile, LanguagePart, SharedPart } from '../../src/lib/core/packages/manifest.ts';
import { BLOB_ROLES, type HandInRequest } from '../../src/lib/core/protocol/hand-in.ts';
import { checkSource } from '../../src/lib/core/packages/source/check.ts';
import { makeWebp } from './webp.ts';
import { makeSource, type SourceFactory } from './package-source.ts';

/** The small source as a micro-course of this person. */
export function courseBy(name: string, id = `course-${randomUUID().slice(0, 8)}`): SourceFactory {
	const own = [{ name, institution: 'School LA', did: 'author' }];
	const source = makeSource().edit('package.json', (json) => {
		json.id = id;
		json.kind = 'micro-course';
		json.contributors = own;
	});
	for (const tag of ['en', 'th']) source.edit(`${tag}/package.json`, (json) => (json.contributors = own));
	return source;
}

/** The beginning of a recording in WebM. */
export const WEBM = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, ...new Array<number>(60).fill(7)]);

/** The same with what a phone adds: a photo, a sound beside a step, a clip that was filmed once. */
export function phoneCourseBy(name: string): SourceFactory {
	const source = courseBy(name)
		.remove('shared/media/clip.144p.mp4')
		.remove('shared/media/clip.360p.mp4')
		.remove('shared/figures/clip.svg')
		.put('shared/media/clip.360p.webm', WEBM)
		.put('shared/media/knot.webp', makeWebp({ width: 640, height: 480 }))
		.put('th/media/say.audio.webm', Uint8Array.from([...WEBM, 1]))
		.put('th/media/say.md', 'ดึงให้แน่น\n')
		.edit('th/package.json', (json) => (json.narration = 'spoken'))
		.edit('shared/units/hands.json', (json) => {
			json.practice.steps[0].figure = 'knot';
			json.practice.steps[0].sound = 'say';
		});
	for (const tag of ['en', 'th'])
		source.edit(`${tag}/figures.json`, (json) => {
			delete json.clip;
			json.knot = { alt: 'A knot' };
		});
	return source;
}

export interface HandedIn {
	built: BuiltPackage;
	request: HandInRequest;
	blobs: Map<string, Uint8Array>;
}

/** A source's snapshot, and the request that hands it in. */
export async function handedIn(
	source: SourceFactory,
	draft: string = randomUUID(),
	before?: HandedIn
): Promise<HandedIn> {
	const parts = before?.built.parts.map(({ name, bytes }) => [name, bytes] as const);
	const checked = checkSource(source.files);
	if (!checked.source) throw new Error(JSON.stringify(checked.faults));
	return snapshotOf(await buildPackage(checked.source, new Map(parts)), draft);
}

export function snapshotOf(built: BuiltPackage, draft: string = randomUUID()): HandedIn {
	const blobs = blobsOf(built);
	const roles = new Map<string, BlobFile['role'] | 'manifest' | 'part' | 'pack'>();
	for (const { part } of built.parts) for (const { digest, role } of part.files) roles.set(digest, role);
	for (const { pack } of built.parts) roles.set(pack.digest, 'pack');
	for (const { digest } of built.parts) roles.set(digest, 'part');
	roles.set(built.manifest.digest, 'manifest');
	const { kind, sector, sourceLanguage } = built.parts[0]!.part as SharedPart;
	const { id, version } = built.manifest.manifest;
	const first = built.parts.find(({ name }) => name === sourceLanguage)!.part as LanguagePart;
	const list = [...blobs]
		.map(([digest, { length: size }]) => ({ digest, size, role: roles.get(digest)! }))
		.sort((one, other) => BLOB_ROLES.indexOf(one.role) - BLOB_ROLES.indexOf(other.role));
	return {
		built,
		blobs,
		request: {
			...{ draft, package: id, version, kind, sector, language: sourceLanguage, title: first.title },
			...{ manifest: built.manifest.digest, blobs: list, note: null }
		}
	};
}

export interface SendOptions {
	origin: string;
	cookies: string;
	submission: string;
	digest: string;
	bytes: Uint8Array;
	/** Where it goes on. */
	url?: string | null;
	onUrl?: (url: string) => void;
	onSent?: (bytes: number) => void;
	piece?: number;
}

/** Sends one blob by tus, as the phone does; rejects with what the server said. */
export const send = (options: SendOptions): Promise<void> =>
	new Promise((done, failed) => {
		const { origin, cookies, submission, digest, bytes, url = null, piece = 256 * 1024 } = options;
		const upload = new Upload(Buffer.from(bytes), {
			endpoint: `${origin}/api/uploads`,
			uploadUrl: url,
			chunkSize: piece,
			metadata: { submission, digest },
			headers: { cookie: cookies },
			retryDelays: null,
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => options.onUrl?.(upload.url!),
			onChunkComplete: (_, accepted) => options.onSent?.(accepted),
			onSuccess: () => done(),
			onError: (error) =>
				failed(
					'originalResponse' in error && error.originalResponse
						? Object.assign(new Error(error.originalResponse.getBody()), {
								status: error.originalResponse.getStatus()
							})
						: error
				)
		});
		upload.start();
	});
