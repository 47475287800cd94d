/*
 * The pencil box: Setara's colours, time, simple shapes, and the signs that carry the meaning (tick, cross, arrow).
 * Pictures are 640 × 360. The top 28 px show the progress ribbon; the bottom 56 px hold nothing that matters,
 * because a player lays its captions there.
 */
export const C = {
  ground: '#F4F3EE', surface: '#FFFFFF', sunken: '#E8E6DE', ink: '#171E2B', ink2: '#4D5463', line: '#D6D2C6', edge: '#85806F',
  act: '#1F4585', actDeep: '#143060', actWash: '#E6ECF6', here: '#17633A', hereWash: '#E2EFE4', next: '#F5B81C', nextWash: '#FDF0CC',
  lac: '#A3202B', lacWash: '#FBE7E4',
  steel: '#C3C8D0', steelDark: '#868E9C', wood: '#D3A772', woodDark: '#94673A', rubber: '#2B3140', copper: '#C8702B',
  glove: '#E7CB94', sealant: '#5B6FA0', sky: '#E3EDF6', cell: '#24365A', tile: '#D9DDE3', earth: '#2F8F46', water: '#5E9AD6',
};

/* Time: all of these take the seconds since the scene began. */
export const clamp = (v, low = 0, high = 1) => Math.min(high, Math.max(low, v));
/** 0 before a, 1 after b, easing in between. */
export const ramp = (t, a, b) => { const p = clamp((t - a) / (b - a)); return p * p * (3 - 2 * p); };
export const mix = (from, to, p) => from + (to - from) * p;
/** Goes there and back `times` times between a and b: 0 … 1 … 0. */
export const swing = (t, a, b, times = 1) => (t < a || t > b ? 0 : 0.5 - 0.5 * Math.cos(((t - a) / (b - a)) * times * 2 * Math.PI));

export const lengthOf = (scenes) => scenes.reduce((sum, scene) => sum + scene.seconds, 0);

/** The whole picture at second t: ground, scene, ribbon. */
export function drawScenes(c, scenes, t) {
  let from = 0;
  let index = 0;
  while (index < scenes.length - 1 && t >= from + scenes[index].seconds) from += scenes[index++].seconds;
  c.setTransform(1, 0, 0, 1, 0, 0);
  c.lineCap = 'round';
  c.lineJoin = 'round';
  box(c, 0, 0, 640, 360, { fill: C.ground });
  c.save();
  scenes[index].draw(c, t - from);
  c.restore();
  ribbon(c, scenes.length, index);
}

/** Where we are: green diamonds done, a turmeric one now, bare warp to come. */
function ribbon(c, count, now) {
  box(c, 0, 0, 640, 28, { fill: C.ground });
  const gap = Math.min(48, 560 / count);
  const left = 320 - ((count - 1) * gap) / 2;
  path(c, `M${left} 14H${left + (count - 1) * gap}`, { line: C.line, w: 3 });
  for (let i = 0; i < count; i++) {
    const r = i === now ? 11 : 7;
    const fill = i < now ? C.here : i === now ? C.next : C.ground;
    path(c, `M${left + i * gap - r} 14l${r}${-r}l${r} ${r}l${-r} ${r}z`, { fill, line: i < now ? C.here : i === now ? C.ink : C.edge, w: i === now ? 3 : 2 });
  }
}

/* Shapes */
/** Runs `draw` with its own origin, turned by degrees, scaled; flip mirrors left and right. */
export function at(c, x, y, { turn = 0, scale = 1, flip = false, alpha = 1 }, draw) {
  c.save();
  c.translate(x, y);
  c.rotate((turn * Math.PI) / 180);
  c.scale(flip ? -scale : scale, scale);
  c.globalAlpha *= alpha;
  draw();
  c.restore();
}

/** An SVG path, filled and then lined. */
export function path(c, d, { fill, line, w = 3, dash } = {}) {
  const shape = d instanceof Path2D ? d : new Path2D(d);
  if (fill) { c.fillStyle = fill; c.fill(shape); }
  if (!line) return;
  c.strokeStyle = line;
  c.lineWidth = w;
  c.setLineDash(dash ?? []);
  c.stroke(shape);
  c.setLineDash([]);
}

