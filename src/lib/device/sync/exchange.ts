/**
 * One exchange with the server, in two halves with the network between them: what to send, and what to make of the
 * answer. Each half is one transaction, so a phone may be killed anywhere; an answer that comes late, twice or not at
 * all leaves nothing wrong (SYN-64 to SYN-73).
 */
import { chainAfter, chainStart, MARK_START } from '../../core/progress/chain.ts';
import { EVENT_VERSION, readEvent } from '../../core/progress/event.ts';
import { observe } from '../../core/progress/hybrid-time.ts';
import { MAX_BATCH, PUSH_TEXT, type SyncAnswer, type SyncRequest } from '../../core/protocol/sync.ts';
import type { EventRow, ProfileRow } from '../db/progress-tables.ts';
import { eventRow } from '../progress/log.ts';
import { ALL, type StoreTransaction } from '../progress/store.ts';

/** From the start again, and what of other devices' events then does not come is offered again by this one. */
const readAnew = ({ epoch }: ProfileRow) => ({
	cursor: { n: 0, mark: MARK_START },
	epoch: epoch + 1,
	rereading: true
});

/** What this profile would send now: what has no receipt yet, as much as one push may hold. */
export async function prepare(tx: StoreTransaction, profileId: string): Promise<SyncRequest> {
	let profile = (await tx.profile(profileId))!;
	if (profile.unread !== null && profile.unread < EVENT_VERSION) {
		profile = { ...profile, unread: null, ...readAnew(profile) };
		await tx.putProfile(profile);
	}
	const rows = await tx.own(profileId, profile.received, MAX_BATCH);
	let room = PUSH_TEXT;
	const events = rows
		.filter(({ text }, index) => (room -= text.length) >= 0 || index === 0)
		.map(({ text }) => text);
	return {
		v: 1,
		device: profile.device,
		push: { first: profile.received + 1, before: profile.chain, events },
		pull: profile.cursor
	};
}

/**
 * Takes the answer in. Nothing counts as received but what the receipt names, and only when its chain is this
 * device's own; another chain means that another phone sends under this id: then it gets a new one (`forked`).
 */
export async function takeIn(
	tx: StoreTransaction,
	profileId: string,
	request: SyncRequest,
	answer: SyncAnswer,
	now: number,
	newDevice: string
): Promise<'taken' | 'forked' | 'stale'> {
	const profile = (await tx.profile(profileId))!;
	// Sent before this profile took another id: that receipt is about a chain that is no longer ours.
	if (profile.device !== request.device) return 'stale';
	const { last, chain } = answer.receipt;
	if (last > profile.last || (await chainAt(tx, profile, last)) !== chain) {
		await fork(tx, profile, newDevice);
		return 'forked';
	}
	const sent = last > profile.received;
	const taken = { ...profile, received: last, chain, sentAt: sent ? now : profile.sentAt };
	await markRefused(tx, profile, answer);
	await tx.putProfile(await takePull(tx, taken, request, answer));
	return 'taken';
}

/** Takes a new device id and numbers all own events anew: the server keeps no event twice, so none is lost or doubled. */
export async function forkDevice(
	tx: StoreTransaction,
	request: SyncRequest,
	profileId: string,
	newDevice: string
): Promise<void> {
	const profile = (await tx.profile(profileId))!;
	if (profile.device === request.device) await fork(tx, profile, newDevice);
}

async function fork(tx: StoreTransaction, profile: ProfileRow, device: string): Promise<void> {
	let last = 0;
	const rows = await tx.own(profile.id, 0, ALL);
	// A refused event would be refused again; it is kept, and no longer sent.
	await tx.putEvents(rows.map((row) => ({ ...row, seq: row.refused === null ? ++last : 0 })));
	await tx.putProfile({ ...profile, device, last, received: 0, chain: chainStart(device) });
}

async function chainAt(tx: StoreTransaction, profile: ProfileRow, seq: number): Promise<string> {
	const forward = seq >= profile.received;
	const after = forward ? profile.received : 0;
	const rows = seq === after ? [] : await tx.own(profile.id, after, seq - after);
	return chainAfter(
		forward ? profile.chain : chainStart(profile.device),
		rows.map(({ text }) => text)
	);
}

async function markRefused(
	tx: StoreTransaction,
	profile: ProfileRow,
	{ refused, receipt }: SyncAnswer
): Promise<void> {
	for (const { seq, code } of refused) {
		if (seq > receipt.last) continue;
		const [row] = await tx.own(profile.id, seq - 1, 1);
		if (row?.seq === seq) await tx.putEvents([{ ...row, refused: code }]);
	}
}

async function takePull(
	tx: StoreTransaction,
	profile: ProfileRow,
	request: SyncRequest,
	{ pull }: SyncAnswer
): Promise<ProfileRow> {
	if (!pull || !request.pull) return profile;
	const { n, mark } = profile.cursor;
	const inTurn = request.pull.n === n && request.pull.mark === mark;
	let { epoch, rereading, time, last, unread } = profile;
	// The server was restored to an earlier day: read all of it anew, to see what of others' it has lost.
	if (pull.restarted && inTurn) [epoch, rereading] = [epoch + 1, true];
	const rows: EventRow[] = [];
	for (const text of pull.events) {
		const event = readEvent(text);
		// From a newer version of the app: all is read again when this phone has that version.
		if (!event.ok) unread = EVENT_VERSION;
		if (!event.ok) continue;
		time = observe(time, event.value.t);
		const row = await tx.event(profile.id, event.value.i);
		// An answer that comes late says what the server had, not what it has.
		const seen = inTurn ? epoch : epoch - 1;
		rereading ||= !inTurn && (row?.seen ?? -1) < epoch;
		rows.push(
			row ? { ...row, seen: Math.max(row.seen, seen) } : eventRow(profile.id, event.value, text, 0, seen)
		);
	}
	await tx.putEvents(rows);
	if (inTurn && rereading && !pull.more) {
		const lost = (await tx.others(profile.id)).filter((row) => row.seen < epoch && row.refused === null);
		await tx.putEvents(lost.map((row) => ({ ...row, seq: ++last })));
		rereading = false;
	}
	return { ...profile, cursor: inTurn ? pull.cursor : profile.cursor, epoch, rereading, time, last, unread };
}
