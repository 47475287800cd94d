import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/hash.ts';
import { decodeFrame } from './frame.ts';
import { rawFrame, readFileList, readFirstLine, writeFileHead, type FileList } from './package-file.ts';

const digest = (n: number) => n.toString(16).padStart(64, '0');
const list: FileList = {
	package: 'little-sun',
	version: '1.0.0',
	languages: ['lo', 'th'],
	tier: 'video',
	manifest: digest(1),
	entries: [
		['tuf/timestamp.json', 400],
		[`document/${digest(1)}`, 900],
		[`blob/${digest(2)}`, 3_000_000_000]
	]
};
const read = (head: Uint8Array, length: number) => {
	const at = readFirstLine(head);
	if (!at.ok) return at;
	return readFileList(head.subarray(at.value.offset, at.value.offset + at.value.size), at.value, length);
};
const codeOf = (result: { ok: boolean; fault?: { code: string } }) => (result.ok ? 'ok' : result.fault!.code);
const bytesIn = (entries: FileList['entries']) => entries.reduce((sum, [, size]) => sum + size, 0);

describe('a .setara file', () => {
	it('FIL-1 says what it holds and where, whatever that is', () => {
		const entries = fc.uniqueArray(
			fc.tuple(
				fc.oneof(
					fc.constant('recalls'),
					fc
						.tuple(fc.constantFrom('document', 'pack', 'blob'), fc.nat(1000))
						.map(([kind, n]) => `${kind}/${digest(n)}`)
				),
				fc.nat(2 ** 31)
			),
			{ selector: ([name]) => name, minLength: 1, maxLength: 50 }
		);
		fc.assert(
			fc.property(entries, (entries) => {
				const head = writeFileHead({ ...list, entries });
				const file = read(head, head.length + bytesIn(entries));
				if (!file.ok) throw new Error(file.fault.code);
				let at = head.length;
				for (const [name, size] of entries) {
					expect(file.value.places.get(name)).toEqual({ offset: at, size });
					at += size;
				}
				expect(file.value.length).toBe(at);
			}),
			{ seed: 20261125, numRuns: 100 }
		);
	});

	it('FIL-2 that is cut is said to be cut, and one that is longer is read all the same', () => {
		const head = writeFileHead(list);
		const whole = head.length + bytesIn(list.entries);
		expect([whole - 1, whole, whole + 9].map((length) => codeOf(read(head, length)))).toEqual([
			'file/cut',
			'ok',
			'ok'
		]);
		expect(codeOf(read(head.subarray(0, head.length - 1), whole))).toBe('file/cut');
	});

	it.each<[string, Partial<FileList> | string, string]>([
		['of a later version', 'setara-file/2 10\n{}', 'file/other-version'],
		['that is a photo', '\u00ff\u00d8\u00ff', 'file/not-setara'],
		['of nothing', '', 'file/not-setara'],
		['with a list of 90 MB', 'setara-file/1 90000000\n', 'file/not-setara'],
		['whose list is none', 'setara-file/1 4\n{]{]', 'file/not-setara'],
		[
			'with a name twice',
			{
				entries: [
					['recalls', 1],
					['recalls', 2]
				]
			},
			'file/not-setara'
		],
		['with a name that leads elsewhere', { entries: [['tuf/../../etc.json', 1]] }, 'file/not-setara'],
		['with a size below nothing', { entries: [['recalls', -1]] }, 'file/not-setara'],
		['with a size beyond counting', { entries: [['recalls', 2 ** 60]] }, 'file/not-setara'],
		['of no language', { languages: [] }, 'file/not-setara'],
		['of no package', { package: '../x' }, 'file/not-setara']
	])('FIL-2 %s is refused', (_, change, code) => {
		const head = typeof change === 'string' ? utf8(change) : writeFileHead({ ...list, ...change });
		expect(codeOf(read(head, 2 ** 40))).toBe(code);
	});

	it('FIL-2 any bytes at all are a file or a fault, never a throw', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				codeOf(read(new Uint8Array([...utf8('setara-file/1 20\n'), ...bytes]), 300));
				codeOf(read(bytes, 300));
			}),
			{ seed: 20261125, numRuns: 300 }
		);
	});

	it.each([0, 1, 1000, 131_072, 131_073, 1_000_000])(
		'FIL-3 a pack of %i bytes comes back from its raw frame',
		(size) => {
			const pack = Uint8Array.from({ length: size }, (_, n) => (n * 31) % 251);
			const back = decodeFrame(rawFrame(pack), size, new Uint8Array());
			expect(back.ok && Buffer.compare(back.value, pack)).toBe(0);
		}
	);
});
