/**
 * Who runs: one tab at a time downloads (Web Locks), the others wait for their turn and find it done; a killed tab's
 * turn passes to the next (DEV-20). What the person asks for in any tab ends or changes the run here.
 */
import { liveQuery } from 'dexie';
import { growingPause, type Pauses } from '../../core/base/pause.ts';
import type { Result } from '../../core/base/result.ts';
import type { ChoiceRow } from '../db/rows.ts';
import type { Databases } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { createMeter } from './meter.ts';
import { pauseUntilNetwork } from './network-change.ts';
import { openPurse, watchBudget } from '../purse.ts';
import { watchRoomLimit } from './room.ts';
import { sameChoice } from './rows.ts';
import { runSafely } from './run.ts';
import { persist, sayStored } from './storage.ts';
import { sweep } from './sweep.ts';
import { narrow } from './narrow.ts';
import { inTurn } from './turn.ts';

/** Tries where the link broke off before anything came; after the last the person is told, and it goes on by itself. */
const MOST_TRIES = 4;
const PAUSES: Pauses = { first: 1000, longest: 30_000 };

export interface Runner {
	/** Brings a package to what its row wants; ends when it is whole, paused or stopped. */
	run(id: string): Promise<void>;
	/** After a row was taken away or set back: ends what ran for it, then lets go of its bytes. */
	tidy(id: string): Promise<void>;
	/** Lets go of what a smaller choice has no more; needs no link. */
	narrow(id: string, choice: ChoiceRow): Promise<void>;
}

export function createRunner(databases: Databases): Runner {
	const { safe, media } = databases;
	const running = new Map<string, Promise<void>>();

	const wanted = async (id: string): Promise<ChoiceRow | null> => {
		const row = await safe.packages.get(id);
		return row?.state === 'fetching' ? row.choice : null;
	};

	/** One run after another until nothing is wanted any more. */
	async function untilDone(id: string): Promise<void> {
		let tries = 0;
		for (let choice = await wanted(id); choice; choice = await wanted(id)) {
			const { result, came } = await once(id, choice);
			if (result.ok) {
				void persist();
				continue;
			}
			if (came > 0) tries = 0;
			if (isLink(result.fault) && ++tries < MOST_TRIES) {
				await pauseUntilNetwork(growingPause(tries, Math.random, PAUSES));
				continue;
			}
			await stop(id, choice, result.fault);
		}
	}

	async function once(
		id: string,
		choice: ChoiceRow
	): Promise<{ result: Result<void, SaveFault>; came: number }> {
		const abort = new AbortController();
		const meter = createMeter(media, id);
		const watch = liveQuery(async () => wanted(id)).subscribe({
			next: (now) => {
				if (!now || !sameChoice(now, choice)) abort.abort();
			},
			error: () => abort.abort()
		});
		// Less room or data than before may be too little: the next run looks anew.
		const watches = [watchRoomLimit, watchBudget].map((watch) => watch(safe, () => abort.abort()));
		const isBeyond = (await safe.packages.get(id))?.beyond === true;
		const purse = await openPurse(safe, 'packages', id, isBeyond);
		const result = await runSafely({ databases, id, choice, meter, signal: abort.signal, purse, isBeyond });
		watch.unsubscribe();
		for (const end of watches) end();
		await Promise.all([meter.write(), purse.close().catch(() => undefined)]);
		return { result, came: meter.came };
	}

	/** Only where the person did not pause, change or remove it meanwhile. */
	const stop = (id: string, choice: ChoiceRow, fault: SaveFault): Promise<void> =>
		safe.transaction('rw', safe.packages, async () => {
			const row = await safe.packages.get(id);
			if (row?.state !== 'fetching' || !sameChoice(row.choice, choice)) return;
			await safe.packages.update(id, { state: 'stopped', fault });
		});

	return {
		async run(id) {
			do {
				const run = running.get(id) ?? inTurn(() => untilDone(id)).finally(() => running.delete(id));
				running.set(id, run);
				await run;
				// What was asked for while the last run was ending would else be left.
			} while (await wanted(id));
		},
		narrow: (id, choice) => inTurn(() => narrow(databases, id, choice)),
		async tidy(id) {
			await inTurn(async () => {
				const row = await safe.packages.get(id);
				if (!row) await media.transfers.delete(id);
				await sweep(databases);
				if (row?.state === 'saved') await sayStored(databases, id);
			});
		}
	};
}

const isLink = ({ code }: SaveFault): boolean =>
	code === 'network/offline' || code === 'network/cut' || code === 'network/busy';
