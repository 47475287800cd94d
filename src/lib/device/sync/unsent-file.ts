/**
 * What waits to be sent, as a file, and sending it from there: for a phone that meets no link, or that will not last
 * (SYN-85). The file is what the phone would push: the server takes each event once, whoever brings it how often.
 */
import * as v from 'valibot';
import { chainAfter } from '../../core/progress/chain.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { MAX_BATCH, PUSH_TEXT, SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import { postForm, type AskFault } from '../ask.ts';
import { openDatabases } from '../db/schema.ts';
import { dexieStore } from '../progress/dexie-store.ts';
import { ALL } from '../progress/store.ts';
import { known } from '../progress/profiles.ts';

const FORMAT = 'setara-unsent/1';
/** Twenty thousand events; a year of learning is some thousand. */
const MOST_BYTES = 32 * 1024 * 1024;
const { first, before } = SyncRequest.entries.push.entries;
const Unsent = v.strictObject({
	format: v.literal(FORMAT),
	device: SyncRequest.entries.device,
	first,
	before,
	events: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64 * 1024))), v.minLength(1), v.maxLength(100_000))
});

/** A file of all that waits here of the profile in use; null where nothing does. */
export async function takeUnsent(): Promise<File | null> {
	const db = openDatabases().safe;
	const profile = await known(db);
	if (!profile) return null;
	const rows = await dexieStore(db).change((tx) => tx.own(profile.id, profile.received, ALL));
	if (rows.length === 0) return null;
	const file = {
		...{ format: FORMAT, device: profile.device, first: profile.received + 1, before: profile.chain },
		events: rows.map(({ text }) => text)
	} satisfies v.InferInput<typeof Unsent>;
	const day = new Date().toISOString().slice(0, 10);
	return new File([JSON.stringify(file)], `setara-unsent-${day}.json`, { type: 'application/json' });
}

/** Sends it for the account that is signed in here; the fault of the first push that is refused. */
export async function sendUnsent(file: Blob): Promise<Result<null, AskFault | Fault<'unsent/not-one'>>> {
	const read = file.size <= MOST_BYTES ? v.safeParse(Unsent, await parsed(file)) : null;
	if (!read?.success) return fail('unsent/not-one');
	const { device, first, events } = read.output;
	let { before } = read.output;
	for (let at = 0; at < events.length;) {
		let room = PUSH_TEXT;
		const fits = events.slice(at, at + MAX_BATCH).filter((text, n) => (room -= text.length) >= 0 || n === 0);
		const push = { first: first + at, before, events: fits };
		const answer = await postForm('/api/progress', SyncAnswer, { v: 1, device, push, pull: null });
		if (!answer.ok) return answer;
		before = chainAfter(before, fits);
		at += fits.length;
	}
	return ok(null);
}

const parsed = async (file: Blob): Promise<unknown> => {
	try {
		return JSON.parse(await file.text());
	} catch {
		return null;
	}
};
