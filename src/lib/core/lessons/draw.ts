/** Chance that can be repeated: the same attempt draws the same items in the same order on every device and language. */

/** Whole numbers below `limit` from a seed: xmur3 into mulberry32, whole-number arithmetic only, alike in every engine. */
export function seeded(seed: string): (limit: number) => number {
	let hash = 1779033703 ^ seed.length;
	for (let i = 0; i < seed.length; i += 1) {
		hash = Math.imul(hash ^ seed.charCodeAt(i), 3432918353);
		hash = (hash << 13) | (hash >>> 19);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
	let state = Math.imul(hash ^ (hash >>> 13), 3266489909);
	return (limit) => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
	};
}

/** A list in an order that the seed decides (Fisher-Yates); the list itself stays as it is. */
export function shuffled<Item>(list: readonly Item[], seed: string): Item[] {
	const next = seeded(seed);
	const order = [...list];
	for (let i = order.length - 1; i > 0; i -= 1) {
		const other = next(i + 1);
		[order[i], order[other]] = [order[other]!, order[i]!];
	}
	return order;
}
