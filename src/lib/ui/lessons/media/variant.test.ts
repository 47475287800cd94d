import { describe, expect, it } from 'vitest';
import { chooseVariant, playable, type Variant } from './variant.ts';

const variant = (name: Variant['variant'], here: boolean): Variant => ({
	variant: name,
	url: `/media/${name}.mp4`,
	mediaType: 'video/mp4',
	size: 1000,
	here
});

describe('the file of a video that is played', () => {
	it('is one on the phone, however small, before one that costs bytes', () => {
		const variants = [variant('360p', false), variant('144p', true)];
		expect(chooseVariant(variants, false)?.variant).toBe('144p');
	});

	it('is the small one where bytes are dear', () => {
		const variants = [variant('360p', false), variant('144p', false)];
		expect(chooseVariant(variants, true)?.variant).toBe('144p');
		expect(chooseVariant(variants, false)?.variant).toBe('360p');
		expect(chooseVariant([], false)).toBeNull();
	});

	it('can be only what is here while there is no link', () => {
		const variants = [variant('144p', true), variant('360p', false)];
		expect(playable(variants, false).map((each) => each.variant)).toEqual(['144p']);
		expect(playable(variants, true).map((each) => each.variant)).toEqual(['360p', '144p']);
	});
});
