import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/hash.ts';
import { MAX_PACK_BYTES, readPack, writePack } from './pack.ts';

const id = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,5})?$/);
const path = fc
	.tuple(fc.array(id, { maxLength: 2 }), id, fc.constantFrom('md', 'json', 'svg'))
	.map(([folders, name, ending]) => [...folders, `${name}.${ending}`].join('/'));
const files = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 200 })), {
	selector: ([name]) => name,
	maxLength: 20
});
const pack = (index: unknown, body = '') => utf8(`${JSON.stringify(index)}\n${body}`);

describe('a pack', () => {
	it('PKG-10: gives back every file as it went in', () => {
		fc.assert(
			fc.property(files, (list) => {
				const read = readPack(writePack(new Map(list)));
				if (!read.ok) throw new Error(read.fault.code);
				expect(read.value.paths).toEqual(list.map(([name]) => name).sort());
				for (const [name, bytes] of list) expect(read.value.bytes(name)).toEqual(bytes);
			})
		);
	});

	it('PKG-11: is the same bytes whatever order its files came in', () => {
		fc.assert(
			fc.property(files, (list) => {
				expect(writePack(new Map([...list].reverse()))).toEqual(writePack(new Map(list)));
			})
		);
	});

	it('PKG-14: cut anywhere, or with bytes behind it, it is refused', () => {
		fc.assert(
			fc.property(files, fc.nat(), (list, at) => {
				const whole = writePack(new Map(list));
				expect(readPack(whole.subarray(0, at % whole.length)).ok).toBe(false);
				expect(readPack(Uint8Array.from([...whole, 0])).ok).toBe(false);
			})
		);
	});

	it('PKG-14: any bytes at all are read or refused, never thrown over', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof readPack(bytes).ok === 'boolean')
		);
	});

	it.each([
		['a path upwards', [['../a.md', 0]]],
		['an absolute path', [['/a.md', 0]]],
		['a backslash', [['a\\b.md', 0]]],
		['a length of 10 GB', [['a.md', 10 * 1024 ** 3]]],
		['a negative length', [['a.md', -1]]],
		['half a byte', [['a.md', 0.5]]],
		[
			'paths out of order',
			[
				['b.md', 0],
				['a.md', 0]
			]
		],
		[
			'a path twice',
			[
				['a.md', 0],
				['a.md', 0]
			]
		]
	])('PKG-12: an index with %s is refused', (_, entries) => {
		expect(readPack(pack(['setara-pack/1', entries])).ok).toBe(false);
	});

	it('PKG-12: an index written with white space is refused: one pack, one form', () => {
		expect(readPack(utf8('["setara-pack/1", []]\n')).ok).toBe(false);
		expect(readPack(pack(['setara-pack/1', []])).ok).toBe(true);
	});

	it('PKG-13: over 16 MB it is refused unread', () => {
		const read = readPack(new Uint8Array(MAX_PACK_BYTES + 1));
		expect(read.ok || read.fault.code).toBe('package/too-large');
	});

	it('answers null for a file that is not there, and for one that is not UTF-8', () => {
		const read = readPack(writePack(new Map([['a.md', new Uint8Array([0xff])]])));
		expect(read.ok && [read.value.bytes('b.md'), read.value.text('a.md')]).toEqual([null, null]);
	});
});
