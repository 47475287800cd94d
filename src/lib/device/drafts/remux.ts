/**
 * A sound or clip put into a container of our own: its frames as they are, its words about place, time and device left
 * behind (DRA-31). mediabunny is loaded here, the first time that somebody has a recording.
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { DraftFault } from './api.ts';
import type { Remuxed } from './convert.ts';

export const MOST_CLIP_BYTES = 20 * 1024 * 1024;

export async function remux(file: Blob, role: 'sound' | 'clip'): Promise<Result<Remuxed, DraftFault>> {
	if (file.size > MOST_CLIP_BYTES * 10) return tooLarge();
	const here = await import('./convert.ts').catch(() => null);
	if (!here) return fail('draft/recorder-away');
	const { convert } = here;
	try {
		const made = await convert(file, role);
		if (!made) return fail('draft/media-unreadable');
		return made.bytes.length > MOST_CLIP_BYTES ? tooLarge() : ok(made);
	} catch {
		// What a reader of media throws at bytes that are no media has no closed list.
		return fail('draft/media-unreadable');
	}
}

const tooLarge = () => fail('draft/clip-too-large', { limit: MOST_CLIP_BYTES });
