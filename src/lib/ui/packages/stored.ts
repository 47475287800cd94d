/** What pages show of a package on this phone: the part of the device's own record that is drawn. */
import type { Tier } from '../../core/base/vocabulary.ts';

export interface Stored {
	id: string;
	choice: { languages: readonly string[]; tier: Tier };
	state: 'fetching' | 'paused' | 'stopped' | 'saved';
	phase: 'catalogue' | 'text' | 'media';
	/** Languages that open with no link. */
	readable: readonly string[];
	/** Version that opens now. */
	version: string | null;
	/** Version that is being fetched to take its place. */
	update: string | null;
	bytes: { done: number; total: number; exact: boolean };
}

/** What a person chose to have. */
export interface Wanted {
	languages: string[];
	tier: Tier;
}

/** Bytes of a choice: those still to come, and all; null while they are not known. */
export interface Cost {
	missing: number;
	total: number;
}
