/* A DC connector made, mated and opened. How to run: see render.mjs. */
import { C, arrow, at, box, burst, card, clamp, cross, disc, distance, mix, path, plate, ramp, swing, tick, tube } from './kit.mjs';
import { capNut, connector, contact, module, rail, strands } from './parts.mjs';
import { arc, drop, fist, isolator, meter, probe, sun, tug } from './tools.mjs';

const cable = (c, x, y, w = 44) => tube(c, `M-40 ${y}H${x}`, w, C.rubber);

/** Cable, bare strands and contact as one, at the contact's barrel. */
function madeContact(c, x, y, look) {
  cable(c, x - 14, y, 34);
  strands(c, x - 14, y, 30);
  contact(c, x, y, look);
}

function dead(c, u) {
  module(c, 30, 60, 150, 210, { across: 3, down: 4 });
  path(c, 'M105 270q0 24 40 20', { line: C.rubber, w: 10 });
  box(c, 140, 280, 26, 18, { fill: C.ink2, line: C.ink, r: 4 });
  path(c, 'M206 60V300', { line: C.lac, w: 6, dash: [16, 12] });
  for (const y of [216, 272]) { tube(c, `M440 ${y}H650`, 16, C.rubber); strands(c, 424, y, 16, 14); }
  meter(c, 324, 96, '0 V', { scale: 0.9 });
  const p = ramp(u, 0.6, 1.8);
  probe(c, 264, 196, mix(330, 420, p), mix(300, 272, p), C.ink, 40);
  probe(c, 384, 196, mix(380, 420, p), mix(250, 216, p), C.lac, 10);
  if (u > 2.4) tick(c, 500, 96, 38);
}

function strip(c, u) {
  const y = 166;
  if (u > 5.2) return stripEnds(c, u - 5.2);
  const close = ramp(u, 0.8, 1.8) - ramp(u, 3.6, 4.2);
  const pull = 150 * ramp(u, 2, 3.2);
  cable(c, 330, y);
  strands(c, 330, y, 110, 28);
  if (u < 3.4) tube(c, `M${338 + pull} ${y}H${430 + pull}`, 44, C.rubber);
  for (const side of u < 4.2 ? [-1, 1] : []) {
    at(c, 334 + pull, y + side * mix(96, 20, close), { turn: 0 }, () => {
      path(c, `M-6 0l6 ${side * -8}l6 ${side * 8}v${side * 22}h30v${side * 34}h-72v${side * -34}h30z`, { fill: C.steelDark, line: C.ink });
      tube(c, `M8 ${side * 66}Q60 ${side * 96} 190 ${side * mix(90, 76, close)}`, 22, C.act);
    });
  }
  if (u > 4.2) distance(c, 334, 214, 440, 214);
  if (u > 4.2) plate(c, 387, 258, '7 mm', { size: 34 });
}

/** The stripped end, seen end on: every strand there, and some cut off. */
function stripEnds(c, u) {
  const end = (x, kind, cut) => {
    card(c, x - 130, 44, 260, 254, kind);
    disc(c, x, 180, 92, { fill: C.rubber, line: C.ink, w: 4 });
    disc(c, x, 180, 66, { fill: C.sunken, line: C.ink });
    for (let i = 0; i < 7; i++) {
      const a = (i * Math.PI) / 3;
      const r = i === 6 ? 0 : 41;
      const look = cut.includes(i) ? { fill: C.surface, line: C.lac, w: 3, dash: [6, 5] } : { fill: C.copper, line: C.ink };
      disc(c, x + Math.cos(a) * r, 180 + Math.sin(a) * r, 19, look);
    }
  };
  end(166, 'right', []);
  tick(c, 82, 86, 32);
  if (u < 1.4) return;
  end(474, 'wrong', [0, 5]);
  cross(c, 390, 86, 32);
}

