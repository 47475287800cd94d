import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { COVER_HEIGHT, COVER_WIDTH, coverPng } from './png.ts';

test('a cover is a PNG of the size that chats cut for, in a few kilobytes', () => {
	const png = Buffer.from(coverPng('rooftop-solar', 'energy'));
	expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
	expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([COVER_WIDTH, COVER_HEIGHT]);
	expect(png.length).toBeLessThan(8_000);
	const at = png.indexOf('IDAT');
	const data = png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
	expect(inflateSync(data).length).toBe(COVER_HEIGHT * (1 + COVER_WIDTH / 4));
});
