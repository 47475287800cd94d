/** Drafts on a real phone's store, without a server: bundled into a page by `drafts.browser.ts`. */
import * as media from 'mediabunny';
import * as edit from '../../src/lib/core/drafts/edit.ts';
import { openDatabases } from '../../src/lib/device/db/schema.ts';
import { openCamera } from '../../src/lib/device/drafts/camera.ts';
import { createDrafts } from '../../src/lib/device/drafts/drafts.ts';
import { createHandIns } from '../../src/lib/device/drafts/hand-ins.ts';
import { shrinkPhoto } from '../../src/lib/device/drafts/photo.ts';
import { remux } from '../../src/lib/device/drafts/remux.ts';
import { findWork } from '../../src/lib/device/drafts/take-work.ts';
import { waitingWork } from '../../src/lib/device/drafts/waiting.ts';
import { writeWork } from '../../src/lib/device/drafts/write-work.ts';
import { setRoomLimit } from '../../src/lib/device/packages/room.ts';
import { forgetProfile, signedIn, signedOut } from '../../src/lib/device/progress/profiles.ts';
import { filled, WHO } from './drafts.ts';
import { FakeHandIns } from './hand-in-server.ts';

const { safe } = openDatabases();
const drafts = createDrafts(safe);

/** A new draft of a template; its id. */
async function begin(): Promise<string> {
	const made = await drafts.create({
		template: 'one-skill',
		languages: ['en'],
		sector: 'energy',
		who: WHO,
		words: (word) => `The ${word}`
	});
	if (!made.ok) throw new Error(made.fault.code);
	return made.value;
}

async function open(id: string) {
	const opened = await drafts.open(id);
	if (!opened.ok) throw new Error(opened.fault.code);
	return opened.value;
}

/** A film of some frames and a tone in H.264 or VP9, in an MP4 whose index comes last. */
async function film(codec: 'avc' | 'vp9', width = 640, height = 360): Promise<Uint8Array> {
	const target = new media.BufferTarget();
	const output = new media.Output({ format: new media.Mp4OutputFormat({ fastStart: false }), target });
	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d')!;
	const source = new media.CanvasSource(canvas, { codec, bitrate: 300_000 });
	output.addVideoTrack(source);
	await output.start();
	for (let frame = 0; frame < 20; frame++) {
		context.fillStyle = frame % 2 ? '#1f4585' : '#f5b81c';
		context.fillRect(0, 0, width, height);
		await source.add(frame / 10, 0.1);
	}
	await output.finalize();
	return new Uint8Array(target.buffer!);
}

/** Writes a time every few milliseconds as somebody types: what is on the disk later says when it was typed. */
async function type(id: string): Promise<void> {
	const draft = await open(id);
	setInterval(() => {
		const title = String(Date.now());
		draft.change((each) => edit.setWords(each, 'en', { title }), 'title:en');
	}, 15);
}

/** Bytes of a file as a test outside of the page can hold them, and back. */
const base64Of = (file: Blob): Promise<string> =>
	new Promise((resolve) => {
		const reader = new FileReader();
		reader.onload = () => resolve((reader.result as string).split(',')[1]!);
		reader.readAsDataURL(file);
	});
const fileFrom = async (base64: string): Promise<Blob> =>
	(await fetch(`data:application/octet-stream;base64,${base64}`)).blob();

const tests = {
	...{ safe, drafts, begin, open, film, type, edit, filled, createHandIns, FakeHandIns },
	...{ shrinkPhoto, remux, openCamera, forgetProfile, signedIn, signedOut },
	...{ writeWork, findWork, waitingWork, setRoomLimit, base64Of, fileFrom }
};

export type DraftTests = typeof tests;
Object.assign(globalThis, { drafting: tests });
