/**
 * What this phone says, for every page: its link, its packages, its progress. On the server and until the phone has
 * answered all of it is `null`, so that nothing is claimed that was not asked. Followed once, by the root layout.
 */
import type { Facts } from '$lib/core/progress/project.ts';
import type { Bill } from '$lib/core/budget/bill.ts';
import type { Held } from '$lib/core/budget/held.ts';
import { firstUse, hasStore } from '$lib/device/app/first-use.ts';
import type { DevicePackages, StorageOverview, StoredPackage } from '$lib/device/packages/api.ts';
import { openPackages } from '$lib/device/packages/open.ts';
import { openProgress } from '$lib/device/progress/open.ts';
import { watchLink, type Link } from '$lib/device/link.ts';
import { sending } from '$lib/device/sync/state.svelte.ts';
import type { LinkState } from '$lib/ui/kit/link.ts';

const NOTHING_SAID = { used: null, allowed: null, payload: 0, limit: null };

class Phone {
	link = $state.raw<Link>({ online: true, saveData: false, effectiveType: null, metered: null });
	packages = $state.raw<StoredPackage[] | null>(null);
	facts = $state.raw<Facts | null>(null);
	storage = $state.raw<StorageOverview | null>(null);
	/** The week's data; null before the phone has answered. */
	bill = $state.raw<Bill | null>(null);
	/** A newer release of the app that waits for the week's data, or null. */
	held = $state.raw<Held | null>(null);
	/** Packages of which a newer version can be had. */
	newer = $state.raw<string[]>([]);
	/** Packages that are on their way off, while "undo" still stands. */
	leaving = $state<string[]>([]);

	/** The record of one package: undefined before the phone has answered, null where there is none. */
	stored(id: string): StoredPackage | null | undefined {
		if (this.packages === null) return undefined;
		if (this.leaving.includes(id)) return null;
		return this.packages.find((each) => each.id === id) ?? null;
	}

	/** What is left of the week's data, or null where the person set no limit. */
	get week(): { left: number; anew: Date } | null {
		const { left, until } = this.bill ?? { left: null, until: '' };
		return left === null ? null : { left, anew: new Date(`${until}T12:00`) };
	}

	/** Bytes that packages may still take: by the browser and by the person; null where neither says. */
	get room(): number | null {
		const { used, allowed, payload, limit } = this.storage ?? NOTHING_SAID;
		const byBrowser = used === null || allowed === null ? Infinity : allowed - used;
		const left = Math.min(byBrowser, limit === null ? Infinity : limit - payload);
		return left === Infinity ? null : Math.max(0, left);
	}
}

export const phone = new Phone();

/** Opens the store when the page is at rest, and follows all of it; answers what ends it. */
export function followPhone(): () => void {
	const ends = [watchLink((link) => (phone.link = link))];
	let over = false;
	const follow = (end: () => void) => (over ? end() : ends.push(end));
	let measuring = false;
	/** Counting takes a while on a phone: in mid-download once a second is enough. */
	const measure = (packages: DevicePackages) => {
		if (measuring) return;
		measuring = true;
		const rest = phone.storage === null ? 0 : 1000;
		setTimeout(() => {
			measuring = false;
			void packages.storage().then((storage) => (phone.storage = storage));
		}, rest);
	};
	const open = async () => {
		const isNew = !(await hasStore());
		if (isNew) {
			phone.packages = [];
			phone.facts = {};
			await firstUse;
		}
		const [packages, progress] = await Promise.all([openPackages(), openProgress()]);
		if (over) return;
		follow(
			packages.watch((list) => {
				// Where another version opens now, the newer one has been taken.
				const opened = (of: StoredPackage[] | null, wanted: string) =>
					of?.find(({ id }) => id === wanted)?.version;
				phone.newer = phone.newer.filter((id) => opened(list, id) === opened(phone.packages, id));
				phone.packages = list;
				measure(packages);
			})
		);
		follow(progress.watchAll((facts) => (phone.facts = facts)));
		follow(sending.follow());
		void import('$lib/device/bill.ts').then(({ watchBill }) =>
			follow(watchBill((bill) => (phone.bill = bill)))
		);
		void import('$lib/device/app/held.ts').then(({ watchHeld }) =>
			follow(watchHeld((held) => (phone.held = held)))
		);
		// It goes through all that is stored: what the person came to read comes first.
		await new Promise((done) => setTimeout(done, DRAWN));
		if (over) return;
		await packages.resumeAll();
		// What is saved for the first time comes by today's catalogue: to ask again in the middle of it costs, and finds nothing.
		if (!isNew) await lookForNewer(packages);
	};
	whenAtRest(() => void open());
	return () => {
		over = true;
		ends.forEach((end) => end());
	};
}

async function lookForNewer(packages: DevicePackages): Promise<void> {
	if ((await packages.list()).length === 0 || phone.link.saveData) return;
	const found = await packages.findUpdates();
	if (found.ok) phone.newer = found.value;
}

/** By then the page is drawn, on a slow phone too. */
const DRAWN = 1500;

const whenAtRest = (work: () => void) =>
	'requestIdleCallback' in window ? requestIdleCallback(work, { timeout: 1500 }) : setTimeout(work, 200);

/** The link as the kit draws it. */
export function drawnLink(
	{ online, effectiveType }: Link,
	{ waiting, activity }: Pick<typeof sending, 'waiting' | 'activity'>
): LinkState {
	const kinds = { '4g': '4G', '3g': '3G', '2g': '2G', 'slow-2g': '2G' } as const;
	const kind = Object.hasOwn(kinds, effectiveType ?? '') ? kinds[effectiveType as keyof typeof kinds] : null;
	return { up: online, kind, waiting, sending: activity.sending };
}
