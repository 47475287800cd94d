/** Handing in one draft: what it will cost, what stands in the way, and what came of it. */
import { blockingProblems, problemsOf } from '$lib/core/drafts/problems.ts';
import { problemOfFault } from '$lib/core/drafts/source-problem.ts';
import type { DraftProblem } from '$lib/core/drafts/problem.ts';
import type { SourceFault } from '$lib/core/packages/source/faults.ts';
import type { DraftFault } from '$lib/device/drafts/api.ts';
import type { OpenDesk } from '../../../open-desk.svelte.ts';

/** Writing goes on while one types: the snapshot is measured when one rests. */
const REST = 700;

export class Handing {
	/** Bytes of the snapshot, exactly; null while they are not known. */
	bytes = $state.raw<number | null>(null);
	/** SHA-256 of the snapshot's manifest: the same as what was handed in, while nothing has changed since. */
	manifest = $state.raw<string | null>(null);
	/** What the checks of a package found where nothing is missing. */
	sourceProblems = $state.raw<DraftProblem[]>([]);
	fault = $state.raw<DraftFault | null>(null);
	working = $state(false);
	readonly #desk: OpenDesk;

	readonly problems: DraftProblem[] = $derived.by(() => problemsOf(this.#desk.draft));
	readonly blocking: DraftProblem[] = $derived.by(() => blockingProblems(this.#desk.draft, this.problems));

	constructor(desk: OpenDesk) {
		this.#desk = desk;
	}

	/** Measures the draft as it is now, when it can be handed in; answers what ends that. */
	measure(): () => void {
		const { draft } = this.#desk;
		const ready = this.blocking.length === 0;
		this.bytes = null;
		this.manifest = null;
		this.sourceProblems = [];
		if (!ready) return () => undefined;
		let over = false;
		const timer = setTimeout(async () => {
			const { takeSnapshot } = await import('$lib/device/drafts/snapshot.ts');
			const bytes = await this.#desk.bytes();
			const snapshot = await takeSnapshot(draft, (digest) => bytes.get(digest));
			if (over) return;
			if (snapshot.ok) {
				const { blobs, manifest } = snapshot.value.row;
				this.manifest = manifest;
				this.bytes = blobs.reduce((sum, { size }) => sum + size, 0);
			} else this.#found(snapshot.fault.sourceFaults);
		}, REST);
		return () => {
			over = true;
			clearTimeout(timer);
		};
	}

	/** True when it is handed in: from here on it goes by itself. */
	async handIn(note: string): Promise<boolean> {
		if (this.working) return false;
		this.working = true;
		await this.#desk.flush();
		const answer = await this.#desk.handIns?.handIn(this.#desk.draft.id, note.trim() || null);
		this.working = false;
		this.fault = answer && !answer.ok ? answer.fault : null;
		if (answer && !answer.ok) this.#found(answer.fault.sourceFaults);
		return answer?.ok ?? false;
	}

	#found(faults: readonly SourceFault[] = []): void {
		this.sourceProblems = faults.map((fault) => problemOfFault(this.#desk.draft, fault));
	}

	async withdraw(id: string): Promise<boolean> {
		const answer = await this.#desk.handIns?.withdraw(id);
		this.fault = answer && !answer.ok ? answer.fault : null;
		return answer?.ok ?? false;
	}
}
