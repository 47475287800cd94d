/**
 * What an expert did not send yet, and which units they opened, by account: kept on this device so that a reload, a
 * lost link or a version that changed meanwhile takes no typed word.
 */
import * as v from 'valibot';
import { Queue } from '../../core/protocol/review.ts';

/** Manifests whose opened units are remembered, the last ones. */
const MANIFESTS = 40;

const Kept = v.object({
	/** By manifest: `unit language`. */
	opened: v.record(v.string(), v.array(v.string())),
	/** By submission and place. */
	typed: v.record(v.string(), v.string()),
	queue: v.nullable(v.object({ at: v.number(), language: v.string(), queue: Queue }))
});
type Kept = v.InferOutput<typeof Kept>;

export interface KeptWork {
	opened: (manifest: string) => string[];
	noteOpened: (manifest: string, opened: readonly string[]) => void;
	typed: (place: string) => string;
	/** Empty words are forgotten. */
	type: (place: string, words: string) => void;
	queue: () => Kept['queue'];
	noteQueue: (language: string, queue: Queue, now: number) => void;
}

/** @param store the browser's `localStorage`; what it refuses to keep is kept until the page is left */
export function openKept(account: string, store: Pick<Storage, 'getItem' | 'setItem'>): KeptWork {
	const name = `setara-review:${account}`;
	let memory: Kept | null = null;
	const read = (): Kept => {
		try {
			const parsed = v.safeParse(Kept, JSON.parse(store.getItem(name) ?? 'null'));
			if (parsed.success) return parsed.output;
		} catch {
			// Private windows may have no store at all.
		}
		return memory ?? { opened: {}, typed: {}, queue: null };
	};
	// Read anew each time: another tab may have written.
	const change = (edit: (kept: Kept) => Kept): void => {
		memory = edit(read());
		try {
			store.setItem(name, JSON.stringify(memory));
		} catch {
			// Full or refused: it stays as long as this page does.
		}
	};
	return {
		opened: (manifest) => read().opened[manifest] ?? [],
		noteOpened: (manifest, opened) =>
			change(({ opened: before, ...kept }) => {
				const { [manifest]: own = [], ...others } = before;
				const last = Object.entries(others).slice(1 - MANIFESTS);
				return {
					...kept,
					opened: { ...Object.fromEntries(last), [manifest]: [...new Set([...own, ...opened])] }
				};
			}),
		typed: (place) => read().typed[place] ?? '',
		type: (place, words) =>
			change((kept) => {
				const typed = { ...kept.typed, [place]: words };
				if (words.trim() === '') delete typed[place];
				return { ...kept, typed };
			}),
		queue: () => read().queue,
		noteQueue: (language, queue, now) => change((kept) => ({ ...kept, queue: { at: now, language, queue } }))
	};
}
