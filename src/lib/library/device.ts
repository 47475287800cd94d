/** The library as it is stored on this phone: every answer was checked here, and needs no link (LIB-2). */
import type { Library } from './port.ts';

/** Only in a browser. What reads and checks is loaded when something is asked. */
export const deviceLibrary: Library = {
	library: async (asked) => (await load()).readLibrary(asked),
	package: async (asked, id) => (await load()).readPackage(asked, id),
	unit: async (asked, id, unit) => {
		const answer = (await load()).readUnit(asked, id, unit);
		loaded = true;
		return answer;
	}
};

/** Whether what reads and checks is here already, so that asking the phone costs no fetching of it. */
export const isDeviceLoaded = (): boolean => loaded;

let loaded = false;

const load = () => import('../device/packages/read-pages.ts');
