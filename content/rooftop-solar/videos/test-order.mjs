/* The tests before switching on, in the order of IEC 62446-1. How to run: see render.mjs. */
import { C, arrow, at, box, burst, card, clamp, cross, disc, mix, number, path, plate, ramp, tick, tube } from './kit.mjs';
import { connector, inverter, module, rail } from './parts.mjs';
import { arc, earthSign, isolator, meter, pointer, probe, sun, worker } from './tools.mjs';

function ready(c, u) {
  isolator(c, 150, 168, 'ac', 1 - ramp(u, 0.6, 1.4), { lock: u > 3.4 });
  if (u > 1.6) arrow(c, 226, 168, 290, 168);
  isolator(c, 366, 168, 'dc', 1 - ramp(u, 2, 2.8), { lock: u > 4 });
  if (u > 4.4) for (const [x, flip] of [[500, false], [586, true]]) worker(c, x, 288, { flip, scale: 1.15, hand: [26, -66] });
  if (u > 5) tick(c, 543, 92, 38);
}

function look(c, u) {
  const cards = [[110, 'wrong', 0.4], [320, 'wrong', 3], [530, 'right', 5.6]];
  cards.forEach(([x, kind, start], i) => {
    card(c, x - 96, 42, 192, 256, u > start + 1.4 ? kind : undefined);
    rail(c, x - 84, 228, 168, 22);
    module(c, x - 58, 66, 116, 150, { across: 3, down: 4 });
    if (i === 0) path(c, `M${x - 20} 120l18 22l-14 18l26 24M${x - 2} 142l34 -30M${x + 10} 184l30 8M${x - 16} 160l-34 12`, { line: C.surface, w: 4 });
    if (i === 1) {
      path(c, `M${x - 70} 240Q${x - 60} 300 ${x - 26} 282M${x + 74} 240Q${x + 66} 300 ${x + 32} 282`, { line: C.rubber, w: 10 });
      box(c, x - 32, 270, 26, 22, { fill: C.ink2, line: C.ink, w: 2.5 });
      box(c, x + 12, 270, 26, 22, { fill: C.ink2, line: C.ink, w: 2.5 });
    }
    if (i === 2) {
      path(c, `M${x - 84} 262H${x + 84}`, { line: C.rubber, w: 10 });
      box(c, x - 26, 252, 52, 20, { fill: C.ink2, line: C.ink, w: 2.5 });
      for (const side of [-58, 58]) path(c, `M${x + side} 224v46`, { line: C.ink, w: 6 });
    }
    if (u > start + 1.4) (kind === 'right' ? tick : cross)(c, x + 62, 76, 28);
  });
  const x = u < 2.6 ? mix(60, 110, ramp(u, 0, 0.8)) : u < 5.2 ? mix(110, 320, ramp(u, 2.4, 3.2)) : mix(320, 530, ramp(u, 5, 5.8));
  const y = 168 + 14 * Math.sin(u * 2.4) + (u > 2.6 && u < 5.2 ? 66 : 0);
  if (u > 7.4) return;
  tube(c, `M${x + 30} ${y + 34}l44 48`, 14, C.woodDark);
  disc(c, x, y, 44, { line: C.ink, w: 10 });
  disc(c, x, y, 44, { line: C.next, w: 4 });
}

/** A case for a reading: the picture behind it says right or wrong once the number stands. */
const verdict = (c, good, x = 586, y = 76) => (good ? tick(c, x, y, 34) : cross(c, x, y, 32));
const backdrop = (c, kind) => card(c, 12, 36, 616, 266, kind);

function earth(c, u) {
  const bad = u > 5.4;
  const settled = bad ? u > 7 : u > 3;
  backdrop(c, settled ? (bad ? 'wrong' : 'right') : undefined);
  module(c, 40, 60, 150, 120, { across: 4, down: 3 });
  rail(c, 28, 184, 190, 26);
  const wire = 'M200 210Q204 274 270 274H350';
  path(c, wire, { line: C.ink, w: 14 });
  path(c, wire, { line: C.earth, w: 9 });
  path(c, wire, { line: C.next, w: 9, dash: [10, 22] });
  box(c, 346, 236, 84, 20, { fill: C.copper, line: C.ink });
  path(c, 'M350 274Q366 274 366 256', { line: C.earth, w: 9 });
  if (bad) {
    path(c, 'M350 232l10 -8l12 5l12 -4l2 16l6 12l-14 8l-16 -3l-12 -8z', { fill: '#7A3B12', line: C.ink, w: 2.5 });
    disc(c, 370, 244, 34, { line: C.lac, w: 6 });
  }
  earthSign(c, 404, 252);
  const p = ramp(u, 0.6, 2);
  meter(c, 480, 96, settled ? (bad ? '38 Ω' : '0.2 Ω') : '- - -', { size: 38, dial: -60, fill: settled && bad ? C.lac : C.ink, scale: 0.84 });
  probe(c, 424, 184, mix(300, 214, p), mix(230, 196, p), C.ink, 14);
  probe(c, 536, 184, mix(520, 424, p), mix(270, 244, p), C.lac, 60);
  if (settled) verdict(c, !bad, 592, 70);
}

