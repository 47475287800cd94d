/** Drafts on a real IndexedDB (DRA-20 to DRA-34): kills, tabs, a full disk, photos, recordings. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { openProfile } from '../factories/browser.ts';
import { bundleOf } from '../factories/bundle.ts';
import type { DraftTests } from '../factories/drafts-entry.ts';
import { DEVICE, withExif, withPlace } from '../factories/jpeg.ts';

declare global {
	var drafting: DraftTests;
}

/** How often the browser is killed while somebody types. */
const KILLS = Number(process.env.KILLS ?? 10);
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

let code: string;
let http: Server;
let origin: string;
let folder: string;
let context: BrowserContext;
let page: Page;

test.beforeAll(async () => {
	code = await bundleOf('tests/factories/drafts-entry.ts');
	http = createServer((request, response) => {
		if (request.url === '/code.js')
			response.setHeader('content-type', 'text/javascript; charset=utf-8').end(code);
		else
			response
				.setHeader('content-type', 'text/html')
				.end('<!doctype html><title>x</title><script src="/code.js"></script>');
	});
	await new Promise((done) => http.listen(0, '127.0.0.1', () => done(null)));
	origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
});
test.afterAll(() => new Promise((done) => http.close(done)));

test.beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'setara-drafts-'));
	await openPhone();
});
test.afterEach(async () => {
	await context.close().catch(() => {});
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function openPhone(): Promise<void> {
	context = await openProfile(folder, { args: FAKE_CAMERA });
	page = context.pages()[0] ?? (await context.newPage());
	page.on('pageerror', (error) => console.log(error.message));
	await page.goto(origin);
}

/** Kills this test's browser, all of its processes, as a phone without power would. Answers when. */
async function kill(): Promise<number> {
	const killed = Date.now();
	for (const id of await readdir('/proc')) {
		if (!/^\d+$/.test(id)) continue;
		const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
		if (command.includes(folder)) process.kill(Number(id), 'SIGKILL');
	}
	await context.close().catch(() => {});
	return killed;
}

const titleOnDisk = (id: string) =>
	page.evaluate(async (draft) => {
		const opened = await drafting.open(draft);
		const { title } = opened.state.draft.words.en!;
		await opened.close();
		return Number(title);
	}, id);

test(`DRA-20 ${KILLS} kills lose at most half a second of typing each`, async () => {
	test.setTimeout(60_000 + KILLS * 15_000);
	const id = await page.evaluate(() => drafting.begin());
	const lost: number[] = [];
	for (let n = 0; n < KILLS; n++) {
		await page.evaluate((draft) => drafting.type(draft), id);
		// Never at the same moment of a save.
		await page.waitForTimeout(400 + ((n * 137) % 350));
		const killed = await kill();
		await openPhone();
		lost.push(killed - (await titleOnDisk(id)));
	}
	test.info().annotations.push({ type: 'lost, ms', description: lost.join(' ') });
	expect(Math.max(...lost)).toBeLessThanOrEqual(500);
	expect(Math.min(...lost)).toBeGreaterThan(-50);
});

test('DRA-21 undo and redo outlive a kill', async () => {
	const id = await page.evaluate(async () => {
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		for (const title of ['one', 'two']) {
			draft.change((each) => drafting.edit.setWords(each, 'en', { title }));
		}
		await draft.flush();
		return id;
	});
	await kill();
	await openPhone();
	const titles = await page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		const title = () => draft.state.draft.words.en?.title ?? null;
		const seen = [title()];
		draft.undo();
		seen.push(title());
		draft.undo();
		seen.push(title());
		draft.redo();
		return [...seen, title()];
	}, id);
	expect(titles).toEqual(['two', 'one', null, 'one']);
});

