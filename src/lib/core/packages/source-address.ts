/** Addresses of other sources, as a person writes them, and where on the network they stand (DEV-66). */
import { fail, ok, type Fault, type Result } from '../base/result.ts';

type AddressCode =
	'source/bad-address' | 'source/not-secure' | 'source/own-address' | 'source/known' | 'source/too-many';
export type AddressFault = Fault<AddressCode>;

/** What the browser calls the place of a server (Local Network Access); null: anywhere, or not to be told by its name. */
export type AddressSpace = 'loopback' | 'local' | null;

export const MOST_ADDRESS_LENGTH = 200;

/**
 * The origin that a person means: `192.168.1.20:3000`, `hub.local`, or an address copied from any page of it. Without
 * `http://` or `https://` a place on the local network is taken to have no certificate, and any other to have one.
 */
export function parseAddress(text: string, own: string): Result<string, AddressFault> {
	const written = text.trim();
	if (written.length === 0 || written.length > MOST_ADDRESS_LENGTH) return fail('source/bad-address');
	const url = /^[a-z][a-z+.-]*:\/\//i.test(written) ? read(written) : guess(written);
	if (!url || !/^https?:$/.test(url.protocol) || !HOST.test(url.hostname) || url.username || url.password) {
		return fail('source/bad-address');
	}
	if (url.origin === own) return fail('source/own-address');
	// From a page with a certificate browsers let no plain http through but to the local network.
	if (url.protocol === 'http:' && !isNear(url.hostname)) return fail('source/not-secure');
	return ok(url.origin);
}

/** The space that a request to this address is to name; a wrong one is refused by the browser. */
export function addressSpace(address: string): AddressSpace {
	const { protocol, hostname } = new URL(address);
	if (isLoopback(hostname)) return 'loopback';
	// A name with a certificate may stand anywhere.
	return protocol === 'http:' || isPrivate(hostname) || hostname.endsWith('.local') ? 'local' : null;
}

/** As `URL` writes a host; Chromium's writes others too, `the%20hub` say. */
const HOST = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/;

function read(text: string): URL | null {
	try {
		return new URL(text);
	} catch {
		return null;
	}
}

function guess(text: string): URL | null {
	const plain = read(`http://${text}`);
	return plain && !isNear(plain.hostname) ? read(`https://${text}`) : plain;
}

const isLoopback = (host: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

/** RFC 1918, 3927, 4193 and 4291, as `URL` writes them. */
const isPrivate = (host: string): boolean =>
	/^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3}$/.test(host) ||
	/^\[f(?:[cd]|e[89ab])/.test(host);

/** What only a router at hand names: no dot, or an ending that nobody on the internet has. */
const isNamedHere = (host: string): boolean =>
	/^[^.:[\]]+$/.test(host) || /\.(?:local|lan|internal|home\.arpa)$/.test(host);

const isNear = (host: string): boolean => isLoopback(host) || isPrivate(host) || isNamedHere(host);
