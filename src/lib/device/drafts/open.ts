/** The door to drafts and hand-ins on this phone: loads the store when first asked, once a tab. Only in a browser. */
import type { Drafts, HandIns } from './api.ts';

let drafts: Promise<Drafts> | undefined;
let handIns: Promise<HandIns> | undefined;

export const openDrafts = (): Promise<Drafts> =>
	(drafts ??= import('./drafts.ts').then(({ createDrafts }) => createDrafts()));

/** Begins to send what waits, and goes on doing so while the tab is open. */
export const openHandIns = (): Promise<HandIns> =>
	(handIns ??= import('./hand-ins.ts').then(({ createHandIns }) => createHandIns()));
