/** How every page reaches the state of the link: set once by the layout, drawn by the thread and the chip. */
import { getContext, setContext } from 'svelte';

export interface LinkState {
	/** Whether there is a link now. A page that the server just drew has one. */
	up: boolean;
	/** What kind, where the browser says so. */
	kind: 'wifi' | '4G' | '3G' | '2G' | null;
	/** Things that wait on this phone to be sent. */
	waiting: number;
	/** Share of what is being sent, 0 to 1, or null while nothing is. */
	sending: number | null;
}

export interface LinkContext {
	readonly state: LinkState;
	/** Address of the state sheet as a page; the way without JavaScript. */
	readonly href: string;
	/** Opens the state sheet over the page. */
	open: () => void;
}

const KEY = Symbol('link');

/** Called once by the layout, with an object whose getters follow what the phone says. */
export const setLink = (link: LinkContext): LinkContext => setContext(KEY, link);

export const useLink = (): LinkContext => getContext(KEY);