/** The crimping tool with the die of this contact; `close` runs from 0 to 1. */
function crimpTool(c, x, y, close, scale = 1) {
  at(c, x, y, { scale }, () => {
    const off = mix(40, 0, close);
    for (const side of [-1, 1]) at(c, 0, side * off, {}, () => path(c, `M-40 ${side * 12}h24l6 ${side * 4}h20l6 ${side * -4}h24v${side * 44}h-80z`, { fill: C.steelDark, line: C.ink }));
    box(c, -52, -off - 62, 104, 16, { fill: C.act, line: C.ink, r: 4 });
    const spread = mix(64, 18, close);
    for (const side of [-1, 1]) tube(c, `M${side * 14} ${62 + off}Q${side * spread} 120 ${side * spread} 220`, 24, C.act);
  });
}

function crimp(c, u) {
  if (u > 5.8) return crimpEnds(c, u - 5.8);
  const y = 130;
  const into = ramp(u, 0.6, 2);
  const close = ramp(u, 2.8, 4.4) - ramp(u, 4.8, 5.4);
  const x = mix(330, 270, into);
  cable(c, 254, y);
  strands(c, 254, y, 72, 28);
  contact(c, x, y, { crimped: u > 4 ? 1 : 0, filled: into });
  if (u > 2) crimpTool(c, 310, y, close);
  burst(c, 310, y, 90, clamp((u - 4.3) / 0.7));
  if (u > 5) tick(c, 520, 130, 38);
}

function crimpEnds(c, u) {
  card(c, 20, 44, 290, 254, 'right');
  at(c, 128, 130, { scale: 0.9 }, () => { tube(c, 'M-96 0H-12', 32, C.rubber); strands(c, -12, 0, 30); contact(c, 0, 0, { crimped: 1 }); });
  crimpTool(c, 230, 202, 0.3, 0.42);
  tick(c, 66, 88, 30);
  if (u < 1.4) return;
  card(c, 330, 44, 290, 254, 'wrong');
  at(c, 438, 130, { scale: 0.9 }, () => { tube(c, 'M-96 0H-12', 32, C.rubber); strands(c, -12, 0, 30); contact(c, 0, 0, { squashed: true }); });
  for (const side of [-1, 1]) at(c, 490, 206, { turn: side * 13 }, () => {
    tube(c, `M${side * 4} 20V84`, 14, C.lac);
    path(c, `M${side * 2} -34q${side * 22} 14 ${side * 10} 54h${side * -10}z`, { fill: C.steelDark, line: C.ink });
  });
  disc(c, 490, 216, 9, { fill: C.steel, line: C.ink });
  cross(c, 376, 88, 30);
}

function pull(c, u) {
  const p = swing(u, 0.8, 3, 2);
  const y = 150;
  const out = u > 4.2 ? 70 * ramp(u, 4.2, 4.8) : 0;
  if (u > 3.8) card(c, 60, 52, 520, 240, 'wrong');
  tube(c, `M${u > 3.8 ? 70 : -40} ${y}H${276 - out}`, 34, C.rubber);
  strands(c, 276 - out, y, 38);
  contact(c, 290 + out * 0.4, y, { crimped: u > 3.8 ? 0.3 : 1, filled: u > 4.4 ? 0 : 1 });
  fist(c, 180 - out - 6 * p, y + 4, 0, 1.1);
  fist(c, 440 + out * 0.4 + 6 * p, y + 4, 0, 1.1);
  tug(c, 230, 390, 78, u > 3.8 ? 1 : p);
  if (u > 3 && u < 3.8) tick(c, 310, 240, 38);
  if (u > 4.8) cross(c, 310, 240, 34);
}

function push(c, u) {
  const y = 160;
  const into = ramp(u, 0.6, 3) * 190;
  const back = swing(u, 4.2, 5.8, 2) * 5;
  const x = 60 + into - back;
  path(c, `M300 ${y - 72}H560q14 0 14 14V${y - 26}H620V${y + 26}H574V${y + 58}q0 14 -14 14H300z`, { fill: C.ink2, line: C.ink, w: 4 });
  path(c, `M300 ${y - 46}H410V${y - 28}H620V${y + 28}H410V${y + 46}H300z`, { fill: C.surface, line: C.ink });
  madeContact(c, x + 160, y, { crimped: 1 });
  for (const side of [-1, 1]) {
    const tip = x > 245 || x < 120 ? 25 : 34;
    path(c, `M362 ${y + side * 44}L402 ${y + side * tip}`, { line: C.next, w: 9 });
  }
  tube(c, `M-40 ${y}H${x - 10}`, 34, C.rubber);
  capNut(c, 60, y);
  if (u < 3) arrow(c, 150, 64, 250, 64);
  burst(c, 440, y, 96, clamp((u - 2.9) / 0.8));
  if (u > 4.2 && u < 5.8) arrow(c, 250, 64, 150, 64);
  if (u > 5.8) tick(c, 200, 78, 36);
}

