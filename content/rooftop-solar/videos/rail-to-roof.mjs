/* From the bare roof to the clamped module. How to run: see render.mjs. */
import { C, arrow, at, box, burst, card, clamp, cross, disc, distance, mix, number, path, plate, ramp, tick, tube } from './kit.mjs';
import { footFace, footSide, hex, module, rail, screw } from './parts.mjs';
import { drill, drop, fist, pointer, sun, torqueWrench, worker } from './tools.mjs';

const ribs = [68, 124, 180, 236, 292, 348, 404, 460, 516, 572];
const timberRows = [92, 252];

/** Sheet roof from above: ribs run up the slope; the rows of old screws lie over the timber. */
function roofFromAbove(c, timber = 0) {
  box(c, 36, 38, 568, 270, { fill: C.tile, line: C.ink, w: 4 });
  for (const x of ribs) box(c, x - 9, 40, 18, 266, { fill: C.steel });
  for (const y of timberRows) {
    if (timber) at(c, 0, 0, { alpha: timber }, () => box(c, 40, y - 20, 560, 40, { fill: '#D3A77288', line: C.woodDark, w: 3, dash: [12, 8] }));
    for (const x of ribs) disc(c, x, y, 6, { fill: C.surface, line: C.ink, w: 2.5 });
  }
}

/** Section up the slope: the crest of the sheet above a timber seen end on. */
function section(c, { hole = 0 } = {}) {
  box(c, 0, 196, 640, 34, { fill: C.tile });
  box(c, -5, 184, 650, 12, { fill: C.steelDark, line: C.ink });
  box(c, 230, 230, 180, 150, { fill: C.wood, line: C.ink, w: 4 });
  for (const r of [26, 54, 84]) path(c, `M${320 - r} 378a${r} ${r * 1.1} 0 0 1 ${2 * r} 0`, { line: C.woodDark, w: 3 });
  if (hole) box(c, 315, 184, 10, 12 + hole, { fill: C.ink });
}

/** Face view along the rail: timber, sheet in profile, feet on three crests. */
function along(c) {
  box(c, -5, 286, 650, 140, { fill: C.wood, line: C.ink });
  let d = 'M-20 282';
  for (let x = 12; x < 640; x += 112) d += `H${x - 22}l12 -32h20l12 32`;
  path(c, `${d}H660`, { line: C.steelDark, w: 8 });
}
const crests = [124, 348, 572];
const feet = (c, bolts = []) => crests.forEach((x, i) => {
  footFace(c, x, 250);
  if (bolts[i] !== undefined) hex(c, x, bolts[i], 15, C.next);
});

function harness(c, u) {
  box(c, 0, 28, 640, 340, { fill: C.sky });
  box(c, 196, 220, 460, 160, { fill: C.surface, line: C.ink });
  path(c, 'M170 236L590 84L660 110V150L590 108L176 258z', { fill: C.steel, line: C.ink, w: 4 });
  path(c, 'M588 84v-22', { line: C.ink, w: 8 });
  disc(c, 588, 56, 9, { fill: C.next, line: C.ink });
  path(c, 'M580 58L172 214', { line: C.lac, w: 5 });
  for (const d of ['M104 350L150 150', 'M138 350L184 150']) path(c, d, { line: C.woodDark, w: 7 });
  for (let i = 0; i < 7; i++) path(c, `M${107 + i * 6.4} ${336 - i * 28}h34`, { line: C.woodDark, w: 6 });
  const step = ramp(u, 5.2, 7.2);
  const x = mix(140, 300, step);
  const y = mix(258, 188, step);
  const hooked = u > 3.6;
  const ring = [x + 66, 58 + (580 - x - 66) * 0.382];
  worker(c, x, y, { hand: hooked && step < 0.1 ? [54, -46] : [42, -56] });
  const end = hooked ? ring : [x + 44, y - 50];
  tube(c, `M${x + 4} ${y - 82}Q${x + 20} ${y - 30} ${end.join(' ')}`, 4, C.next);
  if (hooked) disc(c, ring[0], ring[1], 11, { line: C.ink, w: 6 });
  disc(c, 500, 222, 84, { fill: C.surface, line: C.ink, w: 4 });
  path(c, 'M426 258L576 196', { line: C.lac, w: 12 });
  const close = ramp(u, 1.2, 2.8);
  at(c, 500, mix(292, 252, close), { turn: -20 }, () => {
    tube(c, 'M0 30V70', 12, C.next);
    path(c, 'M-20 10V-34a20 20 0 0 1 40 0V10a20 20 0 0 1 -40 0z', { line: C.ink, w: 12 });
    const gate = u > 1.2 && u < 3.2 ? 34 : 0;
    at(c, 20, 10, { turn: -gate }, () => path(c, 'M0 0V-40', { line: C.steelDark, w: 9 }));
  });
  burst(c, 508, 220, 46, clamp((u - 3.2) / 0.8));
  if (hooked) tick(c, 572, 270, 30);
}

