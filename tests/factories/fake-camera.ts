/** What Chromium's fake camera sees: a workbench with grain in it, so that a photo of it weighs what a photo weighs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const WIDTH = 640;
const HEIGHT = 480;

/** Writes the film (one frame, YUV4MPEG2) into the folder; answers Chromium's flags for it. */
export async function fakeCamera(folder: string): Promise<string[]> {
	const film = join(folder, 'camera.y4m');
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\nFRAME\n`);
	const light = Buffer.alloc(WIDTH * HEIGHT);
	let seed = 1;
	for (let at = 0; at < light.length; at++) {
		seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		const board = Math.floor(at / WIDTH / 60) % 2 === 0 ? 150 : 170;
		light[at] = board + ((seed >> 16) % 48);
	}
	const colour = Buffer.alloc((WIDTH * HEIGHT) / 2, 118);
	await writeFile(film, Buffer.concat([head, light, colour]));
	return [
		'--use-fake-ui-for-media-stream',
		'--use-fake-device-for-media-stream',
		`--use-file-for-fake-video-capture=${film}`
	];
}
