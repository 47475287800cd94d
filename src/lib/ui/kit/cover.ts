/**
 * A package's cover: woven from its id and sector at no byte of download. Pure: same id, same cloth, on every
 * phone and server (look.md, "Covers").
 */
import type { Sector } from '../../core/base/vocabulary.ts';

/** What makes one cloth of a family differ from the next. */
interface Knots {
	core: number;
	ring: number;
	seed: number;
	double: number;
}
/** Thread of a cell: 0 ground, 1 weft, 2 accent. */
type Cell = (x: number, y: number) => number;
type Family = (k: Knots) => (dx: number, dy: number, h: number) => number;
type Dye = readonly [grounds: readonly [string, string, string], weft: string, accent: string];

export interface Cover {
	tile: string;
	edge: string;
	ground: string;
	weft: string;
	accent: string;
	/** Threads across one tile. */
	period: number;
	edgeRows: number;
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

// One dye family a sector: three grounds, the weft (main thread), the accent (second thread).
const DYES: Record<Sector, Dye> = {
	energy: [['#14264D', '#0F3A4A', '#0C1930'], '#F5B81C', '#F3EAD7'],
	manufacturing: [['#5A1626', '#3D1A30', '#6A2A18'], '#F0DFC4', '#E8923A'],
	digital: [['#0C4A48', '#0F3F2C', '#0B3554'], '#F4DDA6', '#F2A07B'],
	language: [['#F3EAD7', '#F7DF9E', '#DFE9E4'], '#A3262B', '#1F4585'],
	teaching: [['#2B1D16', '#4A2A18', '#25271F'], '#E2A14A', '#F3EAD7'],
	food: [['#2F4A1C', '#474712', '#143E30'], '#F1E2AE', '#E0703F']
};

// Each family answers 0 (ground), 1 (weft) or 2 (accent) for a cell, from its distance to the motif's heart.
const FAMILIES: Record<Sector, Family> = {
	// the eight-petalled star: rings of diamonds with rays
	energy: (k) => (dx, dy, h) => {
		const s = dx + dy,
			m = Math.max(dx, dy),
			t = 2 * h - s;
		if (s < h - 1) {
			if (s === 0) return 2;
			if (s <= k.core) return 0;
			if (s === k.core + 1) return 1;
			if (dx === dy || dx * dy === 0) return s < h - 2 ? 1 : 0;
			if (m % 3 === k.ring) return 1;
			return 0;
		}
		if (s === h - 1 || s === h + 1) return k.double || s === h - 1 ? 1 : 0;
		if (s === h) return 0;
		return t <= k.seed ? 2 : t === k.seed + 2 ? 1 : 0;
	},
	// the hook and key fret
	manufacturing: (k) => (dx, dy, h) => {
		const m = Math.max(dx, dy),
			n = Math.min(dx, dy),
			s = dx + dy,
			t = 2 * h - s;
		if (t <= k.seed + 1) return t <= 1 ? 2 : t === k.seed + 1 ? 1 : 0;
		if (m === 0) return 2;
		if (m <= k.core) return m === k.core && n !== k.core ? 1 : 0;
		if (s === h + 1 && dx >= h - 3) return 1;
		if (dy === h - 1 - k.ring) return dx > 1 ? 1 : 0;
		if (dx === h - 1 - k.ring) return dy > 1 && dy < h - k.ring ? 1 : 0;
		if (dy === h - 3 - k.ring) return dx > 1 && dx < h - 3 - k.ring ? 1 : 0;
		if (dx === h - 4 - k.ring) return dy < h - 3 - k.ring && dy > k.core - 1 ? 1 : 0;
		return 0;
	},
	// links that hold each other: diamonds that cross into their neighbours
	digital: (k) => (dx, dy, h) => {
		const c = h / 2,
			u = Math.abs(dx - c) + Math.abs(dy - c),
			reach = Math.floor(c) + 1 + k.ring;
		if (Math.floor(u) <= k.seed - 1) return 2;
		if (Math.floor(u) === reach) return 1;
		if (k.double && Math.floor(u) === reach - 2) return 1;
		if (dx + dy <= k.core - 1 || 2 * h - dx - dy <= 1) return 2;
		if (!k.double && Math.floor(u) === k.seed + 1) return 1;
		return 0;
	},
	// two voices: arrows that meet
	language: (k) => (dx, dy, h) => {
		const z = (dx + dy) % (k.ring + 5),
			s = dx + dy;
		if (dy === h) return 0;
		if (dy === h - 1) return 2;
		if (dy >= h - 2) return 0;
		if (s <= k.core) return 2;
		if (z === 0 || (k.double && z === 2)) return 1;
		if (z === 3 && (dx + k.seed) % 2 === 0) return 2;
		return z === 1 ? 1 : 0;
	},
	// bamboo shoots, one growing into the next
	teaching: (k) => (dx, dy, h) => {
		const s = dx + (h - dy);
		if (dy === 0) return dx % 2 ? 1 : 0;
		if (dy === h) return 1;
		if (dx <= dy - 2 - k.core && (dy - dx) % (3 + Number(k.ring > 1)) === 0) return 1;
		if (dx === dy - 1) return 1;
		if (dx === 0 && dy > 2) return 2;
		const u = h - dx,
			v = h - dy;
		if (u <= v - 3 && (v - u) % 3 === 0) return 2;
		return s === 0 ? 2 : 0;
	},
	// grains in the sheaf
	food: (k) => (dx, dy, h) => {
		const s = dx + dy,
			q = Math.abs(dx - dy);
		if (s === h) return 1;
		if (s < h) return q % 4 === k.ring % 3 && s % 2 === 0 ? 1 : s <= k.core ? 2 : 0;
		const t = 2 * h - s;
		return t <= 1 + k.seed ? 2 : t % 3 === 0 && q % 2 === 0 ? 1 : 0;
	}
};

const rows = (w: number, h: number, cell: Cell): [string, string] => {
	const paths: [string, string] = ['', ''];
	for (const colour of [1, 2] as const)
		for (let y = 0; y < h; y++) {
			let pen = 0,
				first = true;
			for (let x = 0; x < w; x++) {
				if (cell(x, y) !== colour) continue;
				let n = 1;
				while (x + n < w && cell(x + n, y) === colour) n++;
				paths[colour === 1 ? 0 : 1] += first ? `M${x} ${y}.5h${n}` : `m${x - pen} 0h${n}`;
				first = false;
				x += n;
				pen = x;
				x--;
			}
		}
	return paths;
};

const svg = (w: number, h: number, body: string) =>
	`<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${w} ${h}' width='${w}' height='${h}'>${body}</svg>`;
const thread = (d: string, colour: string) => d && `<path stroke='${colour}' stroke-width='.8' d='${d}'/>`;

/** Weaves the cloth of a package: the tile that repeats, and the hanging edge (tumpal) below it. */
export function cover(id: string, sector: Sector): Cover {
	const seed = hash(id),
		pick = (shift: number, n: number) => (seed >>> shift) % n;
	const [grounds, one, two] = DYES[sector];
	const ground = grounds[pick(20, 3)]!,
		[weft, accent] = pick(27, 4) ? [one, two] : [two, one];
	const h = [8, 9, 10, 11][pick(3, 4)]!,
		p = 2 * h;
	const k = { core: 1 + pick(7, 3), ring: pick(11, 3), seed: 1 + pick(17, 3), double: pick(23, 2) };
	const family = FAMILIES[sector](k);
	const cell: Cell = (x, y) => family(Math.min(x, p - x), Math.min(y, p - y), h);
	// row y equals row p - y: half is drawn, half mirrored
	const [d1, d2] = rows(p, h + 1, cell);
	const tile = svg(
		p,
		p,
		`<g id='a'>${thread(d1, weft)}${thread(d2, accent)}</g><use href='#a' transform='matrix(1 0 0 -1 0 ${p + 1})'/>`
	);

	// the hanging edge: a row of shoots (tumpal) that every cloth of the region ends with
	const eh = h + 1;
	let g = '';
	for (let y = 0; y < eh; y++) {
		const w = 2 * (h - y);
		if (w > 0) g += `M${y} ${y}h${w}v1h-${w}z`;
	}
	const [e1, e2] = rows(p, eh, (x, y) => {
		const dx = Math.abs(x + 0.5 - h),
			reach = h - y;
		if (y === 0) return 1;
		if (dx > reach - 1.5) return 0;
		if (dx > reach - 2.5) return 1;
		return dx < 1 && y < h - 4 && y > 1 ? 2 : 0;
	});
	const edge = svg(p, eh, `<path fill='${ground}' d='${g}'/>` + thread(e1, weft) + thread(e2, accent));
	return { tile, edge, ground, weft, accent, period: p, edgeRows: eh };
}

const uri = (text: string) =>
	`url("data:image/svg+xml,${encodeURIComponent(text).replace(/%20/g, ' ').replace(/%3D/g, '=').replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%2C/g, ',').replace(/'/g, '%27')}")`;

/**
 * The declarations that `.cloth`, `.hang` and `.swatch` read, for a cloth drawn at `px` pixels a thread:
 * 4 on heads, 3 on swatches, 2 on laptops.
 */
export function coverDeclarations(id: string, sector: Sector, px = 4): Record<string, string> {
	const c = cover(id, sector);
	return {
		'--cloth': c.ground,
		'--weft': c.weft,
		'--accent': c.accent,
		'--tile': uri(c.tile),
		'--edge': uri(c.edge),
		'--period': `${c.period * px}px`,
		'--edge-h': `${c.edgeRows * px}px`
	};
}
