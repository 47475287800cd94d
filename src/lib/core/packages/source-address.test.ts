import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressSpace, parseAddress } from './source-address.ts';

const OWN = 'https://setara.example';
const said = (text: string) => {
	const parsed = parseAddress(text, OWN);
	return parsed.ok ? parsed.value : parsed.fault.code;
};

describe('the address of a source (DEV-66)', () => {
	it.each([
		['192.168.1.20:3000', 'http://192.168.1.20:3000'],
		[' http://192.168.1.20:3000/en/library?x#y ', 'http://192.168.1.20:3000'],
		['hub', 'http://hub'],
		['Hub.local', 'http://hub.local'],
		['hub.lan:8080', 'http://hub.lan:8080'],
		['10.0.0.7', 'http://10.0.0.7'],
		['[fd00::1]:3000', 'http://[fd00::1]:3000'],
		['mirror.example', 'https://mirror.example'],
		['https://mirror.example:8443/', 'https://mirror.example:8443'],
		['https://192.168.1.20', 'https://192.168.1.20'],
		['ตัวอย่าง.ไทย', 'https://xn--72c1a1bt4awk9o.xn--o3cw4h']
	])('%s', (text, origin) => expect(said(text)).toBe(origin));

	it.each([
		['', 'source/bad-address'],
		['   ', 'source/bad-address'],
		['two words', 'source/bad-address'],
		['ftp://192.168.1.20', 'source/bad-address'],
		['javascript:alert(1)', 'source/bad-address'],
		['http://name:secret@192.168.1.20', 'source/bad-address'],
		['https://', 'source/bad-address'],
		[`${'a'.repeat(201)}.example`, 'source/bad-address'],
		['http://mirror.example', 'source/not-secure'],
		['http://192.168.1.20.example', 'source/not-secure'],
		['http://172.32.0.1', 'source/not-secure'],
		['setara.example', 'source/own-address'],
		['https://setara.example/en', 'source/own-address']
	])('refuses %s', (text, code) => expect(said(text)).toBe(code));

	it('is an origin and nothing else, or a fault, whatever is written', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.ipV4(), fc.ipV6()), (text) => {
				const parsed = parseAddress(text, OWN);
				if (!parsed.ok) return;
				const { origin, protocol } = new URL(parsed.value);
				expect(origin).toBe(parsed.value);
				expect(protocol).toMatch(/^https?:$/);
				expect(parseAddress(origin, OWN)).toEqual(parsed);
			}),
			{ seed: 20261125, numRuns: 500 }
		);
	});

	it.each([
		['http://localhost:3000', 'loopback'],
		['http://127.0.0.1:3000', 'loopback'],
		['https://[::1]', 'loopback'],
		['http://192.168.1.20:3000', 'local'],
		['http://172.16.0.1', 'local'],
		['http://[fe80::1]', 'local'],
		['https://10.1.2.3', 'local'],
		['https://hub.local', 'local'],
		['http://hub', 'local'],
		['https://mirror.example', null],
		['https://10.example', null]
	])('%s stands in %s', (address, space) => expect(addressSpace(address)).toBe(space));
});
