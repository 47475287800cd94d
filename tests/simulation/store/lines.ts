/** How simulated phones reach the server and other addresses: lines that are slow, cut, busy, empty, or damage what they carry. */
import { HEAD_BYTES } from '../../../src/lib/core/budget/week.ts';
import type { Ground } from './tab.ts';
import type { Grip } from './disk.ts';
import type { Shelf } from './shelf.ts';

export interface Line {
	/** Nothing goes while it is false, and what goes breaks. */
	isUp: boolean;
	/** Bytes of it are of the week's data. */
	isPaid: boolean;
	/** Bytes a millisecond. */
	rate: number;
	latency: number;
	/** Milliseconds after which a connection breaks; Infinity: never. */
	life: number;
	/** Of a hundred pieces, those in which a byte is turned over. */
	flips: number;
	/** Of a hundred requests, those answered by 503 and by 404. */
	busy: number;
	lacks: number;
}

export const GOOD: Omit<Line, 'isPaid'> = {
	...{ isUp: true, rate: 1000, latency: 20, life: Infinity, flips: 0, busy: 0, lacks: 0 }
};

export interface Network {
	shelf: Shelf;
	/** By origin; the server that the app came from under ''. */
	lines: Map<string, Line>;
	stage: () => number;
	/** Bytes of a request that began then came over a paid line. */
	onPaid: (bytes: number, begun: number) => void;
}

const PIECE = 12 * 1024;
const never = new Promise<never>(() => undefined);

export function openNetwork(
	{ time, chance }: Pick<Ground, 'time' | 'chance'>,
	{ shelf, lines, stage, onPaid }: Network
): Ground['fetch'] {
	const turnOver = (bytes: Uint8Array, { flips }: Line) => {
		if (flips > 0 && chance(100) < flips) bytes[chance(bytes.length)]! ^= 1 + chance(255);
		return bytes;
	};

	return async function fetch(tab: Grip, url: string, init: RequestInit) {
		const { origin, pathname, search } = new URL(url, 'https://phone.test');
		const line = lines.get(origin === 'https://phone.test' ? '' : origin);
		const { signal } = init;
		const begun = time.now();
		const end = begun + (line?.life ?? 0);
		const wait = (ms: number) =>
			new Promise<boolean>((resolve) => {
				const over = (isGood: boolean) => {
					stop();
					signal?.removeEventListener('abort', ended);
					if (!tab.isDead) resolve(isGood && line!.isUp && time.now() < end);
				};
				const ended = () => over(false);
				const stop = time.after(Math.min(ms, Math.max(0, end - time.now())), () => over(true));
				signal?.addEventListener('abort', ended);
				if (signal?.aborted) over(false);
			});
		if (!line || !(await wait(line.latency))) throw new TypeError('Failed to fetch');
		if (line.isPaid) onPaid(HEAD_BYTES, begun);
		if (chance(100) < line.busy) return answerOf(503);
		const whole =
			chance(100) < line.lacks ? null : await time.outside(() => shelf.answer(stage(), pathname + search));
		if (tab.isDead) return never;
		if (!whole) return answerOf(404);
		const etag = `"${pathname}"`;
		const asked = rangeOf(new Headers(init.headers), etag);
		if (asked && asked.from >= whole.length) return answerOf(416);
		const [from, to] = asked ? [asked.from, Math.min(asked.to, whole.length)] : [0, whole.length];
		let at = from;
		const headers: Record<string, string> = { etag, 'content-length': String(to - from) };
		if (asked) headers['content-range'] = `bytes ${from}-${to - 1}/${whole.length}`;
		return answerOf(asked ? 206 : 200, headers, async () => {
			if (at >= to) return { done: true, value: undefined };
			const piece = Uint8Array.from(whole.subarray(at, Math.min(at + PIECE, to)));
			if (!(await wait(piece.length / line.rate))) throw new TypeError('network error');
			at += piece.length;
			if (line.isPaid) onPaid(piece.length, begun);
			return { done: false, value: turnOver(piece, line) };
		});
	};
}

function rangeOf(headers: Headers, etag: string): { from: number; to: number } | null {
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.get('range') ?? '') ?? [];
	if (from === undefined || (headers.get('if-range') ?? etag) !== etag) return null;
	return { from: Number(from), to: to ? Number(to) + 1 : Infinity };
}

const answerOf = (
	status: number,
	headers: Record<string, string> = {},
	read: () => Promise<object> = async () => ({ done: true })
) => ({ status, headers: new Headers(headers), body: { getReader: () => ({ read }) } });