export function box(c, x, y, w, h, { r = 0, w: width, ...look } = {}) {
  const shape = new Path2D();
  shape.roundRect(x, y, w, h, r);
  path(c, shape, { ...look, w: width });
}

export function disc(c, x, y, r, look) {
  const shape = new Path2D();
  shape.arc(x, y, r, 0, 2 * Math.PI);
  path(c, shape, look);
}

/** A thick line with an outline: cables, arms, handles. */
export function tube(c, d, w, fill, line = C.ink) {
  path(c, d, { line, w: w + 6 });
  path(c, d, { line: fill, w });
}

/** Numbers and unit symbols only. */
export function number(c, text, x, y, { size = 30, fill = C.ink, align = 'center' } = {}) {
  c.font = `700 ${size}px Roboto, "Noto Sans", sans-serif`;
  c.textAlign = align;
  c.textBaseline = 'middle';
  c.fillStyle = fill;
  c.fillText(text, x, y);
}

/* Signs */
export function tick(c, x, y, r = 28) {
  disc(c, x, y, r, { fill: C.here, line: C.surface, w: 4 });
  path(c, `M${x - r * 0.48} ${y + r * 0.04}l${r * 0.34} ${r * 0.36}l${r * 0.62}${-r * 0.76}`, { line: C.surface, w: r * 0.24 });
}

export function cross(c, x, y, r = 28) {
  box(c, x - r, y - r, 2 * r, 2 * r, { fill: C.lac, line: C.surface, w: 4, r: r * 0.25 });
  const d = r * 0.48;
  path(c, `M${x - d} ${y - d}l${2 * d} ${2 * d}M${x + d} ${y - d}l${-2 * d} ${2 * d}`, { line: C.surface, w: r * 0.26 });
}

/** A card that holds a case; `kind` says whether it is right (solid green edge) or wrong (dashed red edge). */
export function card(c, x, y, w, h, kind) {
  const look = { right: { fill: C.hereWash, line: C.here, w: 5 }, wrong: { fill: C.lacWash, line: C.lac, w: 5, dash: [14, 10] } };
  box(c, x, y, w, h, { r: 14, ...(look[kind] ?? { fill: C.surface, line: C.line, w: 3 }) });
}

export function arrow(c, x1, y1, x2, y2, { fill = C.act, w = 9 } = {}) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const head = w * 2.4;
  path(c, `M${x1} ${y1}L${x2 - Math.cos(angle) * head * 0.8} ${y2 - Math.sin(angle) * head * 0.8}`, { line: fill, w });
  at(c, x2, y2, { turn: (angle * 180) / Math.PI }, () => path(c, `M0 0L${-head}${-head * 0.62}V${head * 0.62}z`, { fill, line: fill, w: 2 }));
}

/** A measured distance: an arrow at both ends, the number on a plate in the middle. */
export function distance(c, x1, y1, x2, y2, text, { size = 26 } = {}) {
  const mx = (x1 + x2) / 2;
  const my = (y1 + y2) / 2;
  arrow(c, mx, my, x1, y1, { w: 5 });
  arrow(c, mx, my, x2, y2, { w: 5 });
  if (text) plate(c, mx, my, text, { size });
}

/** A number on a white plate. */
export function plate(c, x, y, text, { size = 26, fill = C.surface, ink = C.ink } = {}) {
  c.font = `700 ${size}px Roboto, "Noto Sans", sans-serif`;
  const w = c.measureText(text).width + size * 0.8;
  box(c, x - w / 2, y - size * 0.72, w, size * 1.44, { fill, line: C.ink, w: 2, r: 8 });
  number(c, text, x, y + size * 0.04, { size, fill: ink });
}

/** Short rays around a point: a click, a knock. p runs 0 … 1. */
export function burst(c, x, y, r, p) {
  if (p <= 0 || p >= 1) return;
  for (let i = 0; i < 10; i++) {
    const a = (i * Math.PI) / 5;
    const from = r * (0.6 + 0.4 * p);
    path(c, `M${x + Math.cos(a) * from} ${y + Math.sin(a) * from}L${x + Math.cos(a) * r * (1 + 0.5 * p)} ${y + Math.sin(a) * r * (1 + 0.5 * p)}`, { line: C.next, w: 7 });
  }
}
