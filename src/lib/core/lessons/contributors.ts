import type { Contributor } from '../base/contributor.ts';

/** Contributors of several parts in one list, each person's deed once. */
export function contributorsOf(...parts: readonly { contributors: readonly Contributor[] }[]): Contributor[] {
	const byDeed = new Map<string, Contributor>();
	for (const each of parts.flatMap(({ contributors }) => contributors)) {
		const deed = [each.name, each.institution, each.did].join('\n');
		if (!byDeed.has(deed)) byDeed.set(deed, each);
	}
	return [...byDeed.values()];
}