function tighten(c, u) {
  const y = 160;
  const near = ramp(u, 0.3, 1.6);
  const turn = clamp((u - 2) / 2.8);
  const newton = (3.4 * turn).toFixed(1);
  tube(c, `M-40 ${y}H330`, 34, C.rubber);
  at(c, 430, y, { scale: 1.6 }, () => { box(c, -60, -34, 170, 68, { r: 8, fill: C.rubber, line: C.ink }); disc(c, 30, 0, 12, { line: C.surface, w: 5 }); });
  at(c, mix(200, 290, near), y, { scale: 1.6 }, () => capNut(c, 0, 0, turn * 80));
  if (u > 1.6 && u < 5.2) {
    at(c, 290, y, {}, () => {
      box(c, -38, -76, 76, 20, { fill: C.act, line: C.ink, r: 6 });
      box(c, -38, 56, 76, 20, { fill: C.act, line: C.ink, r: 6 });
      tube(c, `M0 66L${-20 + 50 * ((turn * 3) % 1)} 180`, 26, C.act);
    });
  }
  plate(c, 150, 76, `${newton} N·m`, { size: 38, fill: turn >= 1 ? C.hereWash : C.surface });
  burst(c, 290, y, 96, clamp((u - 4.8) / 0.7));
  if (u > 5.2) tick(c, 290, 268, 32);
}

const halves = (c, gap, { y = 160, ...look } = {}) => connector(c, 320, y, gap, look);

function mate(c, u) {
  const p = ramp(u, 1.4, 3.2);
  const t = swing(u, 4.6, 6.4, 2);
  halves(c, mix(150, 0, p), { spread: p > 0.7 && p < 1 ? 9 : 0 });
  if (u < 3.2) { arrow(c, 90, 76, 190, 76); arrow(c, 550, 76, 450, 76); }
  burst(c, 350, 160, 80, clamp((u - 3.1) / 0.8));
  if (u > 4.4 && u < 6.6) tug(c, 180, 460, 80, t);
  if (u > 6.5) tick(c, 340, 262, 38);
}

/** A card for a whole wrong picture; what reaches beyond its edge is cut off. */
function wrongCard(c) {
  card(c, 14, 38, 612, 264, 'wrong');
  c.beginPath();
  c.rect(19, 43, 602, 254);
  c.clip();
}

const stamp = (c, u, from, x = 580, y = 84) => { if (u > from) cross(c, x, y, 36); };

function halfMated(c, u) {
  wrongCard(c);
  halves(c, 34, { spread: 10 });
  if (u > 0.8) { arrow(c, 320, 60, 320, 118, { fill: C.lac }); disc(c, 320, 160, 52, { line: C.lac, w: 6 }); }
  for (let i = 0; i < 3; i++) if (u > 1.4) drop(c, 286 + i * 34, 204 + ((u * 40 + i * 17) % 50), 0.8);
  stamp(c, u, 2);
}

function twoMakes(c, u) {
  wrongCard(c);
  halves(c, mix(90, 8, ramp(u, 0.4, 1.8)), { make: 'square' });
  if (u > 2) for (let i = 0; i < 3; i++) path(c, `M${300 + i * 22} ${112 - 10 * Math.sin(u * 5 + i)}q-8 -14 2 -26t2 -26`, { line: C.lac, w: 6 });
  stamp(c, u, 2.2);
}

