/** The six families of cloth, one a sector, each with its dyes (look.md, "Covers"). */
import type { Sector } from '../../core/base/vocabulary.ts';

/** What makes one cloth of a family differ from the next. */
interface Knots {
	core: number;
	ring: number;
	seed: number;
	double: number;
}
type Family = (k: Knots) => (dx: number, dy: number, h: number) => number;
type Dye = readonly [grounds: readonly [string, string, string], weft: string, accent: string];

// One dye family a sector: three grounds, the weft (main thread), the accent (second thread).
export const DYES: Record<Sector, Dye> = {
	energy: [['#14264D', '#0F3A4A', '#0C1930'], '#F5B81C', '#F3EAD7'],
	manufacturing: [['#5A1626', '#3D1A30', '#6A2A18'], '#F0DFC4', '#E8923A'],
	digital: [['#0C4A48', '#0F3F2C', '#0B3554'], '#F4DDA6', '#F2A07B'],
	language: [['#F3EAD7', '#F7DF9E', '#DFE9E4'], '#A3262B', '#1F4585'],
	teaching: [['#2B1D16', '#4A2A18', '#25271F'], '#E2A14A', '#F3EAD7'],
	food: [['#2F4A1C', '#474712', '#143E30'], '#F1E2AE', '#E0703F']
};

// Each family answers 0 (ground), 1 (weft) or 2 (accent) for a cell, from its distance to the motif's heart.
export const FAMILIES: Record<Sector, Family> = {
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
