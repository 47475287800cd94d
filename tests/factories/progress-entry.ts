/** The learner's log on a real phone's store, against a server in memory: bundled into a page by `progress.browser.ts`. */
import type { ProfileRow } from '../../src/lib/device/db/progress-tables.ts';
import { openDatabases } from '../../src/lib/device/db/schema.ts';
import { createProgress } from '../../src/lib/device/progress/progress.ts';
import { dexieStore } from '../../src/lib/device/progress/dexie-store.ts';
import { append } from '../../src/lib/device/progress/log.ts';
import {
	claimable,
	forgetProfile,
	newId,
	profileInUse,
	signedIn,
	signedOut
} from '../../src/lib/device/progress/profiles.ts';
import { prepare, takeIn } from '../../src/lib/device/sync/exchange.ts';
import { createServer, type Server } from '../simulation/server.ts';

const { safe } = openDatabases();
const store = dexieStore(safe);
const server = createServer(50, (text) => text.includes('refuse-me'));

/** Writes a number of things done, and answers how long each took, milliseconds. */
async function learn(profile: string, count: number, unit = 'unit'): Promise<number[]> {
	const times: number[] = [];
	for (let n = 0; n < count; n++) {
		const before = performance.now();
		const happening = { v: 'completed' as const, o: { p: 'solar', u: `${unit}-${n}` }, c: { l: 'th' } };
		const written = await store.change((tx) => append(tx, profile, happening, Date.now(), newId));
		if (!written.ok) throw new Error(written.fault.code);
		times.push(performance.now() - before);
	}
	return times;
}

/** One exchange with nothing in between. */
async function exchange(profile: string, with_: Server = server): Promise<string> {
	const request = await store.change((tx) => prepare(tx, profile));
	const answer = with_.sync(request);
	if (typeof answer === 'string') return answer;
	return store.change((tx) => takeIn(tx, profile, request, answer, Date.now(), newId()));
}

const row = async (profile: string): Promise<ProfileRow> => (await safe.profiles.get(profile))!;
const rows = async (profile: string) =>
	(await safe.events.toArray()).filter((each) => each.profile === profile);

const tests = {
	...{ safe, store, server, createServer, createProgress, learn, exchange, row, rows, newId },
	...{ claimable, forgetProfile, profileInUse, signedIn, signedOut }
};

export type Tests = typeof tests;
Object.assign(globalThis, { tests });