function find(c, u) {
  roofFromAbove(c, ramp(u, 3.4, 4.2));
  const p = ramp(u, 0.6, 3.2);
  ribs.forEach((x, i) => { if (p * 10 > i) disc(c, x, timberRows[0], 14, { line: C.next, w: 6 }); });
  if (u < 3.8) pointer(c, mix(68, 572, p), 100);
  if (u > 4.6) distance(c, 432, timberRows[0] + 6, 432, timberRows[1] - 6, '900 mm', { size: 30 });
  if (u > 5.8) tick(c, 236, 172, 34);
}

function mark(c, u) {
  roofFromAbove(c, 1);
  const sign = (x, y, fill) => path(c, `M${x - 17} ${y}h34M${x} ${y - 17}v34`, { line: fill, w: 8 });
  const starts = [0.6, 1.6, 2.6];
  crests.forEach((x, i) => { if (u > starts[i] + 0.5) for (const y of timberRows) sign(x, y, C.act); });
  if (u > 3.6) for (const i of [0, 1]) distance(c, crests[i] + 14, 292, crests[i + 1] - 14, 292, '1200 mm', { size: 22 });
  const i = crests.findIndex((_, n) => u > starts[n] && u < starts[n] + 0.9);
  if (i >= 0) {
    at(c, crests[i], timberRows[1], { turn: 25 }, () => {
      path(c, 'M0 0l-11 -26h22z', { fill: C.wood, line: C.ink });
      box(c, -11, -104, 22, 78, { fill: C.next, line: C.ink });
    });
  }
  if (u > 4.6) { sign(460, 172, C.ink); cross(c, 510, 172, 30); }
  if (u > 5.6) tick(c, 180, 172, 30);
}

function preDrill(c, u) {
  const depth = 90 * ramp(u, 1.6, 4.2);
  section(c, { hole: depth });
  const y = u < 4.4 ? mix(150, 184, ramp(u, 0.4, 1.4)) + depth : mix(274, 120, ramp(u, 4.4, 5.2));
  const chips = u < 6.9 ? Math.floor(12 * ramp(u, 1.6, 4.2)) : 0;
  const swept = 190 * ramp(u, 6, 6.9);
  for (let i = 0; i < chips; i++) disc(c, 320 + (i % 2 ? 1 : -1) * (16 + i * 5) + swept, 178 - (i % 3) * 6, 5, { fill: i % 3 ? C.wood : C.steelDark, line: C.ink, w: 1.5 });
  if (u < 5.6) {
    drill(c, 320, y, u * 60);
    path(c, 'M186 184v-44M186 184h44M186 160h22v22', { line: C.act, w: 6 });
    number(c, '90°', 140, 150, { size: 30, fill: C.act });
  } else {
    const x = 236 + swept;
    tube(c, `M${x - 8} 150L${x - 60} 84`, 14, C.wood);
    path(c, `M${x - 22} 150h40l8 32h-56z`, { fill: C.woodDark, line: C.ink });
    arrow(c, x + 50, 130, x + 120, 130);
  }
  if (u > 7) tick(c, 240, 110, 34);
}

function washers(c, u) {
  [[122, 0, 'wrong', 0], [320, 1, 'right', 1.2], [518, 2, 'wrong', 2.4]].forEach(([x, squeeze, kind, start]) => {
    if (u < start) return;
    card(c, x - 92, 42, 184, 256, kind);
    const y = 176 - (squeeze === 0 ? 16 : 0);
    box(c, x - 86, 176, 172, 14, { fill: C.steelDark, line: C.ink });
    box(c, x - 60, 204, 120, 84, { fill: C.wood, line: C.ink });
    if (squeeze === 1) path(c, `M${x - 36} 176q4 -10 14 -10h44q10 0 14 10z`, { fill: C.sealant, line: C.ink, w: 2 });
    screw(c, x, y, { squeeze, scale: 1.5, length: squeeze === 0 ? 64 : 54 });
    if (squeeze === 0) { drop(c, x + 62, 104); drop(c, x + 34, 134 + 24 * ((u * 0.8) % 1), 0.8); }
    if (kind === 'right') tick(c, x + 58, 76, 26);
    else cross(c, x - 58 * (squeeze ? -1 : 1), 76, 26);
  });
}

