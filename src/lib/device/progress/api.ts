/**
 * What pages can ask of a learner's progress on this phone. Types only, so that a first visit carries no byte of the
 * store: `openProgress()` in `open.ts` loads the rest. All of it is about the profile in use; others stay apart.
 */
import type { Result } from '../../core/base/result.ts';
import type { Attempt } from '../../core/lessons/assessment.ts';
import type { Event, EventFault, Happening } from '../../core/progress/event.ts';
import type { Facts } from '../../core/progress/project.ts';
import type { PackageProgress } from '../../core/progress/view.ts';

export type RecordFault = { code: EventFault | 'storage/full' | 'storage/closed' };

export interface DeviceProgress {
	/**
	 * Writes what was done to this phone's disk: log and outbox in one transaction. Resolved, it outlives a power cut;
	 * it is sent when a link appears. `initialized` is written once a unit and profile, later ones change nothing.
	 */
	record(happening: Happening): Promise<Result<Event | null, RecordFault>>;
	/** Calls with the progress of one package, now and after each change in any tab; answers what ends it. */
	watchPackage(id: string, listener: (progress: PackageProgress) => void): () => void;
	/** The same with the facts of all packages, for `nextStep` and the practise page. */
	watchAll(listener: (facts: Facts) => void): () => void;
	progressOf(id: string): Promise<PackageProgress>;
	all(): Promise<Facts>;
	/** The try at a unit's quiz that is under way, or null. */
	loadAttempt(packageId: string, unit: string): Promise<Attempt | null>;
	/** Keeps a try after each answer and move; written through to the disk. */
	saveAttempt(packageId: string, attempt: Attempt): Promise<Result<null, RecordFault>>;
	/** Forgets the try of a unit, once it is handed in or begun anew. */
	dropAttempt(packageId: string, unit: string): Promise<void>;
	/** What a unit's simulation asked to keep (JSON, 4 KB at most), or null; it stays on this phone. */
	loadState(packageId: string, unit: string): Promise<unknown>;
	saveState(packageId: string, unit: string, state: unknown): Promise<void>;
	/** A fresh UUIDv7, for a new try. */
	newId(): string;
}
