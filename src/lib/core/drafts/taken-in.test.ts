import { describe, expect, it } from 'vitest';
import { aDraft, filled } from '../../../../tests/factories/drafts.ts';
import { UUID_PATTERN } from '../base/ids.ts';
import { nextVersion, setWords } from './edit.ts';
import { asTaken, contentOf, relationOf } from './taken-in.ts';

const draft = filled(aDraft());
const older = { ...draft, ...setWords(draft, 'en', { title: 'Before' }) };

describe('a draft that comes out of a file', () => {
	it('DRA-64 is one’s own from the same account, or from nobody’s file', () => {
		expect(relationOf({ account: 'a' }, 'a')).toBe('own');
		expect(relationOf(null, 'a')).toBe('own');
		expect(relationOf({ account: 'a' }, 'b')).toBe('another');
		expect(relationOf({ account: 'a' }, null)).toBe('another');
	});

	it('DRA-64 stays the same draft where it is one’s own and has no other state here', async () => {
		expect(await asTaken(draft, 'own', 'a', 0)).toBe(draft);
	});

	it('DRA-64 stands beside another state of it as a draft of its own, of the same package', async () => {
		const beside = await asTaken(draft, 'own', 'a', 1);
		expect(beside).toEqual({ ...draft, id: beside.id });
		expect(beside.id).not.toBe(draft.id);
		expect(beside.id).toMatch(UUID_PATTERN);
		expect((await asTaken(draft, 'own', 'a', 1)).id).toBe(beside.id);
		expect((await asTaken(older, 'own', 'a', 1)).id).not.toBe(beside.id);
		expect((await asTaken(draft, 'own', 'a', 2)).id).not.toBe(beside.id);
	});

	it('DRA-64 of somebody else is a draft and a package of its own, its makers named, the same on each phone', async () => {
		const mine = await asTaken(draft, 'another', 'b', 0);
		expect(mine.id).not.toBe(draft.id);
		expect(mine.package).toMatch(/^course-[0-9a-f]{12}$/);
		expect(mine.package).not.toBe(draft.package);
		expect({ ...mine, id: draft.id, package: draft.package }).toEqual(draft);
		expect(await asTaken(draft, 'another', 'b', 0)).toEqual(mine);
		expect((await asTaken(draft, 'another', 'c', 0)).package).not.toBe(mine.package);
	});

	it('DRA-64 of somebody else’s next version says what it was made from, and takes the place of nothing', async () => {
		const next = filled(nextVersion(draft, { manifest: 'f'.repeat(64), version: '1.0.0' }));
		const mine = await asTaken(next, 'another', 'b', 0);
		expect(mine).toMatchObject({ version: '1.0.0', supersedes: null, releaseNotes: {} });
		expect(mine.adaptedFrom).toMatchObject({
			package: draft.package,
			version: '1.1.0',
			licence: draft.licence
		});
	});

	it('DRA-64 is the same whatever order its fields were filled in, and with half a character in it', () => {
		const { units, ...rest } = draft;
		expect(contentOf({ units, ...rest })).toBe(contentOf(draft));
		expect(contentOf(setWords(draft, 'en', { title: 'a\ud800' }))).not.toBe(contentOf(draft));
	});
});
