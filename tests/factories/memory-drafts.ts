/** Drafts in memory, and turns among several "tabs" of a test: the ports of an open draft without a browser. */
import type { DraftStore, StoredDraft } from '../../src/lib/device/drafts/store.ts';
import type { Turn, TurnParts } from '../../src/lib/device/drafts/turn.ts';
import type { Draft } from '../../src/lib/core/drafts/draft.ts';

export interface MemoryDrafts extends DraftStore {
	rows: Map<string, StoredDraft>;
	/** What the next saves throw, e.g. a full disk; null: nothing. */
	failure: Error | null;
	saves: number;
}

export function memoryDrafts(draft: Draft): MemoryDrafts {
	const rows = new Map<string, StoredDraft>([
		[draft.id, { draft, position: 0, revision: 0, savedAt: 0, steps: [] }]
	]);
	const blobs = new Map<string, Uint8Array>();
	const listeners = new Set<() => void>();
	const store: MemoryDrafts = {
		rows,
		failure: null,
		saves: 0,
		load: async (id) => structuredClone(rows.get(id)) ?? null,
		async save(id, revision, { draft, position, steps, first, last }, now) {
			if (store.failure) throw store.failure;
			const row = rows.get(id)!;
			if (row.revision !== revision) return false;
			const all = new Map(row.steps.map((step) => [step.n, step]));
			for (const step of steps) all.set(step.n, step);
			const kept = [...all.values()].filter(({ n }) => n >= first && n <= last).sort((a, b) => a.n - b.n);
			rows.set(id, structuredClone({ draft, position, revision: revision + 1, savedAt: now, steps: kept }));
			store.saves += 1;
			for (const listener of listeners) listener();
			return true;
		},
		watch(_, listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		putBlob: async (digest, bytes) => void blobs.set(digest, bytes),
		blob: async (digest) => blobs.get(digest) ?? null
	};
	return store;
}

/** Turns as Web Locks give them: the first has it, others wait, and may take it. */
export function memoryTurns(): (name: string, parts: TurnParts) => Turn {
	const waiting: TurnParts[] = [];
	let holder: TurnParts | null = null;
	const next = async () => {
		holder = waiting.shift() ?? null;
		await holder?.onTurn();
	};
	return (_, parts) => {
		const isFirst = holder === null && waiting.length === 0;
		waiting.push(parts);
		return {
			ready: isFirst ? next() : Promise.resolve(),
			async take() {
				const before = holder!;
				await before.onAsked();
				waiting.splice(waiting.indexOf(parts), 1);
				waiting.unshift(parts);
				before.onLost();
				waiting.push(before);
				await next();
			},
			end() {
				if (holder === parts) void next();
				else waiting.splice(waiting.indexOf(parts), 1);
			}
		};
	};
}
