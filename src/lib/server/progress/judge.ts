/** What is made of each event of a push: counted, held until its package is here, or refused with a reason. */
import { scoreFault, partOf, type UnitQuiz } from '../../core/progress/check.ts';
import { readEvent, type Event } from '../../core/progress/event.ts';
import type { Judged } from './repository.ts';

/** A unit's quiz by the digest of the shared part, or null where this server does not have that part. */
export type FindQuiz = (part: string, unit: string) => Promise<UnitQuiz | null>;

export interface Judgement extends Judged {
	/** The event itself where it counts. */
	counted: Event | null;
}

/** Judges an event by itself and its package; asked again it says the same (SYN-40). */
export async function judge(text: string, findQuiz: FindQuiz): Promise<Judgement> {
	const event = readEvent(text);
	if (!event.ok) return { text, id: null, state: 'refused', code: event.fault.code, counted: null };
	const { i: id, o } = event.value;
	const part = partOf(event.value);
	if (part === null) return { text, id, state: 'counted', code: null, counted: event.value };
	const quiz = await findQuiz(part, o.u);
	if (!quiz) return { text, id, state: 'held', code: null, counted: null };
	const code = scoreFault(event.value, quiz);
	return code
		? { text, id, state: 'refused', code, counted: null }
		: { text, id, state: 'counted', code: null, counted: event.value };
}
