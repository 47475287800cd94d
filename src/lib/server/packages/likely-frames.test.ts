import { describe, expect, it } from 'vitest';
import { likelyFrames, type PackOf } from './likely-frames.ts';

const packs = (name: string, sizes: Record<string, number>): PackOf[] =>
	Object.entries(sizes).map(([language, packSize]) => ({
		language: language === 'shared' ? '' : language,
		pack: `${name}-${language}`,
		packSize
	}));
const NEW = packs('new', { shared: 10, en: 10, th: 10 });
const OLD = packs('old', { shared: 10, en: 10, th: 10 });
const named = (...given: Parameters<typeof likelyFrames>) =>
	likelyFrames(...given).map(({ base, pack }) => `${base} → ${pack}`);

describe('PCK-25: likely frames', () => {
	it('come as updates first, then from packages in the language, then from other languages of the package', () => {
		expect(named(NEW, OLD, packs('other', { shared: 10, th: 10, vi: 10 }))).toEqual([
			'old-shared → new-shared',
			'old-en → new-en',
			'old-th → new-th',
			'other-th → new-th',
			'new-th → new-en',
			'new-en → new-th'
		]);
	});

	it('take the three largest packages of a language', () => {
		const others = [3, 9, 5, 7].flatMap((size) => packs(`other${size}`, { en: size }));
		const [shared, en] = packs('new', { shared: 10, en: 10 }) as [PackOf, PackOf];
		expect(named([shared, en], [], others)).toEqual([
			'other9-en → new-en',
			'other7-en → new-en',
			'other5-en → new-en'
		]);
	});

	it('leave out a pack that did not change: phones have it', () => {
		const [shared] = NEW;
		expect(named(NEW, [shared!, ...OLD.slice(1)], []).slice(0, 2)).toEqual([
			'old-en → new-en',
			'old-th → new-th'
		]);
	});

	it('PCK-26: end where the bytes to be worked through are spent', () => {
		expect(named(NEW, OLD, [], 59)).toEqual(['old-shared → new-shared', 'old-en → new-en']);
	});
});
