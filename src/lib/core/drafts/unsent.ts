/** Since when what somebody made lies on one phone alone, and how much it is (DRA-60). */
import { utf8 } from '../base/hash.ts';
import type { Draft } from './draft.ts';

/** So long it may wait before it is offered as a file, as what learners did is (SYN-85). */
export const LONG = 3 * 86_400_000;

/** A state of a draft that is somewhere else too: when it was put there, and when it was changed last by then. */
export interface Elsewhere {
	at: number;
	changedAt: number;
}

/**
 * Milliseconds since 1970 of when the draft as it is began to be on this phone alone: since it was begun, or since
 * an older state of it reached the server or a file. Null where this very state did, or where nothing is written yet.
 */
export function aloneSince(
	{ createdAt, changedAt }: { createdAt: number; changedAt: number },
	elsewhere: readonly Elsewhere[]
): number | null {
	if (changedAt === createdAt || elsewhere.some((each) => each.changedAt >= changedAt)) return null;
	return Math.max(createdAt, ...elsewhere.map(({ at }) => at));
}

/** Bytes of a draft's texts, pictures and recordings. */
export function bytesOfDraft(draft: Draft): number {
	const files = new Map(draft.files.map(({ digest, size }) => [digest, size]));
	return [...files.values()].reduce((sum, size) => sum + size, utf8(JSON.stringify(draft)).length);
}
