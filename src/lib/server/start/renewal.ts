/** Keeps the catalogue's online roles young while the server runs, and says what nears its end (SRV-50, SRV-51). */
import type { Trust } from '../trust/open.ts';
import { expiryWarnings, renewOnline } from '../trust/trust.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Warn = (
	key: 'cli.role-expires' | 'cli.role-expired' | 'cli.renewal-failed',
	params: Record<string, string | number>
) => void;

/**
 * Renews now and each hour (what is not due is left as it is); warns now and once a day. Answers what ends it.
 */
export function renewDaily(trust: Trust, warn: Warn): () => Promise<void> {
	let warned = 0;
	let running = Promise.resolve();
	async function turn(): Promise<void> {
		const now = Date.now();
		try {
			await renewOnline(trust, now);
			if (now - warned < DAY) return;
			warned = now;
			for (const { role, days, expires } of await expiryWarnings(trust, now)) {
				const day = new Date(expires).toISOString().slice(0, 10);
				warn(days < 0 ? 'cli.role-expired' : 'cli.role-expires', { role, day, days });
			}
		} catch (error) {
			warn('cli.renewal-failed', { reason: (error as Error).message });
		}
	}
	running = turn();
	const timer = setInterval(() => (running = running.then(turn)), HOUR);
	timer.unref();
	return () => {
		clearInterval(timer);
		return running;
	};
}
