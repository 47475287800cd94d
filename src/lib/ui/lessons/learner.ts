/**
 * What a unit's page asks of the phone about its reader: the route gives it out of `device/progress`. On the server,
 * and where the browser keeps nothing, there is none; then a unit is read and answered all the same, and forgotten.
 */
import type { Attempt } from '../../core/lessons/assessment.ts';
import type { Happening } from '../../core/progress/event.ts';
import type { MarkSaid } from '../../core/progress/project.ts';
import type { Draft } from './quiz/draft.ts';

export interface Learner {
	/** Writes what was done; false when it could not be kept, which the route then says. */
	record(happening: Happening): Promise<boolean>;
	loadAttempt(): Promise<Attempt | null>;
	saveAttempt(attempt: Attempt): Promise<boolean>;
	dropAttempt(): Promise<void>;
	/** The answer in the making, of one try; written at once, before anything else can happen. */
	loadDraft(attempt: string): Draft | null;
	saveDraft(attempt: string, draft: Draft | null): void;
	/** Marks that this person set in the unit, by place. */
	loadMarks(): Promise<Readonly<Record<string, MarkSaid>>>;
	/** What a simulation asked to keep. */
	loadState(): Promise<unknown>;
	saveState(state: unknown): Promise<void>;
	/** A fresh UUIDv7. */
	newId(): string;
}
