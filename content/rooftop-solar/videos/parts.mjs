/* Parts of a solar system that more than one picture uses. Each is drawn around its own origin, named in its note. */
import { C, at, box, disc, number, path, tube } from './kit.mjs';

/** A module seen from above; x, y is its corner. */
export function module(c, x, y, w, h, { across = 3, down = 5, fill = C.cell } = {}) {
  box(c, x, y, w, h, { fill, line: C.ink, w: 3, r: 3 });
  for (let i = 1; i < across; i++) path(c, `M${x + (w * i) / across} ${y + 4}v${h - 8}`, { line: '#7F93BD', w: 1.5 });
  for (let i = 1; i < down; i++) path(c, `M${x + 4} ${y + (h * i) / down}h${w - 8}`, { line: '#7F93BD', w: 1.5 });
  box(c, x + 2.5, y + 2.5, w - 5, h - 5, { line: C.steel, w: 3, r: 2 });
}

/** A rail seen from the side; x, y is its upper left corner. */
export function rail(c, x, y, w, h = 34) {
  box(c, x, y, w, h, { fill: C.steel, line: C.ink, w: 3, r: 3 });
  path(c, `M${x + 5} ${y + h * 0.42}h${w - 10}M${x + 5} ${y + h * 0.62}h${w - 10}`, { line: C.steelDark, w: 3 });
}

/** A bolt head. */
export function hex(c, x, y, r, fill = C.steel) {
  path(c, `M${x - r} ${y}l${r / 2} ${-r * 0.87}h${r}l${r / 2} ${r * 0.87}l${-r / 2} ${r * 0.87}h${-r}z`, { fill, line: C.ink, w: 3 });
  disc(c, x, y, r * 0.4, { fill: C.steelDark, line: C.ink, w: 2 });
}

/** An L-foot from its face, with the slot for the rail bolt; the origin is the middle of its foot. */
export function footFace(c, x, y, h = 92) {
  box(c, x - 20, y - h, 40, h, { fill: C.steel, line: C.ink, r: 3 });
  box(c, x - 26, y - 10, 52, 10, { fill: C.steelDark, line: C.ink, r: 2 });
  box(c, x - 7, y - h + 12, 14, h - 40, { fill: C.rubber, r: 7 });
}

/** An L-foot from its side, with its rubber pad; the origin is the middle of the screw hole, on the roof. */
export function footSide(c, x, y) {
  box(c, x - 52, y - 9, 104, 9, { fill: C.rubber, line: C.ink, w: 2, r: 3 });
  path(c, `M${x - 52} ${y - 9}v-122h16v106h88v16z`, { fill: C.steel, line: C.ink });
}

/** A screw with its metal and rubber washer; the origin is the underside of the washer. `squeeze`: 0 loose … 1 right … 2 crushed. */
export function screw(c, x, y, { length = 110, squeeze = 1, scale = 1 } = {}) {
  at(c, x, y, { scale }, () => {
    const thick = 14 - 4 * squeeze;
    const half = 24 + 4 * squeeze;
    path(c, `M-6 0V${length}L0 ${length + 12}L6 ${length}V0z`, { fill: C.steelDark, line: C.ink, w: 2.5 });
    for (let i = 14; i < length; i += 12) path(c, `M-9 ${i}l18 6`, { line: C.ink, w: 2.5 });
    box(c, -half, -thick, half * 2, thick, { fill: C.rubber, line: C.ink, w: 2, r: thick / 2 });
    if (squeeze > 1.5) path(c, `M-28 ${-thick - 7}Q0 ${-thick + 5} 28 ${-thick - 7}`, { line: C.steelDark, w: 7 });
    else box(c, -26, -thick - 6, 52, 6, { fill: C.steel, line: C.ink, w: 2 });
    const seat = squeeze > 1.5 ? -thick + 1 : -thick - 6;
    box(c, -16, seat - 20, 32, 20, { fill: C.steel, line: C.ink, w: 3, r: 3 });
  });
}

/** The sign of a maker, so that two halves can be seen to be of one make or of two. */
function makerSign(c, x, y, make) {
  if (make === 'ring') disc(c, x, y, 11, { line: C.surface, w: 5 });
  else path(c, `M${x - 11} ${y - 11}h22v22h-22z`, { line: C.next, w: 5 });
}

