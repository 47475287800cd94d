/**
 * A package's cover: woven from its id and sector at no byte of download. Pure: same id, same cloth, on every
 * phone and server (look.md, "Covers").
 */
import type { Sector } from '../../core/base/vocabulary.ts';
import { DYES, FAMILIES } from './cover-families.ts';

/** Thread of a cell: 0 ground, 1 weft, 2 accent, null outside the cloth. */
type Thread = 0 | 1 | 2 | null;

export interface Cover {
	ground: string;
	weft: string;
	accent: string;
	/** Threads across one tile, and down it. */
	period: number;
	/** Rows of the hanging edge (tumpal) below the cloth. */
	edgeRows: number;
	/** Thread at a place of the cloth; it repeats every `period`. */
	cell: (x: number, y: number) => Thread;
	/** Thread at a place of the hanging edge, `y` from 0 to `edgeRows`. */
	edge: (x: number, y: number) => Thread;
}

/** FNV-1a, mixed to 32 bits. */
const hash = (text: string): number => {
	let h = 2166136261;
	for (const c of new TextEncoder().encode(text)) h = Math.imul(h ^ c, 16777619) >>> 0;
	h ^= h >>> 15;
	h = Math.imul(h, 2246822519) >>> 0;
	h ^= h >>> 13;
	h = Math.imul(h, 3266489917) >>> 0;
	return (h ^ (h >>> 16)) >>> 0;
};

/** Weaves the cloth of a package. */
export function cover(id: string, sector: Sector): Cover {
	const seed = hash(id);
	const pick = (shift: number, n: number) => (seed >>> shift) % n;
	const [grounds, one, two] = DYES[sector];
	const ground = grounds[pick(20, 3)]!;
	const [weft, accent] = pick(27, 4) ? [one, two] : [two, one];
	const h = [8, 9, 10, 11][pick(3, 4)]!;
	const period = 2 * h;
	const k = { core: 1 + pick(7, 3), ring: pick(11, 3), seed: 1 + pick(17, 3), double: pick(23, 2) };
	const family = FAMILIES[sector](k);
	const fold = (at: number) => {
		const inside = ((at % period) + period) % period;
		return Math.min(inside, period - inside);
	};
	return {
		ground,
		weft,
		accent,
		period,
		edgeRows: h + 1,
		cell: (x, y) => family(fold(x), fold(y), h) as Thread,
		// A row of shoots that every cloth of the region ends with.
		edge: (x, y) => {
			const inside = ((x % period) + period) % period;
			const dx = Math.abs(inside + 0.5 - h);
			const reach = h - y;
			if (y === 0) return 1;
			if (inside < y || inside >= period - y) return null;
			if (dx > reach - 1.5) return 0;
			if (dx > reach - 2.5) return 1;
			return dx < 1 && y < h - 4 && y > 1 ? 2 : 0;
		}
	};
}

/** One path of horizontal strokes along the rows: the cells that hold `thread`, a unit square each. */
export function strokes(width: number, height: number, cell: Cover['cell'], thread: 1 | 2): string {
	let path = '';
	for (let y = 0; y < height; y++) {
		let pen: number | null = null;
		for (let x = 0; x < width; x++) {
			if (cell(x, y) !== thread) continue;
			let length = 1;
			while (x + length < width && cell(x + length, y) === thread) length++;
			path += pen === null ? `M${x} ${y}.5h${length}` : `m${x - pen} 0h${length}`;
			x += length;
			pen = x;
			x--;
		}
	}
	return path;
}
