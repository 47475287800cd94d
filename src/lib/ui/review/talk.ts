/** What the parts of a unit under review share: what was said of it, and what is being typed. */
import { getContext, setContext } from 'svelte';
import type { Comment } from '../../core/protocol/hand-in.ts';

/** Where a comment belongs. */
export interface Spot {
	unit: string | null;
	/** `b3`, `step:<id>`, `item:<id>`; null: the unit. */
	anchor: string | null;
	language: string | null;
	quote: string | null;
}

export interface Talk {
	readonly comments: readonly Comment[];
	readonly mayComment: boolean;
	/** Words that were typed at a spot and not sent. */
	typed: (spot: Spot) => string;
	type: (spot: Spot, words: string) => void;
	/** Each answers the sentence of what went wrong, or null. */
	send: (spot: Spot, words: string) => Promise<string | null>;
	resolve: (comment: Comment) => Promise<string | null>;
}

const KEY = Symbol('talk');
export const setTalk = (talk: Talk): Talk => setContext(KEY, talk);
export const useTalk = (): Talk => getContext(KEY);
