/** The pages of one list of the queue; what comes late from an earlier question is dropped. */
import type { Queue, QueueEntry, QueueQuery } from '$lib/core/protocol/review.ts';
import type { AskFault } from '$lib/device/ask.ts';
import { readQueue } from '$lib/device/review/api.ts';

export class QueueList {
	entries = $state.raw<QueueEntry[] | null>(null);
	next = $state<string | null>(null);
	waiting = $state<number | null>(null);
	fault = $state.raw<AskFault | null>(null);
	isBusy = $state(false);
	#asked = 0;

	/** The list from its beginning, or what follows it. Answers the first page where that was asked for and came. */
	async read(query: QueueQuery, more = false): Promise<Queue | null> {
		const own = ++this.#asked;
		this.isBusy = true;
		const answer = await readQueue(more && this.next ? { ...query, after: this.next } : query);
		if (own !== this.#asked) return null;
		this.isBusy = false;
		this.fault = answer.ok ? null : answer.fault;
		if (!answer.ok) return null;
		this.show(answer.value, more);
		return more ? null : answer.value;
	}

	show({ entries, next, waiting }: Queue, more = false): void {
		this.entries = more ? [...(this.entries ?? []), ...entries] : entries;
		this.next = next;
		this.waiting = waiting;
	}
}
