/** The library that pages ask in their universal `load`: `openLibrary(fetch).unit({ language, content }, id, unit)`. */
import type { Library } from './port.ts';
import { chooseLibrary } from './choose.ts';
import { httpLibrary } from './http.ts';

/**
 * On the server it asks the server; in a browser the phone first, then the server.
 * @param fetch the `fetch` of the load event
 */
export const openLibrary = (fetch: typeof globalThis.fetch): Library =>
	typeof window === 'undefined' ? httpLibrary(fetch) : chooseLibrary(httpLibrary(fetch));
