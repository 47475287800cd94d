/** What a phone adds to a package (SRC-13 to SRC-15): a photo, what is said beside a step, a clip of one size. */
import { describe, expect, it } from 'vitest';
import { makeMp4 } from '../../../../../tests/factories/mp4.ts';
import { makeSource, type SourceFactory } from '../../../../../tests/factories/package-source.ts';
import { verifiedBuild } from '../../../../../tests/factories/built-package.ts';
import { makeWebp } from '../../../../../tests/factories/webp.ts';
import { composeUnitPage } from '../../lessons/compose.ts';
import { verifyContents } from '../contents.ts';
import { inChoice } from '../tiers.ts';
import { checkSource } from './check.ts';

const WEBM = Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, ...new Array<number>(60).fill(7)]);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** A micro-course whose practice shows a photo, says something in Thai, and whose clip was filmed once. */
function phoneMade(): SourceFactory {
	const source = makeSource().edit('package.json', (json) => (json.kind = 'micro-course'));
	source
		.remove('shared/media/clip.144p.mp4')
		.remove('shared/media/clip.360p.mp4')
		.remove('shared/figures/clip.svg')
		.put('shared/media/clip.360p.webm', WEBM)
		.put('shared/media/knot.webp', makeWebp({ width: 640, height: 480 }))
		.put('th/media/say.audio.webm', WEBM)
		.put('th/media/say.md', 'ดึงให้แน่น\n')
		.edit('th/package.json', (json) => (json.narration = 'spoken'))
		.edit('shared/units/hands.json', (json) => {
			json.practice.steps[0].figure = 'knot';
			json.practice.steps[0].sound = 'say';
		});
	for (const tag of ['en', 'th'])
		source.edit(`${tag}/figures.json`, (json) => {
			delete json.clip;
			json.knot = { alt: 'A knot' };
		});
	return source;
}

const faultsOf = (source: SourceFactory) =>
	checkSource(source.files).faults.map(({ code, file }) => `${file}: ${code}`);

describe('what a phone adds', () => {
	it('SRC-13 SRC-14 SRC-15 is built, and shown with its unit', async () => {
		expect(faultsOf(phoneMade())).toEqual([]);
		const { shared, languages, files } = await verifiedBuild(phoneMade());
		const [photo, clip] = ['knot', 'clip'].map((id) => shared.part.files.find(({ media }) => media === id)!);
		expect(photo).toMatchObject({ role: 'picture', tier: 'pictures', width: 640, height: 480 });
		expect([inChoice(photo!, { tier: 'text' }), inChoice(photo!, { tier: 'pictures' })]).toEqual([
			false,
			true
		]);
		// Filmed in one size, it goes with whatever size was asked for.
		expect((['144p', '360p'] as const).map((video) => inChoice(clip!, { tier: 'video', video }))).toEqual([
			true,
			true
		]);

		const urls = { media: () => ({ url: '/media/x.webp', here: true }), simulation: () => '' };
		for (const tag of ['en', 'th']) {
			const language = languages[tag]!;
			const contents = { shared, language, files: { shared: files['shared']!, language: files[tag]! } };
			expect(verifyContents(contents)).toEqual({ ok: true, value: undefined });
			const page = composeUnitPage({ ...contents, languages: [], checked: 'online', urls }, 'hands');
			expect(page).toMatchObject({ ok: true, value: { figures: { knot: { svg: null, alt: 'A knot' } } } });
			expect(page.ok && Object.keys(page.value.videos)).toEqual(tag === 'th' ? ['say'] : []);
		}
	});

	it('SRC-13 a photo has words for those who cannot see it, is WebP, and names no place', () => {
		expect(faultsOf(phoneMade().edit('th/figures.json', (json) => delete json.knot))).toEqual([
			'th/figures.json: source/image-without-alt'
		]);
		expect(faultsOf(phoneMade().put('shared/media/knot.webp', utf8('GIF89a'.repeat(9))))).toEqual([
			'shared/media/knot.webp: media/not-webp'
		]);
		const placed = makeWebp({ form: 'VP8X', extra: ['EXIF'] });
		expect(faultsOf(phoneMade().put('shared/media/knot.webp', placed))).toEqual([
			'shared/media/knot.webp: media/has-location'
		]);
	});

	it('SRC-14 what is said stands in writing, and is what it says it is', () => {
		expect(faultsOf(phoneMade().remove('th/media/say.md'))).toEqual([
			'th/media/say.md: source/video-without-transcript'
		]);
		expect(faultsOf(phoneMade().put('th/media/say.audio.webm', utf8('<html>')))).toEqual([
			'th/media/say.audio.webm: media/not-audio'
		]);
		expect(faultsOf(phoneMade().remove('th/media/say.audio.webm').remove('th/media/say.md'))).toEqual([
			'shared/units/hands.json: source/dead-link'
		]);
	});

	it('SRC-15 a clip that says where it was filmed is refused, and a resource package keeps its two sizes', () => {
		const placed = Uint8Array.from([...WEBM, ...utf8('TAGLOCATION+17.96+102.61/')]);
		expect(faultsOf(phoneMade().put('shared/media/clip.360p.webm', placed))).toEqual([
			'shared/media/clip.360p.webm: media/has-location'
		]);
		const udta = Uint8Array.from([0, 0, 0, 20, ...utf8('udta'), 0, 0, 0, 12, 0xa9, ...utf8('xyz+17.')]);
		const film = phoneMade().remove('shared/media/clip.360p.webm');
		expect(
			faultsOf(film.put('shared/media/clip.360p.mp4', Uint8Array.from([...makeMp4(), ...udta])))
		).toEqual(['shared/media/clip.360p.mp4: media/has-location']);
		expect(faultsOf(phoneMade().edit('package.json', (json) => (json.kind = 'resource-package')))).toContain(
			'shared/media/clip.360p.mp4: source/video-without-variant'
		);
	});
});