function seal(c, u) {
  if (u > 7) return washers(c, u - 7);
  section(c, { hole: 90 });
  const bead = ramp(u, 0.8, 2.2);
  if (bead) path(c, `M${320 - 40 * bead} 184q4 ${-16 * bead} 16 ${-16 * bead}h${80 * bead - 32}q12 0 16 ${16 * bead}z`, { fill: C.sealant, line: C.ink, w: 2.5 });
  if (u < 2.6) {
    path(c, 'M320 164l-9 -34h18z', { fill: C.surface, line: C.ink });
    box(c, 298, 52, 44, 78, { r: 6, fill: C.sealant, line: C.ink });
    fist(c, 340, 76, -90, 0.8);
  } else {
    const head = mix(-170, 168, ramp(u, 4.2, 6));
    footSide(c, 320, mix(40, 184, ramp(u, 2.8, 4)));
    if (u > 3.8) for (const side of [-1, 1]) path(c, `M${320 + side * 52} 184q${side * 2} -10 ${side * 9} -6q${side * 7} 2 ${side * 8} 6z`, { fill: C.sealant, line: C.ink, w: 2 });
    screw(c, 320, head, { length: clamp(166 - head, 0, 130), squeeze: head > 160 ? 1 : 0 });
    if (head > 160) box(c, 314, 196, 12, 96, { fill: C.steelDark, line: C.ink, w: 2 });
    if (u > 4.2 && u < 6) arrow(c, 430, 60, 430, 150);
    if (u > 6.2) tick(c, 430, 120, 36);
  }
}

function stringLine(c, u) {
  c.translate(0, -34);
  along(c);
  const fix = ramp(u, 3.6, 5.2);
  feet(c, [198, mix(222, 198, fix), 198]);
  const p = ramp(u, 0.6, 2.2);
  path(c, `M124 198H${mix(124, 620, p)}`, { line: C.lac, w: 5 });
  path(c, 'M124 198H-10', { line: C.lac, w: 5 });
  fist(c, mix(150, 618, p), 198, 0, 0.8);
  if (u > 2.6 && u < 5.4) arrow(c, 400, 240, 400, 200);
  if (u > 5.5) tick(c, 348, 106, 36);
}

function setRail(c, u) {
  c.translate(0, -34);
  along(c);
  feet(c);
  const y = mix(76, 178, ramp(u, 0.6, 2.4));
  rail(c, -10, y, 660, 40);
  if (u < 2.6) arrow(c, 236, 128, 236, 172);
  crests.forEach((x, i) => { if (u > 3 + i * 0.6) { hex(c, x, 198, 15, C.next); burst(c, x, 198, 30, clamp((u - 3 - i * 0.6) / 0.5)); } });
  if (u > 4.9) tick(c, 236, 110, 34);
}

function torque(c, u) {
  box(c, 0, 262, 640, 100, { fill: C.tile, line: C.ink });
  box(c, 120, 50, 120, 212, { fill: C.steel, line: C.ink, w: 4, r: 4 });
  rail(c, -10, 110, 660, 90);
  const p = clamp((u - 1) / 4.4);
  const stroke = (p * 3) % 1;
  const newton = p < 1 ? Math.round(14 * Math.min(1, 0.25 + p * 0.75)) : 14;
  if (u < 6.2) {
    hex(c, 180, 155, 40);
    torqueWrench(c, 180, 155, p >= 1 ? 22 : u < 1 ? -6 : mix(-6, 22, stroke));
  } else {
    hex(c, 180, 155, 40);
    const drawn = ramp(u, 6.4, 7.6);
    path(c, `M180 155L${mix(180, 284, drawn)} ${mix(155, 128, drawn)}`, { line: C.ink, w: 17 });
    path(c, `M180 155L${mix(180, 284, drawn)} ${mix(155, 128, drawn)}`, { line: C.next, w: 11 });
  }
  burst(c, 180, 155, 70, clamp((u - 5.4) / 0.8));
  plate(c, 450, 76, `${newton} N·m`, { size: 44, fill: p >= 1 ? C.hereWash : C.surface });
  if (u > 5.5) tick(c, 590, 76, 30);
}

