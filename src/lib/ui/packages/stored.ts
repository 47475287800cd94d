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
	/** Ids of the units whose media are wanted; absent: all of them. */
	units?: string[] | undefined;
	/** Text now, the rest on Wi-Fi. */
	media?: 'wifi' | undefined;
}

/** What is left of the week's data, and the day on which it begins anew. */
export interface Week {
	left: number;
	anew: Date;
}

/** Bytes of a choice: those still to come, and all; null while they are not known. */
export interface Cost {
	missing: number;
	total: number;
}
