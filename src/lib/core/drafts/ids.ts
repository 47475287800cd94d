/** Ids inside a draft: made here, unique where they stand, kept when other things are moved or taken away (DRA-3). */

/** `unit-3`: one above the highest number that this beginning has. */
export function freshId(beginning: string, taken: Iterable<string>): string {
	let highest = 0;
	for (const id of taken) {
		if (!id.startsWith(`${beginning}-`)) continue;
		const number = Number(id.slice(beginning.length + 1));
		if (Number.isSafeInteger(number)) highest = Math.max(highest, number);
	}
	return `${beginning}-${highest + 1}`;
}
