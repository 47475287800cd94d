/** What is known of the link: what the browser says, and how the last request went (DEV-8). */
export interface Link {
	/** The last request was answered, or none was sent yet and the browser sees a network. */
	online: boolean;
	/** The person asked the browser to spare data. */
	saveData: boolean;
	/** `slow-2g` to `4g` where the browser says (Chromium), else null. */
	effectiveType: string | null;
	/** Whether bytes of this link are paid for; null where the browser does not say what kind it is. */
	metered: boolean | null;
}

interface NetworkInformation extends EventTarget {
	saveData?: boolean;
	effectiveType?: string;
	type?: string;
}

const listeners = new Set<(link: Link) => void>();
let answered: boolean | null = null;

/** What the browser says of the network, where it does (Chromium). */
export const connection = (): NetworkInformation | undefined =>
	typeof navigator === 'undefined'
		? undefined
		: (navigator as Navigator & { connection?: NetworkInformation }).connection;

/** The link as it is now; on the server, and before anything was asked, as the browser reports it. */
function link(): Link {
	const seen = typeof navigator === 'undefined' || navigator.onLine;
	return {
		online: seen && answered !== false,
		saveData: connection()?.saveData ?? false,
		effectiveType: connection()?.effectiveType ?? null,
		metered: isMetered()
	};
}

const UNPAID = new Set(['wifi', 'ethernet']);
const PAID = new Set(['cellular', 'bluetooth', 'wimax']);

/** Whether the bytes of the link of now are paid for, as far as its kind tells; null: the browser does not say. */
export function isMetered(): boolean | null {
	const { type, saveData } = connection() ?? {};
	if (saveData || (type && PAID.has(type))) return true;
	return type && UNPAID.has(type) ? false : null;
}

/** Told by whoever asked a server: a phone in a dead cell says `onLine`, the failed request knows better. */
export function noteLink(isAnswered: boolean): void {
	if (answered === isAnswered) return;
	answered = isAnswered;
	tell();
}

/** Calls at every change; answers what ends it. Only in a browser. */
export function watchLink(listener: (link: Link) => void): () => void {
	if (listeners.size === 0) listen('addEventListener');
	listeners.add(listener);
	listener(link());
	return () => {
		listeners.delete(listener);
		if (listeners.size === 0) listen('removeEventListener');
	};
}

const tell = () => listeners.forEach((listener) => listener(link()));

/** The browser sees a network again: whether it carries is not known until someone asks. */
const onOnline = () => {
	answered = null;
	tell();
};

function listen(method: 'addEventListener' | 'removeEventListener'): void {
	window[method]('online', onOnline);
	window[method]('offline', tell);
	connection()?.[method]('change', tell);
}
