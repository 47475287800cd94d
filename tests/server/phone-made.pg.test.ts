/** What a phone adds to a package, as a server answers it (SRC-13 to SRC-15): each under its own type, and on its page. */
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitPageSchema } from '../../src/lib/core/lessons/unit-schema.ts';
import { PackagePage } from '../../src/lib/core/protocol/library.ts';
import { handOver } from '../../src/lib/server/start/services.ts';
import { ask } from '../factories/ask.ts';
import { openTestGround, publishSource, type TestGround } from '../factories/ground.ts';
import { phoneCourseBy } from '../factories/handed-in.ts';
import { makeWebp } from '../factories/webp.ts';

let ground: TestGround;
let id: string;

beforeAll(async () => {
	ground = await openTestGround();
	handOver(ground);
	const source = phoneCourseBy('Khamla');
	id = (JSON.parse(source.text('package.json')) as { id: string }).id;
	expect(await publishSource(ground, source)).toMatchObject({ ok: true });
});
afterAll(() => ground.close());

async function unit(name: string) {
	const response = await ask(`/api/library/${id}/${name}?lang=th`);
	expect(response.status).toBe(200);
	return v.parse(UnitPageSchema, await response.json());
}

describe('what a phone made', () => {
	it('SRC-13 shows a photo at an address that answers it as WebP and as nothing else', async () => {
		const { figures } = await unit('hands');
		const photo = figures['knot']!;
		expect(photo).toMatchObject({ svg: null, here: false, width: 640, height: 480 });
		if (photo.svg !== null) throw new Error('not a photo');
		const response = await ask(photo.url);
		expect(response.status).toBe(200);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'image/webp',
			'content-length': String(photo.size),
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining('sandbox')
		});
		expect((await ask(photo.url.replace('.webp', '.mp4'))).status).toBe(404);
	});

	it('SRC-14 SRC-15 answers sound and clip under the type that was found in them', async () => {
		const { videos } = await unit('hands');
		const sound = videos['say']!.variants[0]!;
		expect((await ask(sound.url)).headers.get('content-type')).toBe('audio/webm');
		const clip = (await unit('film')).videos['clip']!.variants[0]!;
		expect((await ask(clip.url)).headers.get('content-type')).toBe('video/webm');
	});

	it('counts photos from the tier of pictures on, sounds from that of sound on', async () => {
		const page = v.parse(PackagePage, await (await ask(`/api/library/${id}?lang=th`)).json());
		const { text, pictures, audio, video } = page.bytes;
		expect(pictures - text).toBe(makeWebp({ width: 640, height: 480 }).length);
		expect(audio).toBeGreaterThan(pictures);
		expect(video).toBeGreaterThan(audio);
		expect(page.kind).toBe('micro-course');
	});
});