function water(c, u) {
  const right = u > 3.4;
  card(c, 14, 38, 612, 264, right ? 'right' : 'wrong');
  rail(c, 34, 64, 572, 34);
  if (!right) {
    path(c, 'M40 262q30 -12 60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0t60 0H600v34H40z', { fill: C.water, line: C.ink });
    tube(c, 'M100 98Q110 236 210 240M540 98Q530 236 430 240', 14, C.rubber);
  } else tube(c, 'M60 128Q140 134 210 148M580 128Q500 134 430 148', 14, C.rubber);
  at(c, 320, right ? 148 : 240, { scale: 0.62 }, () => connector(c, 0, 0, 0, { cable: 186 }));
  if (right) for (const x of [160, 480]) { box(c, x - 12, 54, 24, 98, { r: 8, line: C.ink, w: 7 }); }
  else for (let i = 0; i < 5; i++) drop(c, 150 + i * 84, 100 + ((u * 110 + i * 47) % 110), 0.7);
  if (right) tick(c, 320, 238, 38);
  else stamp(c, u, 1.6, 320, 152);
}

function underLoad(c, u) {
  wrongCard(c);
  sun(c, 90, 84, 24);
  plate(c, 186, 84, '10 A', { size: 34 });
  const d = mix(0, 120, ramp(u, 1.4, 2.4));
  halves(c, d, { y: 184 });
  if (u < 1.8) for (let i = 0; i < 3; i++) { const x = 60 + ((u * 160 + i * 200) % 560); path(c, `M${x} 172l14 12l-14 12`, { line: C.next, w: 6 }); }
  if (d > 10) arc(c, 326, 184, 0.8 + d / 120, Math.floor(u * 7.5) % 2);
  stamp(c, u, 2.8);
}

function isolate(c, u) {
  tube(c, 'M290 240Q290 278 340 278H650', 16, C.rubber);
  path(c, 'M494 206q-20 88 26 94q46 -6 26 -94', { line: C.ink, w: 20 });
  path(c, 'M494 206q-20 88 26 94q46 -6 26 -94', { line: C.next, w: 14 });
  isolator(c, 110, 170, 'ac', 1 - ramp(u, 0.8, 1.6), { lock: u > 4.2 });
  if (u > 1.8) arrow(c, 176, 170, 224, 170);
  isolator(c, 290, 170, 'dc', 1 - ramp(u, 2.4, 3.2), { lock: u > 4.2 });
  if (u > 4.8) arrow(c, 356, 150, 412, 150);
  meter(c, 520, 96, `${Math.round(10 * (1 - ramp(u, 1.2, 2)))} A`, { scale: 0.9, dial: 60 });
  if (u > 6) tick(c, 598, 226, 34);
}

function open(c, u) {
  const slide = ramp(u, 0.3, 1.3);
  const press = ramp(u, 1.6, 2.4);
  const apart = ramp(u, 3, 4.4);
  const gone = ramp(u, 4.4, 5);
  halves(c, mix(0, 170, apart), { spread: press > 0.9 && apart < 0.3 ? 9 : 0 });
  if (gone < 1) {
    const x = mix(500, 354, slide) + apart * 85;
    for (const side of [-1, 1]) {
      const inner = mix(62, 34, press);
      path(c, `M${x} ${160 + side * inner}h20v${side * 12}h150v${side * 24}h-170z`, { fill: C.act, line: C.ink });
    }
    box(c, x + 170, 60, 40, 200, { fill: C.act, line: C.ink, r: 10 });
  }
  if (u > 5.2) for (const side of [-1, 1]) at(c, 320 + side * mix(30, 62, ramp(u, 5.2, 6.2)), 160, {}, () => box(c, side < 0 ? -14 : -46, -26, 64, 52, { fill: C.lac, line: C.ink, r: 12 }));
  if (u > 6.2) { plate(c, 200, 262, '464 V', { size: 32, fill: C.next }); path(c, 'M106 284l26 -46l26 46z', { fill: C.next, line: C.ink, w: 4 }); path(c, 'M136 246l-8 18h9l-6 14', { line: C.ink, w: 4 }); }
  if (u > 6.8) tick(c, 440, 262, 36);
}

export default [[6, dead], [8, strip], [9, crimp], [7, pull], [7, push], [7, tighten], [8, mate], [5, halfMated], [5, twoMakes], [6, water], [5, underLoad], [8, isolate], [9, open]]
  .map(([seconds, draw]) => ({ seconds, draw }));
