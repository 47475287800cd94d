/** Who approved the parts of a version, by the register that is in force now. */
import { approvalOf } from '../../core/trust/approval.ts';
import { readEnvelopes } from '../../core/trust/statement.ts';
import type { Register } from '../../core/trust/types.ts';
import type { Approval } from '../../core/protocol/library.ts';
import { pairOf, sealOf } from '../../core/packages/pair.ts';
import type { VerifiedLanguagePart } from '../../core/packages/verify.ts';
import type { Trust } from '../trust/open.ts';
import { currentRegister } from '../trust/trust.ts';
import type { BlobStore } from './blob-store.ts';
import type { PublishedVersion } from './versions.ts';

export interface Approvals {
	/** What the seal of a page shows; no parties where the approval no longer holds (a key was retired, say). */
	of: (version: PublishedVersion, language: VerifiedLanguagePart) => Promise<Approval>;
}

/** Looks approvals up; they are computed anew when the register changes. */
export function createApprovals(trust: Trust, blobs: BlobStore): Approvals {
	const known = new Map<string, Approval>();
	let register: { text: string; value: Register } | null = null;

	return {
		async of({ statements, shared }, language) {
			const current = await currentRegister(trust);
			if (!current.ok) return NONE;
			const text = JSON.stringify(current.value);
			if (register?.text !== text) {
				register = { text, value: current.value };
				known.clear();
			}
			const key = `${statements} ${shared.digest} ${language.digest}`;
			const found = known.get(key);
			if (found) return found;
			const envelopes = readEnvelopes((await blobs.read(statements)) ?? new Uint8Array());
			if (!envelopes.ok) return NONE;
			const approval = await approvalOf(pairOf(shared, language), envelopes.value, current.value);
			if (!approval.ok) return NONE;
			const shown = sealOf(approval.value);
			known.set(key, shown);
			return shown;
		}
	};
}

const NONE: Approval = { parties: [], people: [], date: null, demonstration: false };
