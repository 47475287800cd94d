/** Who looks at the pages of administrators, for the parts of them; set by their layout once it is known. */
import { getContext, setContext } from 'svelte';
import { may, type Action } from '../../core/identity/rights.ts';
import type { Person } from '../../core/protocol/account.ts';

export interface Viewer {
	readonly person: Person;
}

const KEY = Symbol('viewer');
export const setViewer = (viewer: Viewer): Viewer => setContext(KEY, viewer);
export const useViewer = (): Viewer => getContext(KEY);

/** Somebody's right, as the server will see it: a page that shows what is refused helps nobody. */
export const has = (person: Person, action: Action): boolean => !person.suspended && may(person.role, action);
