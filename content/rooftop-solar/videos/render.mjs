/*
 * Draws the teaching videos of this package. No camera, no words in the pixels (SRC-10), no sound.
 *
 *   node render.mjs                  all three videos, in both sizes, into ../shared/media/
 *   node render.mjs rail-to-roof     one of them
 *   node render.mjs rail-to-roof 12  the picture at second 12, as rail-to-roof-12.png in the temporary folder
 *
 * Needs chromium and ffmpeg on the path (CHROMIUM and FFMPEG name others) and @playwright/test from the
 * repository. Each video is a module beside this one: a list of scenes, each a number of seconds and a function
 * that draws the scene at a given second. Nothing else decides a picture, so every run gives the same frames.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const here = path.dirname(fileURLToPath(import.meta.url));
const media = path.join(here, '../shared/media');
const fps = 15;
const batch = 30;
const ids = ['rail-to-roof', 'mate-connector', 'test-order'];

/** A page that has loaded the video's module from this folder and draws frames of it. */
async function openStage(browser, id) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.route('http://stage.invalid/**', async (route) => {
    const name = path.basename(new URL(route.request().url()).pathname);
    if (!name.endsWith('.mjs')) return route.fulfill({ contentType: 'text/html', body: '<canvas width="640" height="360"></canvas>' });
    return route.fulfill({ contentType: 'text/javascript', body: await readFile(path.join(here, name)) });
  });
  await page.goto('http://stage.invalid/');
  const seconds = await page.evaluate(async (name) => {
    const [{ default: scenes }, { drawScenes, lengthOf }] = await Promise.all([import(`/${name}.mjs`), import('/kit.mjs')]);
    const canvas = document.querySelector('canvas');
    const context = canvas.getContext('2d', { willReadFrequently: true });
    window.frames64 = (times) => times.map((t) => {
      drawScenes(context, scenes, t);
      return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
    });
    return lengthOf(scenes);
  }, id);
  const frames = async (times) => (await page.evaluate((list) => window.frames64(list), times)).map((text) => Buffer.from(text, 'base64'));
  return { seconds, frames, close: () => page.close() };
}

/** ffmpeg, which reads PNG pictures from its input and writes both sizes: index first, a key frame every two seconds. */
function startEncoder(id) {
  const colour = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const size = (label, profile, crf, file) => ['-map', `[${label}]`, '-an', '-c:v', 'libx264', '-profile:v', profile,
    '-preset', 'veryslow', '-tune', 'animation', '-crf', String(crf), '-g', String(fps * 2), '-keyint_min', String(fps * 2),
    '-sc_threshold', '0', ...colour, '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact',
    '-movflags', '+faststart', path.join(media, file)];
  const toVideo = 'out_color_matrix=bt709:out_range=tv,format=yuv420p';
  return spawn(process.env.FFMPEG ?? 'ffmpeg', ['-v', 'error', '-y', '-f', 'image2pipe', '-c:v', 'png', '-r', String(fps), '-i', '-',
    '-filter_complex', `[0:v]split[a][b];[a]scale=640:360:${toVideo}[large];[b]scale=256:144:flags=area:${toVideo}[small]`,
    ...size('large', 'main', 28, `${id}.360p.mp4`), ...size('small', 'baseline', 27, `${id}.144p.mp4`)],
  { stdio: ['pipe', 'inherit', 'inherit'] });
}

async function render(browser, id) {
  const stage = await openStage(browser, id);
  const encoder = startEncoder(id);
  const ended = once(encoder, 'close');
  const count = Math.round(stage.seconds * fps);
  for (let first = 0; first < count; first += batch) {
    const times = Array.from({ length: Math.min(batch, count - first) }, (_, i) => (first + i) / fps);
    for (const frame of await stage.frames(times)) if (!encoder.stdin.write(frame)) await once(encoder.stdin, 'drain');
  }
  encoder.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  await stage.close();
  console.log(`${id}: ${stage.seconds} s, ${count} frames`);
}

async function still(browser, id, second) {
  const stage = await openStage(browser, id);
  const file = path.join(tmpdir(), `${id}-${second}.png`);
  await writeFile(file, (await stage.frames([second]))[0]);
  await stage.close();
  console.log(file);
}

const [only, second] = process.argv.slice(2);
if (only && !ids.includes(only)) throw new Error(`no video "${only}": ${ids.join(', ')}`);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
try {
  if (second) await still(browser, only, Number(second));
  else for (const id of only ? [only] : ids) await render(browser, id);
} finally {
  await browser.close();
}
