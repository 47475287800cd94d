/** Which tiers are a choice: one that adds no byte to the one before it is none. */
import { TIERS, type Tier } from '../../core/base/vocabulary.ts';
import type { TierBytes } from '../../core/protocol/library.ts';

/** Tiers to offer. Where drawings cost nothing more than text, the smallest is called by both: with pictures. */
export function offeredTiers(bytes: TierBytes): Tier[] {
	const smallest: Tier = bytes.pictures === bytes.text ? 'pictures' : 'text';
	return TIERS.filter(
		(tier, at) => tier === smallest || (at > TIERS.indexOf(smallest) && bytes[tier] > bytes[TIERS[at - 1]!])
	);
}