/** One string's two cable ends, with their signs, at the left. */
function stringEnds(c, swapped = false) {
  [[96, swapped ? '+' : '−'], [228, swapped ? '−' : '+']].forEach(([y, sign]) => {
    tube(c, `M-20 ${y}H150`, 18, C.rubber);
    box(c, 140, y - 24, 84, 48, { fill: C.ink2, line: C.ink, r: 6 });
    number(c, sign, 182, y, { size: 46, fill: C.surface });
    box(c, 224, y - 8, 18, 16, { fill: C.steel, line: C.ink, w: 2 });
  });
}

function polarity(c, u) {
  const bad = u > 4.4;
  const settled = bad ? u > 5.4 : u > 2.4;
  backdrop(c, settled ? (bad ? 'wrong' : 'right') : undefined);
  c.beginPath();
  c.rect(17, 41, 606, 256);
  c.clip();
  stringEnds(c, bad);
  const p = ramp(u, 0.6, 1.8);
  meter(c, 470, 106, settled ? (bad ? '−466 V' : '466 V') : '0 V', { dial: 40, fill: settled && bad ? C.lac : C.ink });
  probe(c, 404, 210, mix(320, 240, p), 96, C.ink, -40);
  probe(c, 536, 210, mix(330, 240, p), 228, C.lac, 80);
  if (settled) verdict(c, !bad, 590, 72);
}

function expectVoltage(c, u) {
  for (let i = 0; i < 12; i++) {
    const x = 36 + i * 48;
    if (u < 0.4 + i * 0.12) continue;
    module(c, x, 48, 40, 62, { across: 2, down: 3 });
    if (i) path(c, `M${x - 14} 110v10h20v-10`, { line: C.ink, w: 4 });
  }
  if (u > 2) number(c, '12 × 41.5 V', 320, 152, { size: 38 });
  const heat = ramp(u, 4.4, 6.2);
  const degrees = Math.round(mix(25, 50, heat));
  const volts = Math.round(12 * 41.5 * (1 - 0.0027 * (degrees - 25)));
  if (u < 3) return;
  sun(c, 62, 226, 22);
  path(c, 'M136 190a12 12 0 0 1 24 0v58a20 20 0 1 1 -24 0z', { fill: C.surface, line: C.ink });
  path(c, `M148 262V${mix(236, 200, heat)}`, { line: C.lac, w: 12 });
  disc(c, 148, 264, 13, { fill: C.lac });
  number(c, `${degrees} °C`, 226, 226, { size: 36 });
  arrow(c, 296, 228, 364, 228);
  plate(c, 480, 228, `${volts} V`, { size: 56, fill: u > 6.4 ? C.hereWash : C.surface });
}

/** Three strings, one row each: what the meter shows, and whether it is right. */
function strings(c, u, readings, { odd, gap = 2 } = {}) {
  readings.forEach(([text, good], row) => {
    const y = 50 + row * 84;
    const start = 0.4 + row * gap;
    for (let i = 0; i < 12; i++) {
      const faulty = row === 2 && odd?.(i);
      module(c, 20 + i * 25, y, 22, 46, { across: 2, down: 2, fill: faulty || C.cell });
      if (faulty === C.surface) path(c, `M${22 + i * 25} ${y + 4}l18 38`, { line: C.lac, w: 5 });
    }
    path(c, `M20 ${y + 56}H330`, { line: C.rubber, w: 5 });
    if (u < start) return;
    const shown = u > start + 0.8;
    arrow(c, 334, y + 26, 372, y + 26, { w: 7 });
    box(c, 384, y - 6, 160, 62, { fill: C.next, line: C.ink, w: 4, r: 12 });
    box(c, 394, y + 2, 140, 46, { fill: C.surface, line: C.ink, r: 6 });
    number(c, shown ? text : '- - -', 464, y + 27, { size: 36, fill: shown && !good ? C.lac : C.ink });
    if (shown) verdict(c, good, 590, y + 26);
  });
}

const voltage = (c, u) => strings(c, u, [['466 V', true], ['465 V', true], ['426 V', false]], { gap: 1.8, odd: (i) => (i === 7 ? C.surface : undefined) });

function current(c, u) {
  if (u < 2.8) {
    backdrop(c, u > 1.4 ? 'wrong' : undefined);
    c.beginPath();
    c.rect(17, 41, 606, 256);
    c.clip();
    const d = mix(140, 60, ramp(u, 0.2, 1.2));
    connector(c, 320, 170, d);
    if (u > 1) arc(c, 320, 170, 0.9, Math.floor(u * 7.5) % 2);
    if (u > 1.4) verdict(c, false, 578, 84);
  } else if (u < 6) {
    sun(c, 70, 104, 28);
    number(c, '800 W/m²', 222, 104, { size: 38 });
    if (u > 3.6) number(c, '13.85 A × 0.8', 190, 196, { size: 38 });
    if (u > 4.2) arrow(c, 326, 196, 394, 196);
    if (u > 4.4) plate(c, 508, 196, '11.1 A', { size: 56, fill: C.hereWash });
  } else strings(c, u - 6, [['11.1 A', true], ['11.0 A', true], ['7.2 A', false]], { gap: 1.1, odd: () => '#8C8468' });
}

