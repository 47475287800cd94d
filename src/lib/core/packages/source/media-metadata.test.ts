/** A place that was planted where phones, cameras and editors write it is found, and nothing is found by chance (SRC-15). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { box, join, makeMp4 } from '../../../../../tests/factories/mp4.ts';
import { element, makeWebm } from '../../../../../tests/factories/webm.ts';
import { hasPlace } from './media-metadata.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const XYZ = box('\xa9xyz', utf8('..+17.9667+102.6000/'));
const XMP = utf8('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
const handler = (kind: string) => box('hdlr', join(new Uint8Array(8), utf8(kind), new Uint8Array(13)));
const film = (...index: Uint8Array[]) => join(makeMp4({ data: 1000 }), box('moov', join(...index)));

describe('MP4', () => {
	it.each([
		['QuickTime, as Android writes it', film(box('udta', XYZ))],
		['3GPP', film(box('udta', box('loci', utf8('....Vientiane'))))],
		['3GPP, of one track', film(box('trak', box('udta', box('loci', utf8('....')))))],
		['Apple keys', film(box('meta', box('keys', utf8('mdtacom.apple.quicktime.location.ISO6709'))))],
		['Apple keys in user data', film(box('udta', box('meta', utf8('....com.apple.quicktime.location'))))],
		['metadata of the whole file', join(makeMp4(), box('meta', box('ilst', XYZ)))],
		['XMP in user data', film(box('udta', box('XMP_', XMP)))],
		['XMP beside the film', join(makeMp4(), box('uuid', join(new Uint8Array(16), XMP)))],
		['XMP in a track', film(box('trak', box('uuid', join(new Uint8Array(16), XMP))))],
		['EXIF of a thumbnail', film(box('udta', box('CNTH', utf8('....Exif..'))))],
		['in a fragment', join(makeMp4(), box('moof', box('traf', box('udta', XYZ))))],
		['a track of measurements', film(box('trak', box('mdia', handler('meta'))))],
		['an index that cannot be walked through', film(join(utf8('\0\0\0\x04oops'), box('udta', XYZ)))]
	])('has a place: %s', (_, bytes) => expect(hasPlace(bytes)).toBe(true));

	it('has none where it only says how it was made, or where letters of the picture look like it', () => {
		const encoder = box('udta', box('meta', box('ilst', box('\xa9too', utf8('Lavf60.3.100')))));
		const pictures = box('mdat', utf8('GPS loci location \xa9xyz'));
		const kinds = ['vide', 'soun'].map((kind) => box('trak', box('mdia', handler(kind))));
		expect(hasPlace(join(film(encoder, ...kinds), pictures))).toBe(false);
	});
});

describe('WebM', () => {
	const tags = (name: string, value = 'x') =>
		element(
			'1254c367',
			element('7373', element('67c8', element('45a3', utf8(name)), element('4487', utf8(value))))
		);

	it.each([true, false])('has a place in its tags, wherever they stand; sizes known: %s', (sizes) => {
		for (const name of [
			'LOCATION',
			'location-eng',
			'RECORDING_LOCATION',
			'COM.APPLE.QUICKTIME.LOCATION.ISO6709'
		]) {
			expect(hasPlace(makeWebm({ sizes, before: tags(name) }))).toBe(true);
			expect(hasPlace(makeWebm({ sizes, between: tags(name), data: 200_000 }))).toBe(true);
			expect(hasPlace(makeWebm({ sizes, after: tags(name) }))).toBe(true);
		}
		expect(hasPlace(makeWebm({ sizes, after: tags('COMMENT', '+17.9667+102.6000/') }))).toBe(true);
	});

	it('has a place in what is attached to it, or measured beside it', () => {
		expect(hasPlace(makeWebm({ after: element('1941a469', utf8('photo.jpg')) }))).toBe(true);
		const track = element('1654ae6b', element('ae', element('86', utf8('D_WEBVTT/METADATA'))));
		expect(hasPlace(makeWebm({ before: track }))).toBe(true);
	});

	it('has none where it only says how it was made, or where letters of the picture look like it', () => {
		for (const sizes of [true, false]) {
			expect(hasPlace(makeWebm({ sizes, data: 200_000 }))).toBe(false);
			expect(hasPlace(makeWebm({ sizes, after: tags('ENCODER', 'Lavf60.3.100') }))).toBe(false);
			expect(hasPlace(makeWebm({ sizes, pictures: utf8('GPS LOCATION location') }))).toBe(false);
		}
	});

	it('is searched as a whole where it cannot be walked through', () => {
		const cut = makeWebm({ sizes: false, before: tags('LOCATION') });
		expect(hasPlace(cut.subarray(0, cut.length - 3))).toBe(true);
		expect(hasPlace(Uint8Array.from([0x1a, 0x45, 0xdf, 0xa3, 0, 0, ...utf8('LOCATION')]))).toBe(true);
	});
});

it('answers for any bytes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (rest, isWebm) => {
			const bytes = isWebm ? join(makeWebm().subarray(0, 30), rest) : rest;
			expect(typeof hasPlace(bytes)).toBe('boolean');
		})
	);
});
