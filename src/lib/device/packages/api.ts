/**
 * What pages can ask of the packages on this phone. Types only, so that a first visit carries no byte of the store:
 * `openPackages()` in `open.ts` loads the rest when it is asked for.
 */
import type { Result } from '../../core/base/result.ts';
import type { Tier } from '../../core/base/vocabulary.ts';
import type { Choice as PlanChoice } from '../../core/packages/plan.ts';
import type { SaveFault } from '../faults.ts';

/** What a person chose to have. Video stands in 360p unless they chose the smaller variant. */
export interface Choice extends PlanChoice {
	/** Text now; media wait for a link that is not paid by the byte. */
	media?: 'wifi' | undefined;
}

/**
 * Where a package stands. `fetching`: under way in this tab or another, or waiting for its turn; `paused`: by the
 * person; `stopped`: by `fault`, everything good kept, `resume` goes on; `saved`: the whole choice is here.
 */
type PackageState = 'fetching' | 'paused' | 'stopped' | 'saved';

export interface StoredPackage {
	id: string;
	choice: Choice;
	state: PackageState;
	/** What is being done while `fetching`. */
	phase: 'catalogue' | 'text' | 'media';
	fault: SaveFault | null;
	/** Languages whose text is here, verified, and opens with no link; grows while media still come. */
	readable: string[];
	/** Version that opens now, or null while nothing does. */
	version: string | null;
	/** Version that is being fetched to take its place, or null. */
	update: string | null;
	/** Bytes of this choice: here so far, and in all. `exact` is false until the manifests are here. */
	bytes: { done: number; total: number; exact: boolean };
	/** When the catalogue was last checked for it, milliseconds; null: never. */
	checked: number | null;
}

/** Bytes that a choice still costs, and all of it costs. */
export interface Quote {
	missing: number;
	total: number;
	exact: boolean;
}

/** What is new in a version that can be had. */
export interface News {
	version: string;
	/** What its makers say of it, by language. */
	notes: { language: string; text: string }[];
	/** Languages of which the text changed. */
	languages: string[];
	/** Bytes of media that are to come. */
	media: number;
	/** Bytes that fetching it costs on the link. */
	missing: number;
	exact: boolean;
}

export interface StorageOverview {
	packages: {
		id: string;
		title: string;
		version: string | null;
		languages: string[];
		/** Bytes here of each tier by itself (not up to and with it). */
		bytes: Record<Tier, number>;
	}[];
	/** Bytes of packages as Setara counts them, each once, and the most that the person gives them (null: no limit). */
	payload: number;
	limit: number | null;
	/** Bytes that the browser counts for this site and would allow; null where it does not say. */
	used: number | null;
	allowed: number | null;
	/** Whether the browser promised not to clear it by itself. */
	persisted: boolean;
}

export interface DevicePackages {
	/**
	 * Starts, widens or narrows what is kept of a package, and goes on until it is whole. Resolves with where it then
	 * stands: `saved`, `paused`, or `stopped` with a fault; follow it by `watch`. Calling it again, or in another tab,
	 * joins what is under way. A choice within what is kept needs no link. Nothing goes beyond the week's budget unless
	 * `beyond` says that the person allowed it for this download.
	 */
	save(id: string, choice: Choice, beyond?: boolean): Promise<StoredPackage>;
	pause(id: string): Promise<void>;
	/** Goes on after `pause` or a fault, with the choice that was made. */
	resume(id: string, beyond?: boolean): Promise<StoredPackage>;
	/** Gives up what is not whole yet: back to what was saved before, or to nothing. */
	cancel(id: string): Promise<void>;
	/** Takes a package off this phone. What was learned stays. */
	remove(id: string): Promise<void>;
	/** Goes on with all that was under way when the last tab was closed. Called once, after start. */
	resumeAll(): Promise<void>;
	get(id: string): Promise<StoredPackage | null>;
	list(): Promise<StoredPackage[]>;
	/** Calls with all packages, now and after each change in any tab; answers what ends it. */
	watch(listener: (packages: StoredPackage[]) => void): () => void;
	/** Exact bytes of a choice, from nothing or from what is here; asks the server where manifests are missing. */
	quote(id: string, choice: Choice): Promise<Result<Quote, SaveFault>>;
	/** What is new in the newer version of what is saved, and what it costs, before it is fetched. */
	news(id: string): Promise<Result<News, SaveFault>>;
	/** Looks for newer versions of what is stored: ids that have one. `save` or `resume` fetches it. */
	findUpdates(): Promise<Result<string[], SaveFault>>;
	storage(): Promise<StorageOverview>;
	/** The most bytes that packages may take on this phone; null: as many as there is room. What waited for room goes on. */
	limitRoom(bytes: number | null): Promise<void>;
	/** Asks the browser to keep what is stored; true when it promises. Needs no permission prompt in Chrome. */
	persist(): Promise<boolean>;
	/** What this phone trusts: how old the catalogue is, whose root it is. */
	trust(): Promise<TrustState>;
	/** After `trust/another-root`: lets go of the old root and takes the one that the server offers now. */
	acceptOtherRoot(): Promise<Result<TrustState, SaveFault>>;
}

export interface TrustState {
	/** `build`: the root came with the app; `first-use`: with the first catalogue (a demonstration says so); null: none yet. */
	anchor: 'build' | 'first-use' | null;
	/** When the catalogue that is trusted was issued, and last found current; milliseconds. */
	issued: number | null;
	checked: number | null;
	/** Roles past their date: content stays usable, labelled with the day. */
	expired: string[];
	/** Set when the last answer followed another root: nothing was taken from it. */
	otherRoot: boolean;
}