function splice(c, u) {
  if (u > 5.4) return spliceWrong(c, u - 5.4);
  const heat = ramp(u, 3, 4.6);
  const gap = mix(34, 20, heat);
  box(c, 0, 250, 640, 120, { fill: C.tile, line: C.ink });
  box(c, 190, 138, 260, 50, { fill: C.edge, line: C.ink });
  const come = mix(110, 0, ramp(u, 0.4, 1.8));
  rail(c, -400 - come, 118, 720 - gap / 2, 90);
  rail(c, 320 + gap / 2 + come, 118, 720, 90);
  box(c, 190, 138, 130 - gap / 2 - come, 50, { line: C.ink, w: 3, dash: [8, 7] });
  box(c, 320 + gap / 2 + come, 138, Math.max(0, 130 - gap / 2 - come), 50, { line: C.ink, w: 3, dash: [8, 7] });
  if (u > 1.9) {
    arrow(c, 240, 232, 302, 232, { w: 6 });
    arrow(c, 400, 232, 338, 232, { w: 6 });
    plate(c, 320, 272, '20 mm', { size: 34 });
  }
  if (u > 2.9) { sun(c, 320, 76, 24); arrow(c, 130, 90, 220, 90); arrow(c, 510, 90, 420, 90); }
  if (u > 4.7) tick(c, 570, 72, 34);
}

function spliceWrong(c, u) {
  card(c, 20, 42, 292, 256, 'wrong');
  sun(c, 166, 92, 20);
  const bend = 34 * ramp(u, 0.3, 1.4);
  for (const [w, line] of [[42, C.ink], [36, C.steel]]) path(c, `M50 230Q130 230 166 ${230 - bend}Q202 230 282 230`, { line, w });
  path(c, `M166 ${212 - bend}v36`, { line: C.ink, w: 4 });
  cross(c, 64, 84, 28);
  if (u < 1.6) return;
  card(c, 328, 42, 292, 256, 'wrong');
  rail(c, 346, 226, 122, 38);
  rail(c, 482, 226, 122, 38);
  module(c, 400, 110, 150, 140, { across: 3, down: 3 });
  cross(c, 370, 84, 28);
}

function clampZones(c, u) {
  const draw = (x, rows, kind, start) => {
    card(c, x - 50, 36, 276, 266, u > start + 3 ? kind : undefined);
    for (const y of rows) box(c, x - 36, y - 10, 250, 20, { fill: C.steel, line: C.ink, w: 2.5 });
    module(c, x, 48 - 60 * (1 - ramp(u, start, start + 1.2)), 176, 242, { across: 4, down: 6 });
    if (u > start + 1.4) for (const zone of [94, 206]) for (const side of [x - 9, x + 167]) box(c, side, zone - 8, 18, 46, { fill: C.here, line: C.surface, w: 2 });
    if (u > start + 2.2) for (const y of rows) for (const side of [x - 2, x + 178]) { box(c, side - 20, y - 15, 40, 30, { fill: C.steel, line: C.ink, w: 4, r: 5 }); disc(c, side, y, 7, { fill: C.ink }); }
  };
  draw(78, [110, 222], 'right', 0.2);
  if (u > 3.3) tick(c, 166, 166, 36);
  if (u < 4) return;
  draw(386, [64, 274], 'wrong', 4);
  if (u > 7) cross(c, 474, 166, 34);
}

function edge(c, u) {
  box(c, 0, 28, 640, 340, { fill: C.sky });
  box(c, 60, 46, 520, 254, { fill: C.tile, line: C.ink, w: 5 });
  for (const x of ribs.slice(0, 9)) box(c, x + 18, 50, 12, 246, { fill: C.steel });
  const move = ramp(u, 3, 4.4);
  const x = mix(18, 140, move);
  for (const y of [134, 212]) box(c, x - 8, y, 376, 14, { fill: C.steelDark, line: C.ink, w: 2.5 });
  for (let i = 0; i < 4; i++) module(c, x + i * 91, 104, 87, 146, { across: 3, down: 5 });
  if (u > 0.8 && u < 3) {
    for (const y of [70, 180, 280]) path(c, `M14 ${y}q22 -22 44 0t44 0`, { line: C.act, w: 6 });
    cross(c, 96, 178, 32);
  }
  if (u > 4.6) {
    for (const [x1, x2] of [[64, 138], [504, 576]]) distance(c, x1, 177, x2, 177);
    distance(c, 320, 52, 320, 102);
    distance(c, 320, 252, 320, 296);
    plate(c, 101, 144, '300 mm', { size: 21 });
  }
  if (u > 5.6) tick(c, 320, 177, 40);
}

export default [[8, harness], [8, find], [7, mark], [8, preDrill], [12, seal], [7, stringLine], [6, setRail], [9, torque], [9, splice], [8, clampZones], [8, edge]]
  .map(([seconds, draw]) => ({ seconds, draw }));
