/**
 * One tab writes a draft at a time (DRA-23): a Web Lock is the turn, and a tab that wants it asks the one that has it
 * to put on the disk what it has and let go. A tab that does not answer (frozen by the phone) loses it.
 */
export interface TurnParts {
	/** This tab may write now; called before it is said to anybody. */
	onTurn: () => Promise<void>;
	/** Another tab asks for the turn: resolves when all is on the disk. */
	onAsked: () => Promise<void>;
	/** The turn is gone. */
	onLost: () => void;
}

export interface Turn {
	/** Resolves when this tab knows whether it writes. */
	ready: Promise<void>;
	take(): Promise<void>;
	end(): void;
}

const PATIENCE = 2_000;

export function claimTurn(name: string, parts: TurnParts): Turn {
	if (typeof navigator === 'undefined' || !('locks' in navigator)) return alone(parts);
	const channel = new BroadcastChannel(name);
	let release: (() => void) | null = null;
	let waiting: AbortController | null = null;
	let isOver = false;
	let granted: (() => void) | null = null;

	/** Holds the turn until it is let go of. */
	async function hold(): Promise<void> {
		waiting = null;
		if (isOver) return;
		const held = new Promise<void>((resolve) => (release = resolve));
		await parts.onTurn();
		granted?.();
		await held;
	}
	function lost(): void {
		release = null;
		if (isOver) return;
		parts.onLost();
		queue();
	}
	function queue(): void {
		waiting = new AbortController();
		// Stolen or ended: both reject, and only the first is news.
		navigator.locks.request(name, { signal: waiting.signal }, hold).then(lost, () => release && lost());
	}
	channel.onmessage = async () => {
		if (!release) return;
		await parts.onAsked();
		release?.();
	};
	const ready = new Promise<void>((resolve, reject) => {
		granted = resolve;
		navigator.locks
			.request(name, { ifAvailable: true }, async (lock) => {
				if (lock) return hold().then(() => true);
				resolve();
				return false;
			})
			.then(
				(held) => (held ? lost() : queue()),
				(error: unknown) => (release ? lost() : reject(error as Error))
			);
	});

	return {
		ready,
		async take() {
			if (release || isOver) return;
			const turn = new Promise<void>((resolve) => (granted = resolve));
			channel.postMessage('give');
			const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), PATIENCE));
			if ((await Promise.race([turn, late])) !== 'late' || isOver) return;
			waiting?.abort();
			navigator.locks.request(name, { steal: true }, hold).then(lost, () => release && lost());
			await turn;
		},
		end() {
			isOver = true;
			waiting?.abort();
			release?.();
			channel.close();
		}
	};
}

/** Where there are no locks there is one tab as far as anybody knows; the store still refuses the older writer. */
const alone = (parts: TurnParts): Turn => ({
	ready: parts.onTurn(),
	take: async () => {},
	end() {}
});