test('DRA-23 of two tabs one writes; the other follows, and takes over with nothing lost', async () => {
	const other = await context.newPage();
	await other.goto(origin);
	const id = await page.evaluate(async () => {
		const id = await drafting.begin();
		Object.assign(globalThis, { draft: await drafting.open(id) });
		return id;
	});
	const state = (tab: Page) =>
		tab.evaluate(() => {
			const { state } = (globalThis as unknown as { draft: Awaited<ReturnType<DraftTests['open']>> }).draft;
			return [state.otherTab, state.draft.words.en?.title ?? null];
		});
	const write = (tab: Page, title: string) =>
		tab.evaluate((title) => {
			const { draft } = globalThis as unknown as { draft: Awaited<ReturnType<DraftTests['open']>> };
			return draft.change((each) => drafting.edit.setWords(each, 'en', { title }), 'title').ok;
		}, title);
	await other.evaluate(async (id) => {
		Object.assign(globalThis, { draft: await drafting.open(id) });
	}, id);
	expect([await state(page), await state(other)]).toEqual([
		[false, null],
		[true, null]
	]);
	expect(await write(other, 'no')).toBe(false);
	await write(page, 'first');
	await expect.poll(() => state(other)).toEqual([true, 'first']);
	await write(page, 'first, and a word');
	await other.evaluate(() =>
		(globalThis as unknown as { draft: Awaited<ReturnType<DraftTests['open']>> }).draft.takeOver()
	);
	await expect.poll(() => state(other)).toEqual([false, 'first, and a word']);
	expect(await write(other, 'second')).toBe(true);
	await expect.poll(() => state(page)).toEqual([true, 'second']);
	expect(await write(page, 'no')).toBe(false);
	await other.close();
	await expect.poll(() => state(page)).toEqual([false, 'second']);
});

/** Chromium asks how much room there is only now and then: a browser that has just begun does. */
async function fillDisk(): Promise<() => Promise<void>> {
	await context.close();
	await openPhone();
	const inspector = await context.newCDPSession(page);
	const host = origin.slice(0, -1);
	await inspector.send('Storage.overrideQuotaForOrigin', { origin: host, quotaSize: 1 });
	return () => inspector.send('Storage.overrideQuotaForOrigin', { origin: host }).then(() => {});
}

test('DRA-22 on a full disk the text stays in the tab and is saved once there is room', async () => {
	const id = await page.evaluate(() => drafting.begin());
	const makeRoom = await fillDisk();
	await page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		Object.assign(globalThis, { draft });
		draft.change((each) => drafting.edit.setWords(each, 'en', { goal: 'x'.repeat(1000) }), 'goal');
	}, id);
	const state = () =>
		page.evaluate(() => {
			const { state } = (globalThis as unknown as { draft: Awaited<ReturnType<DraftTests['open']>> }).draft;
			return {
				fault: state.fault?.code ?? null,
				saving: state.isSaving,
				text: state.draft.words.en?.goal.length ?? 0
			};
		});
	await expect.poll(state).toEqual({ fault: 'storage/full', saving: true, text: 1000 });
	await makeRoom();
	await expect.poll(state, { timeout: 60_000 }).toEqual({ fault: null, saving: false, text: 1000 });
});

