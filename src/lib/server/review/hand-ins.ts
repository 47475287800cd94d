/** Handing in, as routes ask for it (docs/spec/hand-in.md). */
import type { Fault, Result } from '../../core/base/result.ts';
import type { HandInAnswer, HandInList, HandInRequest } from '../../core/protocol/hand-in.ts';
import { sweepIncoming } from './sweep.ts';
import { proceedAll } from './arrival.ts';
import type { HandInGround } from './checks.ts';
import type { ReviewPerson } from './people.ts';
import { handIn, mine, view, withdraw } from './submissions.ts';
import { createUploads, type Uploads } from './uploads.ts';

type Answer<Value> = Promise<Result<Value, Fault>>;

export interface HandIns {
	/** By somebody who may (`hand-in` of core/identity/rights). */
	handIn: (person: ReviewPerson, request: HandInRequest) => Answer<HandInAnswer>;
	mine: (person: ReviewPerson) => Promise<HandInList>;
	view: (person: ReviewPerson, id: string) => Answer<HandInAnswer>;
	withdraw: (person: ReviewPerson, id: string) => Answer<HandInAnswer>;
	uploads: Uploads;
	/** Goes on where a crash stopped it. */
	reconcile: () => Promise<void>;
	/** Takes away what nobody needs any more: uploads that were never finished, media of what is closed. */
	sweep: () => Promise<{ uploads: number; blobs: number }>;
}

export function createHandIns(ground: HandInGround, folder: string, clock: () => number = Date.now): HandIns {
	const uploads = createUploads(ground, folder, clock);
	return {
		handIn: (person, request) => handIn(ground, person, request, clock()),
		mine: (person) => mine(ground, person),
		view: (person, id) => view(ground, person, id),
		withdraw: (person, id) => withdraw(ground, person, id, clock()),
		uploads,
		reconcile: () => proceedAll(ground, clock()),
		sweep: async () => ({
			uploads: await uploads.sweep(clock()),
			blobs: await sweepIncoming(ground, clock())
		})
	};
}
