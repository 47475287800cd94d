/** In a browser: what is stored opens from the phone, with a link or without; the rest is asked of the server (LIB-3). */
import { fail, type Result } from '../core/base/result.ts';
import { hasPackage } from '../device/packages/has-package.ts';
import type { SaveFault } from '../device/faults.ts';
import { deviceLibrary, isDeviceLoaded } from './device.ts';
import { addressOf } from './http.ts';
import type { Asked, Library } from './port.ts';

type Answer<Page> = Promise<Result<Page, SaveFault>>;

/** @param server the library that asks the server */
export function chooseLibrary(server: Library): Library {
	return {
		async library(asked) {
			if (isInPage(addressOf(asked))) return server.library(asked);
			const answer = await server.library(asked);
			if (answer.ok || !isLink(answer.fault)) return answer;
			const stored = await deviceLibrary.library(asked);
			return stored.ok && stored.value.packages.length > 0 ? stored : notHere(answer.fault);
		},
		package: (asked, id) => ofPackage(asked, [id], (library: Library) => library.package(asked, id), server),
		unit: (asked, id, unit) =>
			ofPackage(asked, [id, unit], (library: Library) => library.unit(asked, id, unit), server)
	};
}

/**
 * The phone first where it has the package. Where it lacks what is asked for (a unit or a language that only a newer
 * version has), and where a link brings more languages to choose from, the server is asked.
 */
async function ofPackage<Page>(
	asked: Asked,
	path: string[],
	of: (library: Library) => Answer<Page>,
	server: Library
): Answer<Page> {
	if (isInPage(addressOf(asked, ...path))) return of(server);
	// What reads the store finds out by itself, and spares a slow phone the wait for a second answer.
	const content = asked.content ?? null;
	if (!(content === null && isDeviceLoaded()) && !(await hasPackage(path[0]!, content))) {
		const answer = await of(server);
		if (answer.ok || !isLink(answer.fault)) return answer;
		const other = await of(deviceLibrary);
		return other.ok ? other : notHere(answer.fault);
	}
	const stored = await of(deviceLibrary);
	if (stored.ok || !FALLS_THROUGH.has(stored.fault.code)) return stored;
	const answer = await of(server);
	return answer.ok || !isLink(answer.fault) ? answer : notHere(answer.fault);
}

/** What the phone lacks, it asks for; what it refuses (recalled, not approved) it does not show from elsewhere. */
const FALLS_THROUGH = new Set<string>([
	'library/not-saved',
	'lesson/not-found',
	'lesson/bad-content',
	'storage/closed',
	'package/bad-digest'
]);

const isLink = ({ code }: SaveFault): boolean => code === 'network/offline' || code === 'network/busy';

/** With no link and nothing stored the person is told what to do; a server that is busy says so itself. */
const notHere = (fault: SaveFault) =>
	fault.code === 'network/offline' ? fail('library/not-here-offline') : { ok: false as const, fault };

/** Whether the rendered page brought this answer along: asking for it costs nothing, and draws what is shown already. */
const isInPage = (url: string): boolean =>
	document.querySelector(`script[data-sveltekit-fetched][data-url=${JSON.stringify(url)}]`) !== null;
