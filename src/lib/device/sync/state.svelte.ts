/** The state of sending, for the link chip, the state sheet and the pages of `me`. Light: the engine loads when it is followed. */
import type { Activity } from './engine.ts';
import type { Sync, SyncView } from './sync.ts';

class Sending {
	/** Null on the server and until the phone has answered. */
	view = $state.raw<SyncView | null>(null);
	activity = $state.raw<Activity>({ sending: null, fault: null });
	#sync: Sync | null = null;

	/** Things that have no receipt yet. */
	get unsent(): number {
		return this.view?.waiting ?? 0;
	}

	/** Things that wait to be sent. Without an account nothing is meant to be sent, so nothing waits. */
	get waiting(): number {
		return this.view?.account ? this.unsent : 0;
	}

	/** Follows and drives sync in this tab; answers what ends it. Called once, by the root layout. */
	follow(): () => void {
		let isOver = false;
		let end = () => {};
		void import('./sync.ts').then(({ startSync }) => {
			if (isOver) return;
			const sync = startSync((activity) => (this.activity = activity));
			const unwatch = sync.watch((view) => (this.view = view));
			this.#sync = sync;
			end = () => (unwatch(), sync.stop());
		});
		return () => {
			isOver = true;
			this.#sync = null;
			end();
		};
	}

	/** Tries now: the button of the state sheet, and after signing in. */
	async now(): Promise<void> {
		await this.#sync?.run();
	}
}

export const sending = new Sending();
