import { expect, test } from 'vitest';
import type { PackageCard } from '../../core/protocol/library.ts';
import { filterPackages, readFilter, wordsOf, writeFilter } from './filter.ts';

const card = (id: string, title: string, more: Partial<PackageCard> = {}): PackageCard => ({
	id,
	title,
	version: '1.0.0',
	kind: 'resource-package',
	sector: 'energy',
	contentLanguage: 'th',
	languages: ['th', 'en'],
	partners: [{ name: 'Demonstration College (Vientiane)', country: 'LA' }],
	units: 3,
	hours: 4,
	aqrfLevel: 2,
	bytes: { text: 100_000, pictures: 900_000, audio: 900_000, video: 9_000_000 },
	...more
});
const solar = card('rooftop-solar', 'ติดตั้งโซลาร์เซลล์บนหลังคา');
const lock = card('isolate-and-lock', 'Isolate and lock', {
	sector: 'manufacturing',
	languages: ['en', 'km'],
	bytes: { text: 1, pictures: 2_100_000, audio: 2_100_000, video: 2_100_000 }
});
const found = (query: string, here: string[] = []) =>
	filterPackages([solar, lock], readFilter(new URLSearchParams(query)), 'th', (id) => here.includes(id)).map(
		({ id }) => id
	);

test('an empty filter leaves all', () => expect(found('')).toEqual(['rooftop-solar', 'isolate-and-lock']));

test('words are found inside scripts without spaces, in any order and case', () => {
	expect(found('q=หลังคา')).toEqual(['rooftop-solar']);
	expect(found('q=หลังคา ติดตั้ง')).toEqual(['rooftop-solar']);
	expect(found('q=LOCK')).toEqual(['isolate-and-lock']);
	expect(found('q=vientiane')).toHaveLength(2);
	expect(found('q=ไม่มี')).toEqual([]);
});

test('each chip narrows', () => {
	expect(found('sector=manufacturing')).toEqual(['isolate-and-lock']);
	expect(found('own=1')).toEqual(['rooftop-solar']);
	expect(found('small=1')).toEqual(['rooftop-solar']);
	expect(found('here=1', ['isolate-and-lock'])).toEqual(['isolate-and-lock']);
});

test('a filter survives the address, and an unknown sector is none', () => {
	const query = '?q=solar&sector=energy&own=1';
	expect(writeFilter(readFilter(new URLSearchParams(query)))).toBe(query);
	expect(readFilter(new URLSearchParams('sector=gold')).sector).toBeNull();
	expect(writeFilter(readFilter(new URLSearchParams()))).toBe('');
});

test('a query of marks and spaces has no words', () => expect(wordsOf(' … ! ', 'en')).toEqual([]));
