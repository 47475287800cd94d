import { expect, test } from 'vitest';
import { offeredTiers } from './tiers.ts';

test('every tier that adds bytes is offered', () =>
	expect(offeredTiers({ text: 1, pictures: 2, audio: 3, video: 4 })).toEqual([
		'text',
		'pictures',
		'audio',
		'video'
	]));

test('a package without sound offers none', () =>
	expect(offeredTiers({ text: 1, pictures: 2, audio: 2, video: 4 })).toEqual(['text', 'pictures', 'video']));

test('drawings that come with the text are one choice with it', () => {
	expect(offeredTiers({ text: 5, pictures: 5, audio: 5, video: 9 })).toEqual(['pictures', 'video']);
	expect(offeredTiers({ text: 5, pictures: 5, audio: 5, video: 5 })).toEqual(['pictures']);
});
