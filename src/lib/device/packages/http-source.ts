/** Sources that are asked over HTTP: the origin, and other addresses, by the same paths and by Range (SRV-20 to SRV-24). */
import { fail, ok } from '../../core/base/result.ts';
import { addressSpace } from '../../core/packages/source-address.ts';
import { ask, type Answer, type Elsewhere } from '../network.ts';
import type { Asked, Reading, Source, Stretch } from './source.ts';

/** The server that the page came from. */
export const ORIGIN: Source = httpSource('origin', '');

/** Until a server on the same network, or a mirror, has to have answered: longer than 2G takes, shorter than a stall. */
const PATIENCE = 8000;

/**
 * Another address. It learns nothing of the person and is not followed elsewhere; what comes over the local network is
 * not of the week's data. It is asked by the page: a worker may not reach plain http on the local network.
 */
export function addressSource(address: string): Source {
	const source = httpSource(address, address, elsewhereOf(address));
	if (addressSpace(address) === null) return source;
	return { ...source, read: (asked, stretch, { signal }) => source.read(asked, stretch, { signal }) };
}

/** How another address is asked. */
export function elsewhereOf(address: string): Elsewhere {
	const space = addressSpace(address);
	return {
		...{ patience: PATIENCE, mode: 'cors', redirect: 'error', referrerPolicy: 'no-referrer' },
		...(space === null ? {} : named(space))
	};
}

/** Browsers that know the name but not this value would throw; those that know neither leave it out by themselves. */
function named(space: 'local' | 'loopback'): RequestInit {
	const init: RequestInit & { targetAddressSpace: string } = { targetAddressSpace: space };
	try {
		new Request('https://setara.invalid', init);
		return init;
	} catch {
		return {};
	}
}

function httpSource(name: string, base: string, elsewhere?: Elsewhere): Source {
	return {
		name,
		reach: 'link',
		async read(asked, stretch, going) {
			const url = base + pathOf(asked);
			// What the week does not allow is not asked for: what came of a frame or chunk is kept, and continued.
			const max = Math.min(stretch.max, going.purse?.most() ?? stretch.max);
			if (max === 0) return fail('budget/spent');
			const paid = max < stretch.max ? { ...stretch, max, to: stretch.from + max } : stretch;
			const answer = await ask(url, { max, ...going, elsewhere }, headersOf(paid));
			if (!answer.ok) return answer;
			const reading = readingOf(answer.value, paid);
			if (reading) return ok(paid === stretch ? reading : untilPaid(reading, paid.to!));
			answer.value.close();
			return fail('network/bad-answer', { url });
		}
	};
}

/** A body that ends where the week's bytes do says so; one that was shorter anyway ends as it would have. */
const untilPaid = (reading: Reading, to: number): Reading => ({
	...reading,
	async next() {
		const piece = await reading.next();
		const isCutHere = piece.ok && piece.value === null && (reading.total === null || reading.total > to);
		return isCutHere ? fail('budget/spent') : piece;
	}
});

const pathOf = (asked: Asked): string =>
	'blob' in asked ? `/blob/${asked.blob}` : `/pack/${asked.base ?? 0}/${asked.pack}.zst`;

function headersOf({ from, to, etag }: Stretch): Record<string, string> {
	if (from === 0 && to === undefined) return {};
	const range = `bytes=${from}-${to === undefined ? '' : to - 1}`;
	return etag ? { range, 'if-range': etag } : { range };
}

/** Null where the part that was sent is not the one that was asked for. */
function readingOf({ status, headers, next, close }: Answer, { from, to }: Stretch): Reading | null {
	const body = { next, close, etag: strongTag(headers.get('etag')) };
	if (status !== 206) return { ...body, from: 0, total: statedLength(headers) };
	const [, first, last, total] =
		/^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
	if (Number(first) !== from || (to !== undefined && Number(last) >= to)) return null;
	return { ...body, from, total: total === '*' ? null : Number(total) };
}

/** What a whole answer says of its length; of a body that something on the way compressed it says nothing. */
const statedLength = (headers: Headers): number | null =>
	(!headers.has('content-encoding') && Number(headers.get('content-length'))) || null;

const strongTag = (etag: string | null): string | null => (etag && !etag.startsWith('W/') ? etag : null);
