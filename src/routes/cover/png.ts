/** A package's cover as a PNG (ISO/IEC 15948) of four colours: chats want a picture, and cloth is pixels already. */
import { crc32, deflateSync } from 'node:zlib';
import type { Sector } from '$lib/core/base/vocabulary.ts';
import { cover } from '$lib/ui/kit/cover.ts';

/** The size that link previews are cut for. */
export const COVER_WIDTH = 1200;
export const COVER_HEIGHT = 630;
const PX = 10;
/** The page's ground, below the hanging edge. */
const PAPER = '#F4F3EE';

/** Draws the cloth of a package, with its hanging edge at the bottom. */
export function coverPng(id: string, sector: Sector): Uint8Array<ArrayBuffer> {
	const cloth = cover(id, sector);
	const palette = [cloth.ground, cloth.weft, cloth.accent, PAPER];
	const columns = COVER_WIDTH / PX;
	const rows = COVER_HEIGHT / PX;
	const body = rows - cloth.edgeRows - 1;
	// The middle of a tile in the middle of the picture.
	const left = cloth.period / 2 - columns / 2;
	const lines: Uint8Array[] = [];
	for (let y = 0; y < rows; y++) {
		const threads = Array.from({ length: columns }, (_, x) =>
			y < body ? cloth.cell(x + left, y) : y < body + cloth.edgeRows ? cloth.edge(x + left, y - body) : null
		);
		for (let row = 0; row < PX; row++) {
			// A thread is .8 of its row, as in the page: the ground shows between.
			const gap = row === 0 || row === PX - 1;
			lines.push(scanLine(threads.map((thread) => (thread === null ? 3 : gap ? 0 : thread))));
		}
	}
	return png(palette, lines);
}

/** One line at two bits a pixel, with filter 0 before it. */
function scanLine(threads: readonly number[]): Uint8Array {
	const line = new Uint8Array(1 + COVER_WIDTH / 4);
	for (let x = 0; x < COVER_WIDTH; x++) {
		line[1 + (x >> 2)]! |= threads[Math.floor(x / PX)]! << (6 - 2 * (x & 3));
	}
	return line;
}

function png(palette: readonly string[], lines: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(COVER_WIDTH, 0);
	head.writeUInt32BE(COVER_HEIGHT, 4);
	// Two bits a pixel, colours from a palette.
	head.set([2, 3, 0, 0, 0], 8);
	const colours = Buffer.from(palette.map((colour) => colour.slice(1)).join(''), 'hex');
	const bytes = Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', head),
		chunk('PLTE', colours),
		chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 9 })),
		chunk('IEND', Buffer.alloc(0))
	]);
	return new Uint8Array(bytes);
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}
