/** Thousands of histories that anyone can rerun (SYN-90 to SYN-93): `HISTORIES=20000 HISTORY_SEED=… npx vitest run tests/simulation`. */
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../src/lib/core/progress/event.ts';
import { project } from '../../src/lib/core/progress/project.ts';
import { idsOn, runHistory, type History, type Wild } from './history.ts';

const HISTORIES = Number(process.env['HISTORIES'] ?? 1200);
const SEED = process.env['HISTORY_SEED'] ?? 'setara';
const WILD: Wild = { steps: 60, restores: true, losses: false };

/** What must hold at the end of every history. */
function hold(history: History): void {
	const server = history.server.ids();
	const alive = history.phones.filter((phone) => !phone.gone);
	// Nothing doubled (SYN-91).
	expect(new Set(server).size).toBe(server.length);
	// Nothing acknowledged is lost (SYN-90), unless all that had it are gone: phones and server.
	const left = new Set([...server, ...alive.flatMap(idsOn)]);
	const kept = (id: string) => server.includes(id) || (alive.length < history.phones.length && !left.has(id));
	expect([...history.acknowledged].filter((id) => !kept(id))).toEqual([]);
	// Everybody who is left has the same set, and with it the same progress (SYN-92).
	for (const phone of alive) expect(idsOn(phone)).toEqual([...server].sort());
	const views = [...alive.map(textsOn), history.server.texts()].map(progress);
	for (const view of views) expect(view).toEqual(views[0]);
	// What was refused counts nowhere (SYN-93).
	expect(server.filter((id) => history.refused.has(id))).toEqual([]);
}

const textsOn = (phone: History['phones'][number]) =>
	[...phone.store.events.values()].filter((row) => row.refused === null).map((row) => row.text);

const progress = (texts: string[]) =>
	project(
		texts.map((text) => {
			const event = readEvent(text);
			if (!event.ok) throw new Error(text);
			return event.value;
		})
	);

async function run(seed: string, wild: Wild): Promise<void> {
	try {
		hold(await runHistory(seed, wild));
	} catch (error) {
		throw new Error(`history '${seed}': ${(error as Error).message}`, { cause: error });
	}
}

describe('histories', () => {
	it(`SYN-90 to SYN-93 hold in ${HISTORIES} histories`, { timeout: 600_000 }, async () => {
		for (let n = 0; n < HISTORIES; n++) await run(`${SEED}-${n}`, WILD);
	});

	it(
		'SYN-90 nothing that still lies on a phone is lost when others break',
		{ timeout: 600_000 },
		async () => {
			for (let n = 0; n < HISTORIES / 2; n++) {
				await run(`${SEED}-gone-${n}`, { steps: 60, restores: n % 2 === 0, losses: true });
			}
		}
	);

	// A phone that went back to the start by itself could not tell a restored server from another, and what it had of
	// phones that were gone stayed with it alone: whoever goes back to the start checks what is there.
	it('SYN-69 what one phone has is given back (seed long-gone-740)', () =>
		run('long-gone-740', { steps: 60, restores: true, losses: true }));

	// A push that was overtaken by a longer one got the longer one's receipt, and not what was refused of it: the
	// answer names what was refused up to the receipt, not only of the push.
	it('SYN-54 a receipt is never silent about a refusal (seed setara-gone-62)', () =>
		run('setara-gone-62', { steps: 60, restores: false, losses: true }));
});
