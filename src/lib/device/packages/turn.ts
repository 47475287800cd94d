/** The turn to change what is stored of packages: one tab at a time has it; a killed tab's passes to the next (DEV-20). */
const LOCK = 'setara:save';

/** Does the work when it is this one's turn. */
export const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> =>
	navigator.locks.request(LOCK, work);

/** Does the work if it is nobody's turn now; else not at all. */
export const ifNobodysTurn = (work: () => Promise<void>): Promise<void> =>
	navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
		if (lock) await work();
	});
