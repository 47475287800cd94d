/** Photos, films and recordings of drafts in a real browser (DRA-30 to DRA-33). */
import { expect, test } from '@playwright/test';
import { DraftPhone, hostDrafts, type DraftHost } from '../factories/draft-phone.ts';
import { DEVICE, withExif, withPlace } from '../factories/jpeg.ts';

let host: DraftHost;
let phone: DraftPhone;

test.beforeAll(async () => {
	host = await hostDrafts();
});
test.afterAll(() => host.close());
test.beforeEach(async () => {
	phone = new DraftPhone(host.origin);
	await phone.open();
});
test.afterEach(() => phone.dispose());

test('DRA-30 a photo is upright, small, and says nothing of place or device', async () => {
	const plain = await phone.page.evaluate(async () => {
		// 3000 × 2000, its left half red: turned by 90° its upper half is.
		const canvas = new OffscreenCanvas(3000, 2000);
		const context = canvas.getContext('2d')!;
		for (let x = 0; x < 3000; x += 10) {
			for (let y = 0; y < 2000; y += 10) {
				context.fillStyle = `hsl(${x < 1500 ? 0 : 220} 80% ${20 + ((x * 7 + y * 13) % 60)}%)`;
				context.fillRect(x, y, 10, 10);
			}
		}
		const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
		return [...new Uint8Array(await blob.arrayBuffer())];
	});
	const photo = [...withExif(Uint8Array.from(plain))];
	expect(Buffer.from(photo).includes(DEVICE)).toBe(true);
	const small = await phone.page.evaluate(async (photo) => {
		const draft = await drafting.open(await drafting.begin());
		const added = await draft.addPicture(new Blob([Uint8Array.from(photo)]), (each, file) => ({
			...each,
			units: each.units.map((unit) => ({
				...unit,
				items: unit.items.map((item) => ({ ...item, picture: file.id }))
			}))
		}));
		if (!added.ok) throw new Error(added.fault.code);
		const url = (await draft.fileUrl(added.value.id))!;
		const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
		const picture = await createImageBitmap(new Blob([bytes]));
		const canvas = new OffscreenCanvas(picture.width, picture.height);
		const context = canvas.getContext('2d')!;
		context.drawImage(picture, 0, 0);
		const red = (y: number) => {
			const { data } = context.getImageData(0, y, picture.width, 1);
			return data[0]! > data[2]!;
		};
		const shown = draft.state.draft.units[0]!.items[0]!.picture;
		return { file: added.value, bytes: [...bytes], upper: red(50), lower: red(picture.height - 50), shown };
	}, photo);
	expect(small.file).toMatchObject({
		role: 'picture',
		mediaType: 'image/webp',
		width: 853,
		height: 1280,
		originalSize: photo.length
	});
	expect(small.file.size).toBe(small.bytes.length);
	expect(small.bytes.length).toBeLessThanOrEqual(200 * 1024);
	expect([small.upper, small.lower, small.shown]).toEqual([true, false, 'picture-1']);
	const bytes = Buffer.from(small.bytes);
	for (const trace of [DEVICE, 'EXIF', 'Exif', 'XMP ']) expect(bytes.includes(trace)).toBe(false);
});

test('DRA-30 what is no picture is refused', async () => {
	const code = await phone.page.evaluate(async () => {
		const small = await drafting.shrinkPhoto(new Blob(['<svg onload=alert(1)>'], { type: 'image/jpeg' }));
		return small.ok ? null : small.fault.code;
	});
	expect(code).toBe('draft/picture-unreadable');
});

for (const codec of ['avc', 'vp9'] as const) {
	test(`DRA-31 a clip (${codec}) keeps its frames and loses its place`, async () => {
		const place = '+16.5563+104.7573/';
		const film = await phone.page.evaluate(async (codec) => [...(await drafting.film(codec))], codec);
		const filmed = withPlace(Uint8Array.from(film), place);
		expect(Buffer.from(filmed).includes(place)).toBe(true);
		const made = await phone.page.evaluate(
			async (bytes) => {
				const made = await drafting.remux(new Blob([Uint8Array.from(bytes)]), 'clip');
				if (!made.ok) throw new Error(made.fault.code);
				return { ...made.value, bytes: [...made.value.bytes] };
			},
			[...filmed]
		);
		expect(made).toMatchObject({
			mediaType: codec === 'avc' ? 'video/mp4' : 'video/webm',
			width: 640,
			height: 360,
			seconds: 2
		});
		expect(Buffer.from(made.bytes).includes(place)).toBe(false);
		expect(Buffer.from(made.bytes).includes('xyz')).toBe(false);
	});
}

test('DRA-31 what is no recording, and a clip beyond the limit, are refused', async () => {
	const codes = await phone.page.evaluate(async () => {
		const none = await drafting.remux(new Blob(['not a film at all']), 'clip');
		const large = await drafting.remux(new Blob([new Uint8Array(201 * 1024 * 1024)]), 'clip');
		return [none, large].map((each) => (each.ok ? null : each.fault.code));
	});
	expect(codes).toEqual(['draft/media-unreadable', 'draft/clip-too-large']);
});

