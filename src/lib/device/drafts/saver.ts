/**
 * Puts what is typed on the disk at most half a second later (DRA-20): a save begins a moment after the first key that
 * is not on the disk, however fast others follow, and what fails is tried again while the text stays in this tab.
 */
import { storageFault } from '../db/storing.ts';
import type { DraftFault } from './api.ts';

export interface SaverParts {
	/** Writes all that is unsaved. False: this tab may not write any more. */
	save: () => Promise<boolean>;
	hasUnsaved: () => boolean;
	onChange: () => void;
}

/** With a slow disk's commit after it this stays well under half a second. */
const PAUSE = 150;
const RETRY = 1_000;
const LONGEST_RETRY = 15_000;

export class Saver {
	fault: DraftFault | null = null;
	/** A save is under way: what it has is not on the disk yet. */
	isSaving = false;
	private parts: SaverParts;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private running: Promise<void> | null = null;
	private failures = 0;
	private isOver = false;

	constructor(parts: SaverParts) {
		this.parts = parts;
	}

	/** Something changed: it is saved in a moment, or at the next try where the disk refuses. */
	wake(): void {
		if (this.timer !== undefined || this.running || this.isOver) return;
		const pause = this.failures === 0 ? PAUSE : Math.min(RETRY * 2 ** (this.failures - 1), LONGEST_RETRY);
		this.timer = setTimeout(() => void this.run(), pause);
	}

	/** Saves now; resolves when it was tried. */
	async flush(): Promise<void> {
		await this.running;
		if (this.parts.hasUnsaved()) await this.run();
	}

	/** Nothing is saved by itself any more. */
	stop(): void {
		this.isOver = true;
		clearTimeout(this.timer);
		this.timer = undefined;
	}

	private run(): Promise<void> {
		clearTimeout(this.timer);
		this.timer = undefined;
		return (this.running ??= this.save().finally(() => {
			this.running = null;
			if (this.parts.hasUnsaved()) this.wake();
		}));
	}

	private async save(): Promise<void> {
		this.isSaving = true;
		try {
			await this.parts.save();
			this.failures = 0;
			this.fault = null;
		} catch (error) {
			this.failures += 1;
			const fault = storageFault(error);
			this.fault = (fault as DraftFault | null) ?? { code: 'storage/closed' };
			// A bug of ours loses no text either, but it must be seen.
			if (!fault) queueMicrotask(() => reportError(error));
		}
		this.isSaving = false;
		this.parts.onChange();
	}
}
