/* People, hands and hand tools that more than one video uses. Each is drawn around its own origin, named in its note. */
import { C, at, arrow, box, disc, mix, number, path, tube } from './kit.mjs';

/** A gloved hand that points up; the origin is the fingertip. */
export function pointer(c, x, y, turn = 0) {
  at(c, x, y, { turn }, () => {
    tube(c, 'M0 96V150', 34, C.act);
    tube(c, 'M-14 66L-30 48', 14, C.glove);
    box(c, -22, 44, 46, 52, { r: 14, fill: C.glove, line: C.ink });
    tube(c, 'M-9 52V8', 13, C.glove);
    path(c, 'M5 46V66M17 50V66', { line: C.ink });
  });
}

/** A closed gloved hand; the origin is the middle of the grip, the arm comes from below. */
export function fist(c, x, y, turn = 0, scale = 1) {
  at(c, x, y, { turn, scale }, () => {
    tube(c, 'M0 40V96', 36, C.act);
    box(c, -30, -26, 60, 58, { r: 18, fill: C.glove, line: C.ink });
    path(c, 'M-15 -24V4M0 -25V4M15 -24V4', { line: C.ink });
    tube(c, 'M-20 16H12', 9, C.glove);
  });
}

/** A worker with helmet and harness; the origin is between the feet. `hand` is where the free hand reaches. */
export function worker(c, x, y, { flip = false, scale = 1, hand = [34, -62] } = {}) {
  at(c, x, y, { flip, scale }, () => {
    tube(c, 'M-4 -52L-12 -26L-14 0M4 -52L14 -28L12 0', 12, C.ink2);
    path(c, 'M-18 2h12M8 2h12', { line: C.ink, w: 9 });
    box(c, -17, -104, 34, 58, { r: 12, fill: C.act, line: C.ink });
    path(c, 'M-12 -102L12 -60M12 -102L-12 -60M-16 -72H16', { line: C.next, w: 5 });
    tube(c, `M4 -94L${hand[0]} ${hand[1]}`, 10, C.act);
    disc(c, hand[0], hand[1], 8, { fill: C.glove, line: C.ink });
    disc(c, 0, -120, 13, { fill: C.glove, line: C.ink });
    path(c, 'M-17 -122a17 17 0 0 1 34 0h5v4h-39z', { fill: C.next, line: C.ink });
    path(c, 'M-12 -114q12 16 23 2', { line: C.ink });
  });
}

/** A cordless drill that points down; the origin is the tip of the bit. `turn` is how far the bit has turned. */
export function drill(c, x, y, spin = 0) {
  at(c, x, y, {}, () => {
    path(c, 'M0 0V-74', { line: C.ink, w: 11 });
    for (let i = 0; i < 4; i++) path(c, `M-5 ${-12 - i * 16 + (spin % 16)}l10 -8`, { line: C.steel, w: 3 });
    path(c, 'M-14 -70h28l-6 -22h-16z', { fill: C.steelDark, line: C.ink });
    box(c, -26, -158, 52, 68, { r: 12, fill: C.act, line: C.ink });
    box(c, 18, -152, 74, 30, { r: 10, fill: C.actDeep, line: C.ink });
    box(c, 78, -162, 26, 52, { r: 6, fill: C.rubber, line: C.ink });
    fist(c, 50, -137, -90, 0.72);
  });
}

/** A torque wrench; the origin is the middle of the nut, the handle goes right. */
export function torqueWrench(c, x, y, turn = 0) {
  at(c, x, y, { turn }, () => {
    tube(c, 'M30 0H190', 16, C.steel);
    tube(c, 'M200 0H300', 26, C.rubber);
    path(c, 'M206 -8v16M222 -8v16M238 -8v16', { line: C.steelDark });
    disc(c, 0, 0, 42, { fill: C.steelDark, line: C.ink });
    path(c, 'M-26 0l13 -23h26l13 23l-13 23h-26z', { fill: C.steel, line: C.ink });
    disc(c, 0, 0, 10, { fill: C.ink });
  });
}

/** A multimeter; the origin is the middle of its screen. `dial` turns the selector, in degrees. */
export function meter(c, x, y, text, { dial = 0, scale = 1, size = 42, fill = C.ink } = {}) {
  at(c, x, y, { scale }, () => {
    box(c, -100, -46, 200, 176, { r: 18, fill: C.next, line: C.ink, w: 4 });
    box(c, -86, -34, 172, 72, { r: 8, fill: C.surface, line: C.ink });
    number(c, text, 0, 4, { size, fill });
    at(c, 0, 84, { turn: dial }, () => {
      disc(c, 0, 0, 30, { fill: C.rubber, line: C.ink });
      path(c, 'M0 -24V0', { line: C.surface, w: 6 });
    });
    disc(c, -66, 104, 9, { fill: C.ink, line: C.surface, w: 2 });
    disc(c, 66, 104, 9, { fill: C.lac, line: C.surface, w: 2 });
  });
}

