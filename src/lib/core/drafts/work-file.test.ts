import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDraft, aFile, filled } from '../../../../tests/factories/drafts.ts';
import { WEBM } from '../../../../tests/factories/handed-in.ts';
import { makeMp4 } from '../../../../tests/factories/mp4.ts';
import { FIGURE } from '../../../../tests/factories/package-source.ts';
import { makeWebp } from '../../../../tests/factories/webp.ts';
import { utf8 } from '../base/hash.ts';
import { addFile } from './edit.ts';
import {
	filesByDigest,
	isAsSaid,
	MOST_DRAFTS,
	readWorkDraft,
	readWorkHead,
	readWorkList,
	writeWorkDraft,
	writeWorkHead,
	type WorkList
} from './work-file.ts';

const draft = addFile(filled(aDraft()), aFile(1));
const work = { draft, handedIn: null };
const blob = `blob/${'1'.repeat(64)}`;
const list: WorkList = {
	made: Date.parse('2026-11-25T08:00:00Z'),
	by: { account: 'a', name: 'Khamla' },
	entries: [
		[`draft/${draft.id}`, writeWorkDraft(work).length],
		[blob, 1000]
	]
};
const ids = (count: number): WorkList['entries'] =>
	Array.from({ length: count }, (_, n) => [
		`draft/0190a6e0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`,
		10
	]);
function read(head: Uint8Array, length: number) {
	const at = readWorkHead(head);
	if (!at.ok) return at;
	return readWorkList(head.subarray(at.value.offset, at.value.offset + at.value.size), at.value, length);
}
const codeOf = (result: { ok: boolean; fault?: { code: string } }) => (result.ok ? 'ok' : result.fault!.code);
const change = (draft: unknown) =>
	readWorkDraft(list.entries[0]![0], utf8(JSON.stringify({ draft, handedIn: null })));

describe('a .setara-work file', () => {
	it('DRA-61 says what it holds and where', () => {
		const head = writeWorkHead(list);
		const file = read(head, 2 ** 40);
		if (!file.ok) throw new Error(file.fault.code);
		const [first, second] = list.entries;
		expect([...file.value.places]).toEqual([
			[first![0], { offset: head.length, size: first![1] }],
			[blob, { offset: head.length + first![1], size: second![1] }]
		]);
		expect(file.value).toMatchObject({ made: list.made, by: list.by });
		expect(codeOf(read(head, head.length + first![1] + 999))).toBe('file/cut');
	});

	it.each<[string, Partial<Record<keyof WorkList, unknown>> | string, string]>([
		['of a later version', 'setara-work/2 10\n{}', 'file/other-version'],
		['that is a package', 'setara-file/1 2\n{}', 'work-file/not-one'],
		['that is a photo', '\u00ff\u00d8\u00ff', 'work-file/not-one'],
		['of nothing', '', 'work-file/not-one'],
		['with a list of 90 MB', 'setara-work/1 90000000\n', 'work-file/not-one'],
		['without a draft', { entries: [[blob, 1]] }, 'work-file/not-one'],
		['with too many drafts', { entries: ids(MOST_DRAFTS + 1) }, 'work-file/too-many'],
		['with a name twice', { entries: [...ids(1), ...ids(1)] }, 'work-file/not-one'],
		['with a name that leads elsewhere', { entries: [['draft/../../x', 1]] }, 'work-file/not-one'],
		['with a script beside', { entries: [...ids(1), ['script.js', 1]] }, 'work-file/not-one'],
		['with a draft of a gigabyte', { entries: [[ids(1)[0]![0], 2 ** 30]] }, 'work-file/not-one'],
		[
			'with a clip beyond the limit',
			{ entries: [...ids(1), [blob, 20 * 1024 * 1024 + 1]] },
			'work-file/not-one'
		],
		['made on no day', { made: 1e300 }, 'work-file/not-one'],
		['with a field that is none', { title: 'x' } as never, 'work-file/not-one']
	])('DRA-62 %s is refused', (_, change, code) => {
		const head =
			typeof change === 'string' ? utf8(change) : writeWorkHead({ ...list, ...change } as WorkList);
		expect(codeOf(read(head, 2 ** 40))).toBe(code);
	});

	it('DRA-62 any bytes at all are a file or a fault, never a throw', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				codeOf(read(new Uint8Array([...utf8('setara-work/1 20\n'), ...bytes]), 300));
				codeOf(read(bytes, 300));
				codeOf(readWorkDraft(list.entries[0]![0], bytes));
			}),
			{ seed: 20261125, numRuns: 300 }
		);
	});

	it('DRA-62 has drafts that a phone would save, each under its own id', () => {
		expect(codeOf(change(draft))).toBe('ok');
		for (const bad of [
			null,
			{ ...draft, id: 'aaaaaaaa-0000-7000-8000-000000000000' },
			{ ...draft, languages: [] },
			{ ...draft, script: 'x' },
			{ ...draft, changedAt: 1e300 },
			{ ...draft, files: [aFile(1), aFile(1)] },
			{ ...draft, words: { en: { title: 'x'.repeat(201), goal: '' } } }
		])
			expect(codeOf(change(bad))).toBe('work-file/not-one');
		expect(codeOf(readWorkDraft(list.entries[0]![0], utf8('{"draft":')))).toBe('work-file/damaged');
	});

	it('DRA-62 has no bytes that no draft names, and none of another length', () => {
		const of = (entries: WorkList['entries']) =>
			codeOf(filesByDigest([work], new Map(entries.map(([name, size]) => [name, { offset: 0, size }]))));
		expect(of(list.entries)).toBe('ok');
		// The phone had lost the picture when it wrote the file.
		expect(of(list.entries.slice(0, 1))).toBe('ok');
		expect(of([...list.entries, [`blob/${'2'.repeat(64)}`, 1]])).toBe('work-file/not-one');
		expect(of([[blob, 999]])).toBe('work-file/not-one');
	});

	it('DRA-62 takes a picture, drawing, sound or clip for what it is by its own bytes', () => {
		const html = utf8('<!doctype html><script>alert(1)</script>');
		const fit: [Parameters<typeof isAsSaid>[0], Uint8Array][] = [
			[{ role: 'picture', mediaType: 'image/webp' }, makeWebp()],
			[{ role: 'drawing', mediaType: 'image/svg+xml' }, utf8(FIGURE)],
			[{ role: 'sound', mediaType: 'audio/webm' }, WEBM],
			[{ role: 'clip', mediaType: 'video/mp4' }, makeMp4({ data: 900 })],
			[{ role: 'clip', mediaType: 'video/webm' }, WEBM]
		];
		for (const [said, bytes] of fit) {
			expect([said, isAsSaid(said, bytes)]).toEqual([said, true]);
			expect([said, isAsSaid(said, html)]).toEqual([said, false]);
			expect([said, isAsSaid({ ...said, mediaType: 'text/html' }, bytes)]).toEqual([said, false]);
		}
		const place = makeWebp({ form: 'VP8X', extra: ['EXIF'] });
		expect(isAsSaid({ role: 'picture', mediaType: 'image/webp' }, place)).toBe(false);
		const script = utf8(
			'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 9"><script>1</script></svg>'
		);
		expect(isAsSaid({ role: 'drawing', mediaType: 'image/svg+xml' }, script)).toBe(false);
	});
});
