/** The server's side of handing in, in memory: what the phone's engine is tried against, with cuts and restarts. */
import { fail, ok } from '../../src/lib/core/base/result.ts';
import type { HandInAnswer, HandInRequest, Submission } from '../../src/lib/core/protocol/hand-in.ts';
import type { HandInServer } from '../../src/lib/device/drafts/hand-in-engine.ts';
import type { HandInStore } from '../../src/lib/device/drafts/hand-in-store.ts';
import type { HandInRow } from '../../src/lib/device/db/draft-tables.ts';

const PIECE = 256 * 1024;

export class FakeHandIns implements HandInServer {
	who: string | null = 'teacher';
	submissions = new Map<string, Submission & { request: HandInRequest }>();
	blobs = new Map<string, Uint8Array>();
	/** What came of uploads that are not whole, by address. */
	partial = new Map<string, { digest: string; bytes: number[] }>();
	/** Bytes of uploads that went over the link. */
	sent = 0;
	/** How many bytes the link still carries before it breaks; then `Infinity` again by `mend`. */
	link = Infinity;
	/** What the next hand-in is refused with. */
	refuse: string | null = null;
	/** In which order blobs became whole. */
	order: string[] = [];
	time = Date.parse('2026-11-25T08:00:00Z');

	async account() {
		return this.link <= 0 ? fail('network/offline') : ok(this.who);
	}

	async handIn(request: HandInRequest) {
		if (this.link <= 0) return fail('network/offline');
		if (this.refuse) return { ok: false as const, fault: { code: this.refuse, message: 'No.' } };
		const id = `${request.draft.slice(0, 24)}${request.manifest.slice(0, 12)}`;
		const known = this.submissions.get(id);
		if (!known) {
			for (const other of this.submissions.values()) {
				if (other.draft === request.draft && !['published', 'withdrawn'].includes(other.state)) {
					other.state = 'superseded';
				}
			}
			this.submissions.set(id, { ...blank(id, request, this.time), request });
		}
		return ok(this.answer(id));
	}

	async list() {
		if (this.link <= 0) return fail('network/offline');
		return ok({ submissions: [...this.submissions.keys()].map((id) => this.answer(id).submission) });
	}

	async withdraw(id: string) {
		if (this.link <= 0) return fail('network/offline');
		this.submissions.get(id)!.state = 'withdrawn';
		return ok(this.answer(id));
	}

	async upload({ submission, digest, bytes, url, onSent }: Parameters<HandInServer['upload']>[0]) {
		if (this.link <= 0) return fail('network/offline');
		if (!this.submissions.has(submission)) return fail('hand-in/not-found');
		const at = url !== null && this.partial.has(url) ? url : `/api/uploads/${this.partial.size + 1}`;
		if (!this.partial.has(at)) this.partial.set(at, { digest, bytes: [] });
		const there = this.partial.get(at)!;
		await onSent(at, there.bytes.length);
		while (there.bytes.length < bytes.length) {
			const piece = bytes.subarray(there.bytes.length, there.bytes.length + PIECE);
			const through = piece.subarray(0, Math.min(piece.length, this.link));
			this.link -= through.length;
			this.sent += through.length;
			for (const byte of through) there.bytes.push(byte);
			if (through.length < piece.length) return fail('network/offline');
			await onSent(at, there.bytes.length);
		}
		this.blobs.set(digest, Uint8Array.from(there.bytes));
		this.partial.delete(at);
		this.order.push(digest);
		return ok(null);
	}

	private answer(id: string): HandInAnswer {
		const { request, ...submission } = this.submissions.get(id)!;
		const missing = request.blobs.filter(({ digest }) => !this.blobs.has(digest)).map(({ digest }) => digest);
		const text = request.blobs.filter(({ role }) => ['manifest', 'part', 'pack'].includes(role));
		const state =
			submission.state === 'receiving' && text.every(({ digest }) => this.blobs.has(digest))
				? 'in-review'
				: submission.state;
		return { submission: { ...submission, state }, missing };
	}
}

const blank = (
	id: string,
	{ draft, package: of, version, manifest, kind, sector, title, blobs }: HandInRequest,
	now: number
): Submission => ({
	...{ id, draft, package: of, version, manifest, kind, sector, title },
	languages: [],
	state: 'receiving',
	since: new Date(now).toISOString(),
	handedInAt: new Date(now).toISOString(),
	bytes: blobs.reduce((sum, { size }) => sum + size, 0),
	received: 0,
	faults: [],
	asked: null,
	comments: [],
	recall: null
});

export interface MemoryHandIns extends HandInStore {
	all: Map<string, HandInRow>;
	bytes: Map<string, Uint8Array>;
}

/** Hand-ins in memory. */
export function memoryHandIns(): MemoryHandIns {
	const all = new Map<string, HandInRow>();
	const bytes = new Map<string, Uint8Array>();
	return {
		all,
		bytes,
		rows: async () => structuredClone([...all.values()].sort((a, b) => a.createdAt - b.createdAt)),
		async update(id, change) {
			const row = all.get(id);
			if (!row) return null;
			all.set(id, structuredClone({ ...row, ...change }));
			return all.get(id)!;
		},
		blob: async (digest) => bytes.get(digest) ?? null
	};
}