/** A test lead from the meter to a point, ending in a probe. */
export function probe(c, x1, y1, x2, y2, fill, sag = 50) {
  path(c, `M${x1} ${y1}Q${mix(x1, x2, 0.5)} ${Math.max(y1, y2) + sag} ${x2} ${y2}`, { line: fill, w: 6 });
  const turn = (Math.atan2(y2 - (Math.max(y1, y2) + sag), x2 - mix(x1, x2, 0.5)) * 180) / Math.PI;
  at(c, x2, y2, { turn }, () => {
    path(c, 'M-36 0H-8', { line: fill, w: 13 });
    path(c, 'M-8 0H0', { line: C.steelDark, w: 5 });
  });
}

/** The mark for direct (a line over dashes) or alternating current (a wave). */
export function currentSign(c, x, y, kind, line = C.ink) {
  if (kind === 'ac') path(c, `M${x - 18} ${y}q9 -18 18 0t18 0`, { line, w: 5 });
  else path(c, `M${x - 18} ${y - 5}h36M${x - 18} ${y + 7}h6M${x - 3} ${y + 7}h6M${x + 12} ${y + 7}h6`, { line, w: 5 });
}

/** An isolator; `on` runs from 0 (off, knob across) to 1 (on, knob upright); `lock` shows the padlock. */
export function isolator(c, x, y, kind, on, { lock = 0, scale = 1 } = {}) {
  at(c, x, y, { scale }, () => {
    box(c, -58, -84, 116, 168, { r: 12, fill: C.surface, line: C.ink, w: 4 });
    currentSign(c, 0, -60, kind);
    number(c, '1', 0, -32, { size: 20 });
    number(c, '0', 44, 14, { size: 20 });
    disc(c, 0, 14, 33, { fill: on > 0.5 ? C.next : C.steel, line: C.ink, w: 4 });
    at(c, 0, 14, { turn: mix(90, 0, on) }, () => {
      box(c, -9, -30, 18, 60, { r: 8, fill: C.rubber, line: C.ink });
      path(c, 'M0 -24V-10', { line: C.surface, w: 5 });
    });
    if (lock) {
      path(c, 'M-16 62v-12a16 16 0 0 1 32 0v12', { line: C.ink, w: 7 });
      box(c, -24, 58, 48, 38, { r: 6, fill: C.lac, line: C.ink, w: 4 });
      disc(c, 0, 76, 5, { fill: C.surface });
    }
  });
}

export function sun(c, x, y, r = 26) {
  for (let i = 0; i < 8; i++) {
    at(c, x, y, { turn: i * 45 }, () => path(c, `M0 ${-r - 8}V${-r - 18}`, { line: C.next, w: 6 }));
  }
  disc(c, x, y, r, { fill: C.next, line: C.ink });
}

/** An arc: danger of fire. */
export function arc(c, x, y, scale, flicker) {
  at(c, x, y, { scale, turn: flicker ? 14 : -10 }, () => {
    path(c, 'M0 -62l14 34l34 -22l-10 36l38 14l-38 14l12 34l-36 -18l-14 34l-14 -34l-36 18l12 -34l-38 -14l38 -14l-10 -36l34 22z', { fill: C.next, line: C.lac, w: 5 });
    path(c, 'M6 -30l-18 30h14l-8 30l24 -38h-15z', { fill: C.surface, line: C.lac });
  });
}

/** A drop of water; the origin is its tip. */
export function drop(c, x, y, scale = 1) {
  at(c, x, y, { scale }, () => path(c, 'M0 0q14 20 14 30a14 14 0 0 1 -28 0q0 -10 14 -30z', { fill: C.water, line: C.ink, w: 2.5 }));
}

/** The sign for earth; the origin is the top of its line. */
export function earthSign(c, x, y) {
  path(c, `M${x} ${y}v22M${x - 30} ${y + 22}h60M${x - 19} ${y + 34}h38M${x - 8} ${y + 46}h16`, { line: C.ink, w: 6 });
}

/** A tape that shows how far apart two points are: tug arrows away from each other. */
export function tug(c, x1, x2, y, p) {
  arrow(c, x1, y, x1 - 20 - 24 * p, y);
  arrow(c, x2, y, x2 + 20 + 24 * p, y);
}
