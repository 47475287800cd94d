/** Sources of a simulated world: slow, cut, silent, empty, lying, in time that the world's clock gives. */
import { fail, ok } from '../../src/lib/core/base/result.ts';
import type { Reading, Source } from '../../src/lib/device/packages/source.ts';
import type { Clock } from './clock.ts';

export interface Nature {
	name: string;
	reach: 'link' | 'file';
	/** Bytes a second, over all requests. */
	rate: number;
	latency: number;
	/** Milliseconds after which a connection breaks; Infinity: never. */
	life: number;
	/** Turns a byte over in so many of a hundred chunks' worth of bytes. */
	lies: number;
	/** Blobs that it does not have. */
	lacks: ReadonlySet<string>;
	/** Bytes of an answer after which no more come and nothing ends it. */
	stallsAfter: number;
}

export interface Link {
	source: Source;
	nature: Nature;
	/** Nothing goes while it is false, and what goes breaks. */
	isUp: boolean;
	/** From then on it is whole. */
	heal: () => void;
	requests: number;
}

const PIECE = 4096;
const STALL = 30_000;

/** @param chance a whole number below the limit */
export function makeLink(
	nature: Nature,
	blobs: ReadonlyMap<string, Uint8Array>,
	clock: Clock,
	chance: (limit: number) => number,
	onGiven: (nature: Nature, blob: string, from: number, bytes: number) => void
): Link {
	let isWhole = false;
	let flights = 0;
	const link: Link = {
		nature,
		isUp: true,
		requests: 0,
		heal() {
			isWhole = true;
			link.isUp = true;
		},
		source: { name: nature.name, reach: nature.reach, read: (...asked) => read(...asked) }
	};

	const read: Source['read'] = async (asked, { from, to }, { signal }) => {
		link.requests++;
		const life = isWhole ? Infinity : nature.life * (0.5 + chance(100) / 100);
		const end = clock.now() + life;
		/** False where it broke or was ended meanwhile. */
		const wait = (ms: number): Promise<boolean> =>
			new Promise((resolve) => {
				const over = (isGood: boolean) => {
					stop();
					signal?.removeEventListener('abort', ended);
					resolve(isGood && link.isUp && clock.now() < end);
				};
				const ended = () => over(false);
				const stop = clock.after(Math.min(ms, Math.max(0, end - clock.now())), () => over(true));
				signal?.addEventListener('abort', ended);
				if (signal?.aborted) over(false);
			});
		if (!(await wait(nature.latency))) return fail('network/offline');
		if (!('blob' in asked) || nature.lacks.has(asked.blob)) return fail('network/not-found');
		const whole = blobs.get(asked.blob)!;
		let at = from;
		flights++;
		let isOpen = true;
		const close = () => {
			if (isOpen) flights--;
			isOpen = false;
		};
		const reading: Reading = {
			...{ from, total: whole.length, etag: null, close },
			async next() {
				if (at >= (to ?? whole.length)) return ok(null);
				if (!isWhole && at - from >= nature.stallsAfter) {
					await wait(STALL);
					return fail('network/cut');
				}
				const piece = whole.slice(at, Math.min(at + PIECE, to ?? whole.length));
				if (!(await wait((piece.length / nature.rate) * 1000 * flights))) return fail('network/cut');
				at += piece.length;
				if (chance(100) < nature.lies) piece[chance(piece.length)]! ^= 1 + chance(255);
				onGiven(nature, asked.blob, at - piece.length, piece.length);
				return ok(piece);
			}
		};
		return ok(reading);
	};
	return link;
}
