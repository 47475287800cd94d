/** What the parts of one unit's page share, whichever language it is in at the moment. */
import { getContext, setContext, type Component } from 'svelte';
import type { UnitPage } from '../../core/lessons/unit-page.ts';

export interface Reader {
	readonly page: UnitPage;
	/** False on the server and until scripts run: what needs them is then drawn so that it works without. */
	readonly live: boolean;
	/** Whether a link is there, as far as the browser knows. */
	readonly online: boolean;
	/** The term whose meaning is shown. */
	readonly term: string | null;
	/** Index of the block that is being read aloud. */
	readonly spoken: number | null;
	/** A sentence about what could not be kept on this phone, or null. */
	readonly trouble: string | null;
	/** Draws the mark of a place, while marking is switched on; null at all other times. */
	readonly mark?: Component<{ place: string }> | null;
	/** Address of another unit of this package, in the same content language. */
	unitHref(unit: string): string;
	showTerm(term: string): void;
	/** Shows a figure larger. */
	enlarge(figure: string): void;
	/** A video was played to its end. */
	watched(video: string): void;
}

const KEY = Symbol('reader');

/** Called once by the unit's page, with an object whose getters follow it. */
export const setReader = (reader: Reader): Reader => setContext(KEY, reader);

/** Keep the object and read `reader.page` in markup, so that a change of language is seen. */
export const useReader = (): Reader => getContext(KEY);