/** Cable end with cap nut and body; the half with latch arms, bent inward by `spread` degrees. The origin is the mating face; it looks right. */
function plugHalf(c, x, y, { make = 'ring', spread = 0, cable = 400 } = {}) {
  at(c, x, y, {}, () => {
    tube(c, `M-${cable} 0H-150`, 22, C.rubber);
    capNut(c, -156, 0);
    for (const side of [-1, 1]) {
      at(c, -10, side * 20, { turn: -side * spread }, () => {
        path(c, `M0 ${side * -6}H62V${side * 5}H0z`, { fill: C.ink2, line: C.ink });
        path(c, `M46 ${side * 5}v${side * 11}l16 ${side * -11}z`, { fill: C.next, line: C.ink });
      });
    }
    box(c, -118, -34, 118, 68, { r: 8, fill: C.rubber, line: C.ink });
    path(c, 'M-118 -18h-10v36h10', { fill: C.ink2, line: C.ink });
    path(c, 'M-104 -22H-14', { line: C.ink2, w: 4 });
    makerSign(c, -62, 2, make);
  });
}

/** The other half, with the windows the latches catch in; it looks left. */
function socketHalf(c, x, y, { make = 'ring', cable = 400, latched = false } = {}) {
  at(c, x, y, {}, () => {
    tube(c, `M160 0H${cable}`, 22, C.rubber);
    capNut(c, 162, 0);
    const square = make !== 'ring';
    box(c, 0, square ? -36 : -30, 128, square ? 72 : 60, { r: square ? 2 : 8, fill: square ? C.ink2 : C.rubber, line: C.ink });
    for (const side of [-36, 20]) box(c, 32, side, 24, 16, { fill: latched ? C.next : C.surface, line: C.ink, w: 2.5 });
    makerSign(c, 86, 0, make);
  });
}

/** Both halves on one line, `gap` apart, around the middle between their faces: latched when the gap is shut and the arms are straight. */
export function connector(c, x, y, gap, { spread = 0, make = 'ring', cable = 400 } = {}) {
  at(c, x + gap / 2, y, {}, () => {
    box(c, -58, -12, 62, 24, { r: 5, fill: C.edge, line: C.ink });
    path(c, 'M-40 -12v24', { line: C.lac, w: 7 });
  });
  plugHalf(c, x - gap / 2, y, { spread, cable });
  socketHalf(c, x + gap / 2, y, { make, cable, latched: gap === 0 && spread === 0 });
}

/** A cap nut seen from the side; the origin is its middle. */
export function capNut(c, x, y, turn = 0) {
  box(c, x - 30, y - 38, 60, 76, { r: 10, fill: C.ink2, line: C.ink });
  for (let i = 0; i < 4; i++) path(c, `M${x - 22} ${y - 30 + ((i * 20 + turn) % 70)}h44`, { line: C.ink, w: 4 });
}

/** A metal contact: barrel with inspection hole, then the pin; the origin is the barrel's open end, the pin goes right. */
export function contact(c, x, y, { crimped = 0, filled = 1, squashed = false } = {}) {
  at(c, x, y, {}, () => {
    box(c, 96, -9, 84, 18, { r: 8, fill: C.steel, line: C.ink });
    if (squashed) path(c, 'M0 -22l26 10l30 -2l10 -10l34 4v42l-40 -4l-8 -12l-28 4l-24 8z', { fill: C.steel, line: C.ink });
    else path(c, `M0 -22h16l6 ${10 * crimped}h36l6 ${-10 * crimped}h36v44h-36l-6 ${-10 * crimped}h-36l-6 ${10 * crimped}h-16z`, { fill: C.steel, line: C.ink });
    disc(c, 80, 0, 8, { fill: filled > 0.9 ? C.copper : C.ink, line: C.ink, w: 2.5 });
    path(c, 'M108 -16l10 7M108 16l10 -7', { line: C.ink, w: 4 });
  });
}

/** Bare strands seen from the side, from x to the right. */
export function strands(c, x, y, length, h = 26) {
  box(c, x, y - h / 2, length, h, { fill: C.copper, line: C.ink, w: 2.5, r: 3 });
  for (let i = 1; i < 4; i++) path(c, `M${x + 2} ${y - h / 2 + (h * i) / 4}h${length - 4}`, { line: '#8F4A18', w: 2 });
}

/** An inverter; the origin is its middle. */
export function inverter(c, x, y, { on = 0, text = '', scale = 1 } = {}) {
  at(c, x, y, { scale }, () => {
    box(c, -80, -84, 160, 160, { r: 14, fill: C.surface, line: C.ink, w: 4 });
    box(c, -64, -66, 128, 58, { r: 6, fill: on ? C.hereWash : C.sunken, line: C.ink });
    if (text) number(c, text, 0, -36, { size: 30 });
    path(c, 'M-50 52L50 10', { line: C.ink2, w: 4 });
    path(c, 'M-44 22h30M-44 32h6M-32 32h6M-20 32h6', { line: C.ink2, w: 4 });
    path(c, 'M12 50q9 -16 18 0t18 0', { line: C.ink2, w: 4 });
    disc(c, 62, 62, 9, { fill: on ? C.here : C.line, line: C.ink });
  });
}
