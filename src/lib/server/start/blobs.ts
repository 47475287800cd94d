/**
 * Answers for blobs and packs before SvelteKit would: nine in ten bytes that phones fetch are these, and a web stream around each
 * took longer than the file (SRV-20 to SRV-24). What is not here is the handler's to refuse.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerBytes } from '../http/bytes.ts';
import type { BlobStore } from '../packages/blob-store.ts';
import { frameName } from '../packages/wire.ts';

/** Names whose size is remembered: a hundred packages. */
const MOST_SIZES = 20_000;

/** Answers the request if it may be for a blob, by `next` where there is none; false if it is for something else. */
export type ServeBlob = (
	request: IncomingMessage,
	response: ServerResponse,
	path: string,
	next: () => void
) => boolean;

export function serveBlobs(blobs: Pick<BlobStore, 'size' | 'stream'>): ServeBlob {
	/** Bytes under a digest never become others, so that each answer need not ask the disk. */
	const sizes = new Map<string, number>();

	async function answer(
		request: IncomingMessage,
		response: ServerResponse,
		{ name, etag }: Kept,
		next: () => void
	): Promise<void> {
		const size = sizes.get(name) ?? (await blobs.size(name));
		if (size === null) return next();
		if (sizes.size >= MOST_SIZES) sizes.clear();
		sizes.set(name, size);
		const header = (name: string) => {
			const value = request.headers[name];
			return typeof value === 'string' ? value : null;
		};
		const bytes = { size, etag: etag ?? `"${size}"`, mediaType: 'application/octet-stream' };
		const { status, headers, body } = answerBytes(request.method!, header, bytes);
		response.writeHead(status, headers);
		if (!body) return void response.end();
		const stream = await blobs.stream(name, body.start, body.end);
		response.on('close', () => stream.destroy());
		stream.on('error', () => {
			sizes.delete(name);
			response.destroy();
		});
		stream.pipe(response);
	}

	return (request, response, path, next) => {
		const kept = keptAt(path);
		if (!kept || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
		answer(request, response, kept, next).catch((error: unknown) => {
			console.error(`${path}:`, error);
			response.destroy();
		});
		return true;
	};
}

interface Kept {
	/** Under which it lies in the store. */
	name: string;
	/** Null: its length (packs, DEV-14). */
	etag: string | null;
}

/** A blob, or a pack's frame without a base. */
function keptAt(path: string): Kept | null {
	const [, blob, pack] = /^\/(?:blob\/([0-9a-f]{64})|pack\/0\/([0-9a-f]{64})\.zst)$/.exec(path) ?? [];
	if (blob) return { name: blob, etag: `"${blob}"` };
	return pack ? { name: frameName(pack), etag: null } : null;
}
