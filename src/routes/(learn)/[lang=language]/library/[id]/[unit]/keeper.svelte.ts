/** Joins a unit's page to what the phone keeps of its reader. Everything of it loads after the page is drawn. */
import * as v from 'valibot';
import { marksOf, unitProgress, type UnitProgress } from '$lib/core/progress/view.ts';
import type { DeviceProgress, RecordFault } from '$lib/device/progress/api.ts';
import { openProgress } from '$lib/device/progress/open.ts';
import type { Learner } from '$lib/ui/lessons/learner.ts';
import { Draft } from '$lib/ui/lessons/quiz/draft.ts';

const DRAFT = 'setara.draft';

export class UnitKeeper {
	/** Undefined until the store is open, null where the browser has none. */
	learner = $state.raw<Learner | null | undefined>(undefined);
	progress = $state.raw<UnitProgress | null>(null);
	/** Items whose last answer was wrong when the page was opened: what `again` asks, whatever is answered meanwhile. */
	wrong = $state.raw<readonly string[]>([]);
	fault = $state.raw<RecordFault['code'] | null>(null);

	/** Opens the store for one unit and follows it; answers what ends it. */
	follow(packageId: string, unit: string): () => void {
		let stop = () => {};
		let left = false;
		openProgress().then(
			async (store) => {
				const known = unitProgress(await store.progressOf(packageId), unit);
				if (left) return;
				this.progress = known;
				this.wrong = known.wrong;
				this.learner = this.#learner(store, packageId, unit);
				stop = store.watchPackage(packageId, (progress) => (this.progress = unitProgress(progress, unit)));
			},
			() => {
				if (left) return;
				this.learner = null;
				this.fault = 'storage/closed';
			}
		);
		return () => {
			left = true;
			stop();
		};
	}

	#learner(store: DeviceProgress, packageId: string, unit: string): Learner {
		const kept = <Value>(result: { ok: true; value: Value } | { ok: false; fault: RecordFault }): boolean => {
			this.fault = result.ok ? null : result.fault.code;
			return result.ok;
		};
		return {
			record: async (happening) => kept(await store.record(happening)),
			loadAttempt: () => store.loadAttempt(packageId, unit),
			saveAttempt: async (attempt) => kept(await store.saveAttempt(packageId, attempt)),
			dropAttempt: () => store.dropAttempt(packageId, unit),
			loadDraft,
			saveDraft,
			loadMarks: async () => marksOf((await store.all())[packageId]?.[unit]),
			loadState: () => store.loadState(packageId, unit),
			saveState: (state) => store.saveState(packageId, unit, state),
			newId: () => store.newId()
		};
	}
}

// The store of the browser that writes before the next line runs: a killed tab loses no letter. One try has one
// draft, and its id is known only to the profile whose try it is.
function loadDraft(attempt: string): Draft | null {
	try {
		const kept = v.parse(
			v.strictObject({ attempt: v.string(), draft: Draft }),
			JSON.parse(localStorage.getItem(DRAFT) ?? '')
		);
		return kept.attempt === attempt ? kept.draft : null;
	} catch {
		return null;
	}
}

function saveDraft(attempt: string, draft: Draft | null): void {
	try {
		if (draft) localStorage.setItem(DRAFT, JSON.stringify({ attempt, draft }));
		else localStorage.removeItem(DRAFT);
	} catch {
		// Full or forbidden: the draft lasts as long as the page.
	}
}