test('DRA-30 a photo is upright, small, and says nothing of place or device', async () => {
	const plain = await page.evaluate(async () => {
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
	const small = await page.evaluate(async (photo) => {
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
	const code = await page.evaluate(async () => {
		const small = await drafting.shrinkPhoto(new Blob(['<svg onload=alert(1)>'], { type: 'image/jpeg' }));
		return small.ok ? null : small.fault.code;
	});
	expect(code).toBe('draft/picture-unreadable');
});

for (const codec of ['avc', 'vp9'] as const) {
	test(`DRA-31 a clip (${codec}) keeps its frames and loses its place`, async () => {
		const place = '+16.5563+104.7573/';
		const film = await page
			.evaluate(async (codec) => [...(await drafting.film(codec))], codec)
			.catch((error: Error) => {
				test.skip(/not supported|NotSupported|encod/i.test(error.message), 'this Chromium cannot encode it');
				throw error;
			});
		const filmed = withPlace(Uint8Array.from(film), place);
		expect(Buffer.from(filmed).includes(place)).toBe(true);
		const made = await page.evaluate(
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
	const codes = await page.evaluate(async () => {
		const none = await drafting.remux(new Blob(['not a film at all']), 'clip');
		const large = await drafting.remux(new Blob([new Uint8Array(201 * 1024 * 1024)]), 'clip');
		return [none, large].map((each) => (each.ok ? null : each.fault.code));
	});
	expect(codes).toEqual(['draft/media-unreadable', 'draft/clip-too-large']);
});

test('DRA-32 a recording that a kill cut off is on the disk up to the last second, and can be kept', async () => {
	const id = await page.evaluate(async () => {
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		const recording = await draft.recordSound();
		if (!recording.ok) throw new Error(recording.fault.code);
		return id;
	});
	await page.waitForTimeout(3500);
	await kill();
	await openPhone();
	const kept = await page.evaluate(async (id) => {
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
	const files = await page.evaluate(async () => {
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
	const id = await page.evaluate(() => drafting.begin());
	await fillDisk();
	const code = await page.evaluate(async (id) => {
		const draft = await drafting.open(id);
		const recording = await draft.recordSound();
		if (!recording.ok) return recording.fault.code;
		return new Promise((resolve) => recording.value.watch(({ fault }) => fault && resolve(fault.code)));
	}, id);
	expect(code).toBe('storage/full');
});

test("DRA-1 drafts are the profile's: signing out hides them, forgetting takes them away", async () => {
	const counts = await page.evaluate(async () => {
		const account = { id: 'a', name: 'Khamla', token: 't' };
		await drafting.signedIn(account, true);
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		const canvas = new OffscreenCanvas(20, 20);
		canvas.getContext('2d');
		await draft.addPicture(await canvas.convertToBlob());
		await draft.close();
		const list = () =>
			new Promise<number>((resolve) => {
				const end = drafting.drafts.watch((all) => (resolve(all.length), queueMicrotask(() => end())));
			});
		const here = await list();
		await drafting.signedOut();
		const hidden = [await list(), (await drafting.drafts.open(id)).ok];
		await drafting.signedIn(account, false);
		const back = await list();
		await drafting.drafts.remove(id);
		const removed = await list();
		await drafting.drafts.restore(id);
		const restored = await list();
		await drafting.forgetProfile();
		const left = [
			await drafting.safe.drafts.count(),
			await drafting.safe.draftChanges.count(),
			await drafting.safe.workBlobs.count()
		];
		return { here, hidden, back, removed, restored, left };
	});
	expect(counts).toEqual({ here: 1, hidden: [0, false], back: 1, removed: 0, restored: 1, left: [0, 0, 0] });
});

test('DRA-42 a snapshot is handed in, is replaced by the next one, and goes on after a kill', async () => {
	const id = await page.evaluate(async () => {
		await drafting.signedIn({ id: 'teacher', name: 'Khamla', token: 't' }, true);
		const id = await drafting.begin();
		const draft = await drafting.open(id);
		draft.change((each) => drafting.filled(each));
		await draft.close();
		const server = new drafting.FakeHandIns();
		server.link = 3000;
		const handIns = drafting.createHandIns(drafting.safe, server);
		const handed = await handIns.handIn(id, 'photographed at our workshop');
		if (!handed.ok) throw new Error(JSON.stringify(handed.fault));
		await handIns.run();
		return id;
	});
	await kill();
	await openPhone();
	const result = await page.evaluate(async (id) => {
		const server = new drafting.FakeHandIns();
		const handIns = drafting.createHandIns(drafting.safe, server);
		const views = () =>
			new Promise<string[]>((resolve) => {
				const end = handIns.watch(
					(all) => (
						resolve(all.map(({ state, replaced }) => `${state}${replaced ? ' replaced' : ''}`)),
						queueMicrotask(() => end())
					)
				);
			});
		await handIns.run();
		const first = await views();
		const draft = await drafting.open(id);
		draft.change((each) => drafting.edit.setWords(each, 'en', { title: 'Another title' }));
		await draft.close();
		const again = await handIns.handIn(id, null);
		await handIns.run();
		return {
			first,
			again: again.ok,
			then: await views(),
			note: [...server.submissions.values()][0]!.request.note
		};
	}, id);
	expect(result).toEqual({
		first: ['in-review'],
		again: true,
		then: ['in-review', 'superseded replaced'],
		note: 'photographed at our workshop'
	});
});
