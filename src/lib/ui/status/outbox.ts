/** Things that a phone sends, as the state sheet lists them. */
import type { Tick } from '../kit/ticks.ts';

export interface OutboxLine {
	id: string;
	/** What it is, in words. */
	text: string;
	bytes: number;
	tick: Tick;
}
