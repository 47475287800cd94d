/** Whether this phone keeps anything yet, asked without loading the store: a first visit need not pay for it (DEV-51). */
import { SAFE } from '../db/names.ts';

let note: () => void = () => undefined;

/** Comes when the store is first needed in this tab. */
export const firstUse = new Promise<void>((resolve) => (note = resolve));

/** The store is needed from here on: something of a package, a lesson or a person is looked at. */
export const noteUse = (): void => note();

/** False only where it is certain that nothing was ever kept. */
export async function hasStore(): Promise<boolean> {
	try {
		return (await indexedDB.databases()).some(({ name }) => name === SAFE);
	} catch {
		return true;
	}
}
