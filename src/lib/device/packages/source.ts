/**
 * Where bytes of packages come from: the origin, another address that the person named, a file. All are asked alike and
 * none is believed: what comes counts by its SHA-256, whoever brought it (DEV-60).
 */
import type { Result } from '../../core/base/result.ts';
import type { SaveFault } from '../faults.ts';
import type { Answer, Going } from '../network.ts';

/** A blob, or the frame of a pack: by itself, or made with another pack as base. */
export type Asked = { blob: string } | { pack: string; base: string | null };

export interface Stretch {
	/** The first byte that is wanted. */
	from: number;
	/** The byte after the last one; absent: all that is left of it. */
	to?: number | undefined;
	/** The most bytes that are taken. */
	max: number;
	/** What is here already is of the answer with this ETag: where the source has another, it begins at 0. */
	etag?: string | null | undefined;
}

/** An answer whose bytes are still to come. */
export interface Reading extends Pick<Answer, 'next' | 'close'> {
	/** Where its bytes begin: where they were asked for, or 0. */
	from: number;
	/** Bytes of the whole, or null where the source does not say. */
	total: number | null;
	/** Strong ETag, or null. */
	etag: string | null;
}

export interface Source {
	/** The only one of this name: `origin`, the address, or the name of the file. */
	readonly name: string;
	/** A file costs nobody's data: what it has is asked of no link. */
	readonly reach: 'link' | 'file';
	/** `network/not-found` where it does not have it. */
	read(asked: Asked, stretch: Stretch, going: Going): Promise<Result<Reading, SaveFault>>;
}
