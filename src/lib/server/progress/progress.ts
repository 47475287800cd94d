/** The server's side of progress: one exchange with a phone, scores checked, an account's data taken away or deleted. */
import { readEvent } from '../../core/progress/event.ts';
import { project, type Facts } from '../../core/progress/project.ts';
import { toStatement, type Statement } from '../../core/progress/xapi.ts';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import type { SyncAnswer, SyncRequest } from '../../core/protocol/sync.ts';
import type { Database } from '../db/pool.ts';
import { judge, type FindQuiz } from './judge.ts';
import * as repository from './repository.ts';

type SyncFault = Fault<'progress/device-forked' | 'account/signed-out'>;

export interface ProgressService {
	/** Stores what the phone sent and answers receipt, refusals, and what other devices did (SYN-50 to SYN-58). */
	sync: (account: string, request: SyncRequest) => Promise<Result<SyncAnswer, SyncFault>>;
	/** Looks at events that are held again; after a package was published. Answers how many now count. */
	settleHeld: () => Promise<number>;
	progressOf: (account: string) => Promise<Facts>;
	/** All that an account did, in its order, a part at a time. */
	statements: (account: string, name: string, origin: string) => AsyncGenerator<Statement>;
	/** Deletes all that an account did, and its place. */
	forget: (account: string) => Promise<void>;
}

/** Whoever copies out of the logs what others may read (docs/spec/feedback.md). */
export interface Copies {
	wake: (account: string) => void;
	again: (account: string) => Promise<void>;
	forget: (account: string) => Promise<void>;
}

const PAGE = 500;
const NOBODY = '00000000-0000-0000-0000-000000000000';

export function createProgressService(
	database: Database,
	findQuiz: FindQuiz,
	copies?: Copies
): ProgressService {
	return {
		async sync(account, request) {
			const { device, push, pull } = request;
			if ((await repository.ownerOf(database, device, account)) !== account)
				return fail('progress/device-forked');
			// Before the lock is taken: what is made of an event hangs on nothing that the lock guards.
			const judged = await Promise.all(push.events.map((text) => judge(text, findQuiz)));
			const facts = project(judged.flatMap(({ counted }) => counted ?? []));
			const { outcome, receipt } = await repository.pushEvents(
				database,
				account,
				request,
				judged,
				facts,
				new Date()
			);
			if (outcome === 'forked') return fail('progress/device-forked');
			if (outcome === 'no-account') return fail('account/signed-out');
			if (outcome === 'stored' && push.events.length > 0) copies?.wake(account);
			return ok({
				v: 1,
				outcome,
				receipt,
				refused: await repository.refusedFrom(database, account, device, push.first),
				pull: pull && (await repository.pullEvents(database, account, device, pull))
			});
		},
		async settleHeld() {
			let settled = 0;
			let after = { account: NOBODY, id: NOBODY };
			for (;;) {
				const rows = await repository.heldEvents(database, after, PAGE);
				for (const row of rows) {
					const { counted } = await judge(row.event, findQuiz);
					if (!counted) continue;
					await repository.countHeld(database, row.account, row.id, project([counted]));
					await copies?.again(row.account);
					settled++;
				}
				const last = rows.at(-1);
				if (!last) return settled;
				after = last;
			}
		},
		progressOf: (account) => repository.progressOf(database, account),
		async *statements(account, name, origin) {
			for (let n = 0; ;) {
				const rows = await repository.eventsAfter(database, account, n, PAGE);
				for (const row of rows) {
					const event = readEvent(row.event);
					if (event.ok) yield toStatement(event.value, name, origin);
					n = row.n;
				}
				if (rows.length < PAGE) return;
			}
		},
		async forget(account) {
			await repository.forgetAccount(database, account);
			await copies?.forget(account);
		}
	};
}
