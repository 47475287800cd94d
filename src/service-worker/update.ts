/**
 * Fetching a release over an older one: what it costs at most, whether that is left of the week's data, and each file's
 * bytes on the bill (BUD-9 to BUD-12). A script of its own (vite/release.ts): only a worker that finds an older one in
 * charge asks for it, so no first visit pays for it.
 */
import { HELD, isAllowed, parseHeld, SAVER, whyHeld } from '../lib/core/budget/held.ts';
import { BUDGET, dayOf, HEAD_BYTES, leftOf, parseBudget } from '../lib/core/budget/week.ts';
import { amend, type Book } from '../lib/device/db/book.ts';
import { isForEveryone, isUsedAgain, LOADED } from './kept.ts';
import { worker } from './scope.ts';

/** As workbox-precaching names it. */
const precache = `workbox-precache-v2-${worker.registration.scope}`;
/** The worker's own files that are on the bill already: the browser fetches them once, and looks at them often. */
const BILLED = 'app-worker';

interface Missing {
	cache: Cache;
	url: string;
	/** Its name in the cache. */
	key: string;
	mode: RequestCache;
	/** What it takes at most, its head with it. */
	most: number;
}

worker.takeRelease = async () => {
	const missing = await findMissing();
	const bytes = missing.reduce((sum, { most }) => sum + most, 0);
	const own = await measureOwn();
	const isFree = await amend((book) => {
		billOwn(book, own);
		return decide(book, bytes);
	});
	if (isFree === 'held') throw new Error('the release waits for the week’s data');
	const outlay = openOutlay(isFree === 'free');
	let rest = bytes;
	for (const file of missing) {
		if (!(await outlay.begin(file.most, rest))) throw new Error('the rest waits for the week’s data');
		await outlay.end(await fetchFile(file, outlay));
		rest -= file.most;
	}
	await amend((book) => book.set(HELD, undefined));
};

/** What of this release the phone lacks: for everyone, and what it has had of the release before. */
async function findMissing(): Promise<Missing[]> {
	const { files, besides } = worker.release;
	const shell = await caches.open(precache);
	const loaded = await caches.open(LOADED);
	const pathsIn = async (cache: Cache) => (await cache.keys()).map(({ url }) => url.slice(origin.length));
	const had = await pathsIn(loaded);
	const here = new Set([...(await pathsIn(shell)), ...had]);
	const isUsed = isUsedAgain(had);
	const most = (bytes: number | undefined) => (bytes ?? 0) + HEAD_BYTES;
	const wanted: Missing[] = [
		...files.flatMap((url, at) => {
			const cache = isForEveryone(url) ? shell : isUsed(url) ? loaded : null;
			return cache
				? [{ cache, url, key: url, mode: 'default' as const, most: most(worker.sizes.files[at]) }]
				: [];
		}),
		...besides.map(({ url, revision }, at) => ({
			...{ cache: shell, url, key: `${url}?__WB_REVISION__=${revision}` },
			...{ mode: 'reload' as const, most: most(worker.sizes.besides[at]) }
		}))
	];
	return wanted.filter(({ key }) => !here.has(key));
}

const { origin } = worker.location;

/** The files of the worker itself, which the browser fetches before anything here runs: what each took. */
const measureOwn = (): Promise<[url: string, bytes: number][]> =>
	Promise.all(
		Object.entries(worker.sizes.worker).map(async ([url, bytes]) => {
			// The browser's own cache knows how long the answer was; no link is asked.
			const kept = await fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => null);
			const length = kept?.ok ? lengthOf(kept) : 0;
			return [url, (length || bytes) + HEAD_BYTES];
		})
	);

const lengthOf = (response: Response): number => Number(response.headers.get('content-length') ?? 0);

function billOwn(book: Book, own: readonly [string, number][]): void {
	const billed = book.setting(BILLED);
	const before: unknown[] = Array.isArray(billed) ? billed : [];
	bill(
		book,
		own.reduce((sum, [url, bytes]) => sum + (before.includes(url) ? 0 : bytes), 0)
	);
	book.set(
		BILLED,
		own.map(([url]) => url)
	);
}

function bill(book: Book, bytes: number): void {
	const day = dayOf(new Date());
	const line = book.spent().find((each) => each.day === day && each.what === 'app');
	book.put({ day, what: 'app', of: '', bytes: (line?.bytes ?? 0) + bytes });
}

/** `free`: the person's word goes beyond the week. A release that is held is written down, for pages to show. */
function decide(book: Book, bytes: number): 'held' | 'free' | 'week' {
	const held = parseHeld(book.setting(HELD));
	const why = whyHeld({
		...{ bytes, held, budget: parseBudget(book.setting(BUDGET)), spent: book.spent() },
		...{ day: dayOf(new Date()), savesData: book.setting(SAVER) === true }
	});
	if (why) book.set(HELD, { bytes, why });
	return why ? 'held' : isAllowed({ bytes, held }) ? 'free' : 'week';
}

/** One file after another: what each may take is written as spent beforehand, and then what it took (BUD-10). */
type Outlay = ReturnType<typeof openOutlay>;
function openOutlay(isFree: boolean) {
	const lease = { day: dayOf(new Date()), what: 'unsure' as const, of: crypto.randomUUID() };
	return {
		/** False where another tab has spent what was left meanwhile. */
		async begin(most: number, rest: number): Promise<boolean> {
			const may = await amend((book) => {
				const budget = parseBudget(book.setting(BUDGET));
				const fits = isFree || !budget || leftOf(budget, book.spent(), dayOf(new Date())) >= most;
				if (fits) book.put({ ...lease, bytes: most });
				else book.set(HELD, { bytes: rest, why: 'week' });
				return fits;
			});
			return may ?? true;
		},
		async end(came: number): Promise<void> {
			await amend((book) => {
				book.put({ ...lease, bytes: 0 });
				bill(book, came);
			});
		}
	};
}

/** Fetches and keeps a file; answers what came over the link for it. Broken off, what it may take stays on the bill. */
async function fetchFile({ cache, url, key, mode, most }: Missing, outlay: Outlay): Promise<number> {
	const response = await fetch(url, { cache: mode, credentials: 'same-origin' }).catch(() => null);
	if (!response?.ok) {
		await outlay.end(HEAD_BYTES + (response ? lengthOf(response) : 0));
		throw new Error(`${url}: ${response?.status ?? 'no link'}`);
	}
	const length = lengthOf(response);
	await cache.put(key, response);
	const timing = performance.getEntriesByName(origin + url).at(-1) as PerformanceResourceTiming | undefined;
	// From the browser's own cache, which a page had filled.
	if (timing?.transferSize === 0 && timing.encodedBodySize > 0) return 0;
	return length > 0 ? length + HEAD_BYTES : most;
}
