import { describe, expect, it } from 'vitest';
import type { InstallRow } from '../db/rows.ts';
import { isWithin, newRow, sameChoice, toChoiceRow, toStored } from './rows.ts';

const install = (language: string, version: string): InstallRow => ({
	...{ package: 'solar', language, version, manifest: `m-${version}`, shared: 's', part: 'p' },
	packs: { shared: 'sp', part: 'pp' },
	statements: 'st'
});

describe('a package as pages see it', () => {
	it('is not readable before anything is installed', () => {
		const row = newRow('solar', toChoiceRow({ languages: ['th', 'th', 'en'], tier: 'text' }), 5);
		expect(toStored(row, [], undefined)).toMatchObject({
			...{ state: 'fetching', readable: [], version: null, update: null },
			choice: { languages: ['th', 'en'], tier: 'text' },
			bytes: { done: 0, total: 0, exact: false }
		});
	});

	it('names the version that is fetched aside only where it takes another one’s place', () => {
		const row = newRow('solar', { languages: ['th'], tier: 'text' }, 5);
		const next = { ...row, next: [install('th', '1.1.0')] };
		expect(toStored(next, [], undefined).update).toBeNull();
		expect(toStored(next, [install('th', '1.0.0')], undefined)).toMatchObject({
			...{ version: '1.0.0', update: '1.1.0', readable: ['th'] }
		});
	});
});

describe('sameChoice', () => {
	it('looks at languages in any order, the tier, and the video that stands by itself', () => {
		const choice = { languages: ['th', 'en'], tier: 'video' } as const;
		const same = { languages: ['en', 'th'], tier: 'video', video: '360p' } as const;
		const as = (each: typeof choice | typeof same, more: object = {}) => ({
			...each,
			languages: [...each.languages],
			...more
		});
		expect(sameChoice(as(choice), as(same))).toBe(true);
		expect(sameChoice(as(choice), as(same, { video: '144p' }))).toBe(false);
		expect(sameChoice(as(choice), as(choice, { languages: ['th'] }))).toBe(false);
		expect(sameChoice(as(choice), as(choice, { tier: 'text' }))).toBe(false);
	});
});

describe('isWithin', () => {
	const all = toChoiceRow({ languages: ['th', 'en'], tier: 'audio' });

	it('holds for fewer languages, a lower tier, fewer units, and not the other way round', () => {
		for (const less of [
			{ ...all, languages: ['en'] },
			{ ...all, tier: 'text' as const },
			{ ...all, units: ['cells'] }
		]) {
			expect(isWithin(less, all)).toBe(true);
			expect(isWithin(all, less)).toBe(false);
		}
		expect(isWithin({ ...all, units: ['cells'] }, { ...all, units: ['cells', 'panels'] })).toBe(true);
		expect(isWithin({ ...all, units: ['wires'] }, { ...all, units: ['cells'] })).toBe(false);
	});
});
