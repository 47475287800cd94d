/** A stored media file as a stream of its chunks: one in memory at a time, read when the player asks (DEV-32). */
import { CHUNK_SIZE } from '../../core/base/vocabulary.ts';
import { read } from '../db/reader.ts';

export interface StoredMedia {
	size: number;
	mediaType: string;
	/** Bytes from `start` to `end`, both included. */
	stream(start: number, end: number): ReadableStream<Uint8Array>;
}

/** The file if all of it is here, else null: half a video is asked of the server. */
export async function openMedia(digest: string): Promise<StoredMedia | null> {
	const row = await read('media', digest);
	if (!row?.here) return null;
	const { size, mediaType, chunks } = row;
	return {
		...{ size, mediaType },
		stream(start, end) {
			let at = start;
			return new ReadableStream<Uint8Array>(
				{
					async pull(controller) {
						const index = Math.floor(at / CHUNK_SIZE);
						const chunk = await read('chunks', chunks[index]!);
						if (!chunk) return controller.error(new Error('a chunk of a stored file is gone'));
						const from = at - index * CHUNK_SIZE;
						const bytes = chunk.bytes.subarray(
							from,
							Math.min(chunk.bytes.length, end + 1 - index * CHUNK_SIZE)
						);
						at += bytes.length;
						controller.enqueue(bytes);
						if (at > end) controller.close();
					}
				},
				{ highWaterMark: 0 }
			);
		}
	};
}