/** The insulation tester between a string and earth. */
function insulation(c, u) {
  const bad = u > 6.4 && u < 9;
  const settled = (u > 4.6 && u < 6.4) || (bad && u > 7.4);
  backdrop(c, settled ? (bad ? 'wrong' : 'right') : undefined);
  module(c, 436, 64, 170, 100, { across: 5, down: 3 });
  rail(c, 424, 168, 190, 24);
  path(c, 'M450 150Q410 150 404 116', { line: C.rubber, w: 12 });
  path(c, 'M520 192v56', { line: C.ink, w: 10 });
  path(c, 'M520 192v56', { line: C.earth, w: 6 });
  earthSign(c, 520, 244);
  if (bad) { path(c, 'M434 150l-8 14', { line: C.copper, w: 12 }); arc(c, 426, 172, 0.42, Math.floor(u * 6) % 2); }
  const text = u > 9.4 ? '0 V' : u > 9 ? `${Math.round(1000 * (1 - ramp(u, 8.9, 9.5)))} V` : settled ? (bad ? '0.2 MΩ' : '45 MΩ') : u > 3 && !bad ? '1000 V' : '- - -';
  meter(c, 140, 100, text, { size: 38, dial: u > 3 && u < 9 ? 80 : 0, fill: settled && bad ? C.lac : C.ink });
  const p = ramp(u, 0.4, 1.4);
  probe(c, 206, 204, mix(310, 402, p), 112, C.lac, -30);
  probe(c, 74, 204, mix(400, 516, p), mix(270, 224, p), C.ink, 90);
  if (u > 1.4 && u < 4.4) { pointer(c, 420, 182, 62); cross(c, 318, 232, 32); }
  if (settled) verdict(c, !bad, 320, 80);
  if (u > 10.2) tick(c, 320, 80, 34);
}

function switchOn(c, u) {
  const dc = ramp(u, 2, 2.8);
  const ac = ramp(u, 5.4, 6.2);
  path(c, 'M20 140H60M160 140H236M400 140H476M576 140H620', { line: C.ink, w: 12 });
  if (dc > 0.9) path(c, 'M20 140H60M160 140H236', { line: C.next, w: 7 });
  if (ac > 0.9) path(c, 'M400 140H476M576 140H620', { line: C.next, w: 7 });
  isolator(c, 110, 140, 'dc', dc, { scale: 0.98, lock: u < 0.8 });
  isolator(c, 526, 140, 'ac', ac, { scale: 0.98, lock: u < 1.2 });
  const power = 3.9 * ramp(u, 7.4, 9.6);
  inverter(c, 318, 146, { on: ac > 0.9, text: dc > 0.9 ? (ac > 0.9 ? `${power.toFixed(1)} kW` : '466 V') : '' });
  burst(c, 110, 154, 56, clamp((u - 2.7) / 0.7));
  burst(c, 526, 154, 56, clamp((u - 6.1) / 0.7));
  if (u > 1.4) plate(c, 110, 268, '1', { size: 36, fill: C.next });
  if (u > 4.6) { arrow(c, 150, 268, 484, 268); plate(c, 526, 268, '2', { size: 36, fill: C.next }); }
  if (u > 9.8) tick(c, 318, 262, 36);
}

function record(c, u) {
  box(c, 130, 44, 380, 260, { fill: C.woodDark, line: C.ink, w: 4, r: 12 });
  box(c, 148, 62, 344, 230, { fill: C.surface, line: C.ink });
  box(c, 270, 34, 100, 36, { fill: C.steel, line: C.ink, r: 8 });
  ['0.2 Ω', '466 V', '11.1 A', '45 MΩ'].forEach((text, i) => {
    const y = 102 + i * 50;
    path(c, `M164 ${y + 24}H476`, { line: C.line, w: 3 });
    if (u > 0.5 + i * 0.8) number(c, text, 180, y, { size: 36, align: 'left' });
    if (u > 0.9 + i * 0.8) tick(c, 440, y, 20);
  });
  const i = Math.min(3, Math.floor(u / 0.8));
  if (u < 3.6) at(c, 320 + 30 * Math.sin(u * 7), 112 + i * 50, { turn: 28 }, () => { path(c, 'M0 0l-9 -22h18z', { fill: C.wood, line: C.ink }); box(c, -9, -90, 18, 68, { fill: C.next, line: C.ink }); });
}

export default [[7, ready], [8, look], [9, earth], [7, polarity], [8, expectVoltage], [7, voltage], [12, current], [12, insulation], [12, switchOn], [7, record]]
  .map(([seconds, draw]) => ({ seconds, draw }));
