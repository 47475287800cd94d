/** What is known of one source while a transfer lasts: how much it bears, when it may be asked again, whether it lied. */
import { growingPause, type Pauses } from '../base/pause.ts';
import { limited, measured, narrowed, newWindow, type Window } from './window.ts';

/** Failures one after another, with nothing come between them, after which a source is left alone. */
const MOST_FAILURES = 4;
const PAUSES: Pauses = { first: 500, longest: 30_000 };
/** Less than this before a break is no progress: asking again would cost more than it brings. */
const WORTH = 2048;
/** A request that was silent for so long when it broke off was stalled. */
const SILENCE = 20_000;
/** How long a measurement lasts. */
const EPOCH = 2000;
/** A link that has nothing of the first so many files has nothing of this package. */
const MOST_LACKED = 8;
/** A request is for what comes in this time, so that the way there and back is little of it. */
const SPAN = 20;
const FIRST_SPAN = 1024 * 1024;
const LONGEST_SPAN = 16 * 1024 * 1024;

export interface ServingSource {
	name: string;
	/** A file costs nobody's data. */
	reach: 'link' | 'file';
}

/** One request under way. */
export interface Flight {
	began: number;
	heard: number;
	bytes: number;
}

export class Serving<F> {
	readonly source: ServingSource;
	/** Blobs that it does not have, or does not give. */
	readonly lacks = new Map<string, F>();
	/** Blobs at which it was too slow: others go first. */
	readonly avoids = new Set<string>();
	readonly flights = new Set<Flight>();
	isLiar = false;
	isGone = false;
	fault: F | null = null;
	private window: Window;
	private failures = 0;
	private until = 0;
	private hasGiven = false;
	private guess: number | null = null;
	private epoch: { since: number; bytes: number } | null = null;

	constructor(source: ServingSource, limit: number) {
		this.source = source;
		this.window = newWindow(limit);
	}

	/** Whether it is to be counted on, now or after a pause. */
	get isLive(): boolean {
		return !this.isLiar && !this.isGone && this.failures < MOST_FAILURES;
	}

	/** When it may be asked next. */
	get readyAt(): number {
		return this.until;
	}

	/** Bytes a second, or null while that is not known. */
	get rate(): number | null {
		return this.window.rate ?? this.guess;
	}

	isReady(now: number): boolean {
		return this.isLive && this.until <= now && this.flights.size < this.window.size;
	}

	/** Bytes that one request should be for. */
	get span(): number {
		if (this.rate === null) return FIRST_SPAN;
		return Math.min((this.rate / this.window.size) * SPAN, LONGEST_SPAN);
	}

	begin(now: number): Flight {
		const flight = { began: now, heard: now, bytes: 0 };
		this.flights.add(flight);
		return flight;
	}

	/** True where another request may begin by what was measured. */
	came(flight: Flight, bytes: number, now: number): boolean {
		flight.bytes += bytes;
		flight.heard = now;
		this.hasGiven = true;
		if (flight.bytes >= WORTH) this.failures = 0;
		if (this.flights.size < this.window.size) this.epoch = null;
		// What comes first was on its way before.
		else if (!this.epoch) this.epoch = { since: now, bytes: 0 };
		else {
			this.epoch.bytes += bytes;
			const time = now - this.epoch.since;
			if (time < EPOCH) return false;
			this.window = measured(this.window, (this.epoch.bytes / time) * 1000);
			this.epoch = null;
		}
		return this.isReady(now);
	}

	/** A request is over, for whatever reason. */
	end(flight: Flight, now: number): void {
		const time = now - flight.began;
		if (flight.bytes >= WORTH && time > 0) this.guess = (flight.bytes / time) * 1000 * this.flights.size;
		this.flights.delete(flight);
		this.epoch = null;
	}

	/** It broke off: it is asked again after a pause that grows where nothing came. */
	broke(flight: Flight, blob: string, fault: F, now: number, chance: () => number): void {
		this.fault = fault;
		this.window = narrowed(this.window);
		if (flight.bytes < WORTH) this.failures += 1;
		this.until = now + growingPause(this.failures, chance, PAUSES);
		if (now - flight.heard >= SILENCE) this.avoids.add(blob);
	}

	/** It does not have a blob. `isAlone`: nobody else could be asked. */
	lacked(blob: string, fault: F, isAlone: boolean): void {
		this.lacks.set(blob, fault);
		const isEmpty = !this.hasGiven && this.lacks.size >= MOST_LACKED;
		if (isEmpty && !isAlone && this.source.reach === 'link') this.isGone = true;
	}

	halt(fault: F): void {
		this.fault = fault;
		this.isGone = true;
	}

	/** The network is another: what was so of the old one is not of this. */
	woken(limit: number): void {
		this.failures = 0;
		this.until = 0;
		this.window = limited(this.window, limit);
	}
}
