/** How a hand-in stands, as pages are told by the route, and what of it is said and drawn. */
import type { Submission } from '../../../core/protocol/hand-in.ts';
import type { SubmissionState } from '../../../core/protocol/submission-states.ts';
import type { I18n } from '../../../i18n/context.ts';
import type { Trouble } from '../desk.ts';

export interface Standing {
	id: string;
	version: string;
	/** `here`: waits for a link; `sending`; `withdrawing`: waits to be told; else the server's. */
	state: 'here' | 'sending' | 'withdrawing' | SubmissionState;
	since: number;
	bytes: number;
	sent: number;
	fault: (Trouble & { message?: string }) | null;
	submission: Submission | null;
	askedAt: number | null;
}

/** The state in words. */
export function stateWords({ t, format }: I18n, standing: Standing | null): string {
	if (!standing) return t('teach.state-draft');
	const { state, sent, bytes } = standing;
	return t(`teach.state-${state}`, { sent: format.bytes(sent), bytes: format.bytes(bytes) });
}

/** The station of the four at which it is; -1 when it has left the way. */
export function stationOf(standing: Standing | null): number {
	switch (standing?.state) {
		case undefined:
		case 'here':
		case 'withdrawn':
		case 'withdrawing':
			return 0;
		case 'sending':
		case 'receiving':
			return 1;
		case 'in-review':
		case 'changes-asked':
		case 'approved':
		case 'refused':
			return 2;
		case 'published':
		case 'superseded':
			return 3;
		case 'recalled':
			return -1;
	}
}

/** Experts read already while not all of it has come: the text went first. */
export const mediaComing = ({ state, sent, bytes }: Standing): boolean =>
	['in-review', 'changes-asked', 'approved'].includes(state) && sent < bytes;

/** Whether it can still be taken back. */
export const mayWithdraw = (standing: Standing | null): standing is Standing =>
	standing !== null &&
	['here', 'sending', 'receiving', 'in-review', 'changes-asked', 'refused'].includes(standing.state);

/** Whether the committee has it: handing in again then takes the place of what they read. */
export const isHandedIn = (standing: Standing | null): boolean =>
	standing !== null &&
	!['withdrawn', 'withdrawing', 'published', 'superseded', 'recalled'].includes(standing.state);
