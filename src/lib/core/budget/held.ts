/** A newer release of the app that waits, because of what it costs (BUD-9, BUD-11). */
import * as v from 'valibot';
import type { Spent } from './bill.ts';
import { leftOf, type Budget } from './week.ts';

const Held = v.strictObject({
	/** What it takes at most. */
	bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
	/** `week`: so much is not left of the week's data. `saver`: the browser was asked to spare data. */
	why: v.picklist(['week', 'saver']),
	/** The person has said that it may come all the same. */
	allowed: v.optional(v.literal(true))
});
export type Held = v.InferOutput<typeof Held>;

/** Under this key a phone's store has what waits. */
export const HELD = 'app-held';
/** Under this, whether the browser was asked to spare data when a page last heard of it. */
export const SAVER = 'saves-data';
export function parseHeld(stored: unknown): Held | null {
	const read = v.safeParse(Held, stored);
	return read.success ? read.output : null;
}

interface Asked {
	/** What the release takes at most. */
	bytes: number;
	/** What waited before, with the person's word for it. */
	held: Held | null;
	budget: Budget | null;
	spent: readonly Spent[];
	/** The phone's day. */
	day: string;
	/** Whether the browser was asked to spare data. */
	savesData: boolean;
}

/** Whether the person's word covers it: they were told of so many bytes, so a release that takes more asks again. */
export const isAllowed = ({ bytes, held }: Pick<Asked, 'bytes' | 'held'>): boolean =>
	held?.allowed === true && bytes <= held.bytes;

/** Why a release must wait, or null: it may be fetched. One of which all is here already never waits. */
export function whyHeld({ bytes, held, budget, spent, day, savesData }: Asked): Held['why'] | null {
	if (bytes === 0 || isAllowed({ bytes, held })) return null;
	if (savesData) return 'saver';
	return budget && leftOf(budget, spent, day) < bytes ? 'week' : null;
}