test('DRA-32 a recording that a kill cut off is on the disk up to the last second, and can be kept', async () => {
	const id = await phone.page.evaluate(async () => {
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		const recording = await draft.recordSound();
		if (!recording.ok) throw new Error(recording.fault.code);
		return id;
	});
	await phone.page.waitForTimeout(3500);
	await phone.kill();
	const kept = await phone.page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		const [cut] = await draft.cutRecordings();
		const kept = await cut!.keep();
		if (!kept.ok) throw new Error(kept.fault.code);
		return {
			seconds: kept.value.seconds,
			type: kept.value.mediaType,
			left: (await draft.cutRecordings()).length
		};
	}, id);
	expect(kept).toMatchObject({ type: 'audio/webm', left: 0 });
	expect(kept.seconds).toBeGreaterThan(1.5);
});

test('DRA-32 sound and clip are recorded, with their length, and put into the draft', async () => {
	const files = await phone.page.evaluate(async () => {
		const draft = await drafting.open(await drafting.begin());
		const sound = await draft.recordSound();
		if (!sound.ok) throw new Error(sound.fault.code);
		const levels: number[] = [];
		sound.value.watch(({ level }) => levels.push(level));
		await new Promise((resolve) => setTimeout(resolve, 1600));
		const kept = await sound.value.stop();
		const camera = await drafting.openCamera('clip');
		if (!camera.ok) throw new Error(camera.fault.code);
		const photo = await draft.addPicture(await camera.value.take());
		const clip = await draft.recordClip(camera.value);
		if (!clip.ok) throw new Error(clip.fault.code);
		await new Promise((resolve) => setTimeout(resolve, 1600));
		const filmed = await clip.value.stop();
		camera.value.close();
		for (const each of [kept, photo, filmed]) if (!each.ok) throw new Error(each.fault.code);
		return { files: draft.state.draft.files, loud: Math.max(...levels) };
	});
	expect(files.files.map(({ id, mediaType }) => [id, mediaType])).toEqual([
		['sound-1', 'audio/webm'],
		['picture-1', 'image/webp'],
		['clip-1', 'video/webm']
	]);
	expect(files.loud).toBeGreaterThan(0.01);
	expect(files.files[0]!.seconds).toBeGreaterThan(1);
	expect(files.files[2]!.seconds).toBeGreaterThan(1);
});

test('DRA-32 a full disk ends a recording, which says so', async () => {
	const id = await phone.page.evaluate(() => drafting.begin());
	await phone.fillDisk();
	const code = await phone.page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		const recording = await draft.recordSound();
		if (!recording.ok) return recording.fault.code;
		return new Promise((resolve) => recording.value.watch(({ fault }) => fault && resolve(fault.code)));
	}, id);
	expect(code).toBe('storage/full');
});

for (const role of ['clip', 'sound'] as const) {
	test(`DRA-32 a disk that fills up in the middle of a ${role} keeps what was recorded until then, and the draft`, async () => {
		test.setTimeout(90_000);
		const id = await phone.page.evaluate(async () => {
			const id = await drafting.begin();
			const draft = await drafting.open(id);
			draft.change((each) => drafting.edit.setWords(each, 'en', { title: 'Before' }), 'title:en');
			await draft.close();
			return id;
		});
		// Some seconds of it, as the browser itself counts (CDP), and not one more.
		const makeRoom = await phone.leaveRoom(role === 'clip' ? 400_000 : 40_000);
		const full = await phone.page.evaluate(
			async ([id, role]) => {
				const draft = await drafting.open(id);
				const camera = role === 'clip' ? await drafting.openCamera('clip') : null;
				if (camera && !camera.ok) throw new Error(camera.fault.code);
				const recording = camera?.ok ? await draft.recordClip(camera.value) : await draft.recordSound();
				if (!recording.ok) throw new Error(recording.fault.code);
				return new Promise<{ fault: string; bytes: number }>((resolve) => {
					recording.value.watch(({ fault, bytes }) => fault && resolve({ fault: fault.code, bytes }));
				});
			},
			[id, role] as const
		);
		expect(full.fault).toBe('storage/full');
		expect(full.bytes).toBeGreaterThan(5_000);
		await makeRoom();
		await phone.kill();
		const after = await phone.page.evaluate(async (id) => {
			const draft = await drafting.open(id);
			const { title } = draft.state.draft.words.en!;
			const [cut, ...others] = await draft.cutRecordings();
			const kept = await cut!.keep();
			if (!kept.ok) throw new Error(kept.fault.code);
			const { seconds, size } = kept.value;
			return { title, others: others.length, seconds, size, files: draft.state.draft.files.length };
		}, id);
		expect(after).toMatchObject({ title: 'Before', others: 0, files: 1 });
		expect(after.seconds).toBeGreaterThan(1);
		// All that was said to be on the disk, but for what a container of its own drops.
		expect(after.size).toBeGreaterThan(full.bytes * 0.9);
	});
}
