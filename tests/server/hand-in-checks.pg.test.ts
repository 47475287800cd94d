/** What a machine finds wrong with a hand-in, and what becomes of it then (docs/spec/hand-in.md, HND-20 to HND-27). */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/core/base/hash.ts';
import { buildPackage } from '../../src/lib/core/packages/build.ts';
import { checkSource, type CheckedSource } from '../../src/lib/core/packages/source/check.ts';
import { currentManifest } from '../../src/lib/server/packages/repository.ts';
import { openHandInDesk, rolesOf, type Author, type HandInDesk } from '../factories/hand-in-desk.ts';
import { publishSource } from '../factories/ground.ts';
import {
	courseBy,
	handedIn,
	phoneCourseBy,
	snapshotOf,
	WEBM,
	type HandedIn
} from '../factories/handed-in.ts';
import { makeWebp } from '../factories/webp.ts';
import { makeMp4 } from '../factories/mp4.ts';
import type { SourceFactory } from '../factories/package-source.ts';

let desk: HandInDesk;
beforeAll(async () => {
	desk = await openHandInDesk();
});
afterAll(() => desk.close());

/** Built though the check would refuse it, as only somebody's own program does. */
async function forced(good: SourceFactory, spoil: (source: SourceFactory) => void): Promise<HandedIn> {
	const { source, faults } = checkSource(good.files);
	if (!source) throw new Error(JSON.stringify(faults));
	const before = good.text('package.json');
	spoil(good);
	const meta = good.text('package.json') === before ? source.package : JSON.parse(good.text('package.json'));
	const languages = Object.fromEntries(
		Object.keys(source.languages).map((tag) => [tag, JSON.parse(good.text(`${tag}/package.json`))])
	);
	return snapshotOf(
		await buildPackage({ ...source, package: meta, languages, files: good.files } as CheckedSource)
	);
}

/** Sends all of it; answers state and faults. */
async function outcome(who: Author, work: HandedIn, request = work.request) {
	const { submission } = await desk.sendAll(who, work, await desk.handIn(who, request));
	return { ...submission, codes: submission.faults.map(({ code }) => code) };
}

describe('is what it says (HND-20)', () => {
	it('another package, version or list of blobs than announced is refused', async () => {
		const who = await desk.author();
		for (const change of [{ package: 'course-other' }, { version: '1.9.0' }]) {
			const work = await handedIn(courseBy(who.name));
			expect(await outcome(who, work, { ...work.request, ...change })).toMatchObject({
				state: 'refused',
				codes: ['hand-in/not-as-said']
			});
		}
		const work = await handedIn(courseBy(who.name));
		const less = { ...work.request, blobs: work.request.blobs.slice(0, -1) };
		expect(await outcome(who, work, less)).toMatchObject({ codes: ['hand-in/blobs-differ'] });
	});

	it('a manifest that is none, or text that is not whole by its own account', async () => {
		const who = await desk.author();
		const work = await handedIn(courseBy(who.name));
		const bytes = new TextEncoder().encode('{"format":"setara-package/1"}');
		const digest = await sha256(bytes);
		const blobs = work.request.blobs.map((blob) =>
			blob.role === 'manifest' ? { ...blob, digest, size: bytes.length } : blob
		);
		work.blobs.set(digest, bytes);
		const request = { ...work.request, manifest: digest, blobs };
		expect(await outcome(who, work, request)).toMatchObject({ codes: ['package/bad-shape'] });
		const { request: whole } = work;
		const lacking = whole.blobs.filter(({ role }, at) => role !== 'pack' || at % 2 === 0);
		expect((await outcome(who, work, { ...whole, draft: randomUUID(), blobs: lacking })).state).toBe(
			'refused'
		);
	});
});

describe('who made it (HND-21)', () => {
	it('is named, and it is a kind that people hand in', async () => {
		const who = await desk.author();
		expect(await outcome(who, await handedIn(courseBy('Somebody Else')))).toMatchObject({
			codes: ['hand-in/not-named']
		});
		const bigger = courseBy(who.name).edit('package.json', (json) => (json.kind = 'resource-package'));
		expect(await outcome(who, await handedIn(bigger))).toMatchObject({ codes: ['hand-in/wrong-kind'] });
	});
});

describe('the next version (HND-22)', () => {
	it('takes the place of what is out and counts on from it', async () => {
		const who = await desk.author();
		const id = `course-${randomUUID().slice(0, 8)}`;
		const first = await handedIn(courseBy(who.name, id));
		const { id: submission } = await outcome(who, first);
		await publishSource(desk.ground, courseBy(who.name, id));
		await desk.ground.database.pool.query(
			`insert into submission_log values ($1, 9, now(), null, 'publish', '{"languages":["en"]}')`,
			[submission]
		);
		await desk.ground.database.pool.query(`update submissions set state = 'published' where id = $1`, [
			submission
		]);
		const current = await currentManifest(desk.ground.database, id);
		const next = (version: string, supersedes: string | null) =>
			handedIn(
				courseBy(who.name, id).edit('package.json', (json) => Object.assign(json, { version, supersedes }))
			);
		expect(await outcome(who, await next('9.0.0', null))).toMatchObject({ codes: ['hand-in/not-newest'] });
		expect(await outcome(who, await next('0.9.0', current))).toMatchObject({
			codes: ['hand-in/old-version']
		});
		expect(await outcome(who, await next('9.0.0', current))).toMatchObject({
			state: 'in-review',
			faults: []
		});
	});
});

const EVIL = '<script>fetch("https://evil.example")</script><img src=x onerror=alert(1)>';

describe('text (HND-23)', () => {
	it('HTML and script in a lesson, transcript, caption or drawing are refused with file and line', async () => {
		const who = await desk.author();
		const spots: [string, string, string][] = [
			['en/units/hands.md', 'lesson/html', `x\n\n${EVIL}\n`],
			['en/media/welcome.md', 'lesson/html', `${EVIL}\n`],
			['shared/figures/panel.svg', 'figure/element-refused', '']
		];
		for (const [path, code, text] of spots) {
			const good = courseBy(who.name);
			if (!good.files.has(path)) continue;
			const work = await forced(good, (source) =>
				text ? source.put(path, text) : source.replace(path, '</svg>', '<script>alert(1)</script></svg>')
			);
			const { state, faults } = await outcome(who, work);
			expect(state).toBe('refused');
			expect(faults.find((fault) => fault.code === code)?.file).toMatch(path);
		}
	});

	it('in titles, summaries and notes they are words like others, in JSON that no browser takes for a page', async () => {
		const who = await desk.author();
		const good = courseBy(who.name);
		const work = await forced(good, (source) =>
			source.edit('en/package.json', (json) => {
				json.title = EVIL;
				json.summary = EVIL;
				for (const unit of Object.values<{ title: string; summary: string }>(json.units)) {
					Object.assign(unit, { title: EVIL, summary: EVIL });
				}
			})
		);
		const request = { ...work.request, title: EVIL, note: EVIL };
		const found = await outcome(who, work, request);
		if (found.state === 'in-review') expect(found.title).toBe(EVIL);
		else expect(found.codes.length).toBeGreaterThan(0);
		const answer = await desk.get(who, `/api/hand-in/${found.id}`);
		expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
	});

	it('says what is wrong in the language of the author', async () => {
		const who = await desk.author('teacher', 'th');
		const work = await forced(courseBy(who.name), (source) =>
			source.put('en/units/hands.md', `x\n\n${EVIL}\n`)
		);
		const { faults } = await outcome(who, work);
		expect(faults.find(({ code }) => code === 'lesson/html')!.message).toMatch(/[\u0e00-\u0e7f]/);
	});

	it('what building would not give is refused, though every digest is right (HND-24)', async () => {
		const who = await desk.author();
		// A credit that the shared part alone has: no source says that.
		const good = courseBy(who.name);
		const { source } = checkSource(good.files);
		const built = await buildPackage({
			...source!,
			mediaUnits: new Map([...source!.mediaUnits.keys()].map((id) => [id, 'hands']))
		} as CheckedSource);
		const work = snapshotOf(built);
		const found = await outcome(who, work);
		expect([found.state, found.codes]).toEqual(['refused', ['hand-in/not-canonical']]);
	});
});

describe('media (HND-25)', () => {
	const zip = (length: number) => {
		const bytes = new Uint8Array(length).fill(0x41);
		bytes.set([0x50, 0x4b, 3, 4]);
		return bytes;
	};
	const isKept = (digest: string) =>
		stat(join(desk.ground.folder, 'incoming', digest.slice(0, 2), digest)).then(
			() => true,
			() => false
		);

	it.each(['text first', 'media first'])(
		'a file that is not what it says is refused and not kept, %s; after a fix only what changed travels',
		async (order) => {
			const who = await desk.author();
			const good = courseBy(who.name);
			const path = [...good.files.keys()].find((each) => each.endsWith('.360p.mp4'))!;
			const right = makeMp4({ data: order.length * 100 });
			const bad = zip(9000);
			const work = await forced(good, (source) => source.put(path, bad));
			const digest = await sha256(bad);
			const { submission, missing } = await desk.handIn(who, work.request);
			const text = missing.filter((each) => each !== digest);
			for (const each of order === 'text first' ? text : [digest, ...text]) {
				await desk.sendOne(who, work, submission.id, each);
			}
			if (order === 'text first') {
				expect((await desk.look(who, submission.id)).submission.state).toBe('in-review');
				await expect(desk.sendOne(who, work, submission.id, digest)).rejects.toThrow('media/not-mp4');
			}
			const after = await desk.look(who, submission.id);
			expect(after.submission).toMatchObject({
				state: 'refused',
				faults: [{ code: 'media/not-mp4', file: path }]
			});
			expect(after.missing).toEqual([]);
			expect(await isKept(digest)).toBe(false);
			// The good part was not lost.
			good.put(path, right);
			const fixed = await handedIn(good, work.request.draft);
			const again = await desk.handIn(who, fixed.request);
			const travels = new Set([
				fixed.built.manifest.digest,
				fixed.built.parts[0]!.digest,
				await sha256(right)
			]);
			expect(new Set(again.missing)).toEqual(travels);
			const done = await desk.sendAll(who, fixed, again);
			expect(done.submission).toMatchObject({ state: 'in-review', faults: [] });
		}
	);

	it('a film of another size than its name says is refused', async () => {
		const who = await desk.author();
		const good = courseBy(who.name);
		const path = [...good.files.keys()].find((each) => each.endsWith('.360p.mp4'))!;
		const work = await forced(good, (source) => source.put(path, makeMp4({ height: 30_000 })));
		expect(await outcome(who, work).catch((error: Error) => error.message)).toMatchObject(
			expect.stringContaining('media/wrong-size')
		);
	});

	const utf8 = (text: string) => new TextEncoder().encode(text);
	it.each<[string, string, Uint8Array, string]>([
		[
			'a photo that is a page',
			'shared/media/knot.webp',
			utf8('<html><script>1</script>'.repeat(9)),
			'media/not-webp'
		],
		[
			'a picture bomb',
			'shared/media/knot.webp',
			makeWebp({ width: 4000, height: 4000 }),
			'media/too-many-pixels'
		],
		[
			'a picture bomb in a small frame',
			'shared/media/knot.webp',
			makeWebp({ form: 'VP8X', width: 64, height: 64, inner: 16_000 }),
			'media/'
		],
		[
			'a photo with its place',
			'shared/media/knot.webp',
			makeWebp({ form: 'VP8X', extra: ['EXIF'] }),
			'media/has-location'
		],
		['a sound that is a program', 'th/media/say.audio.webm', utf8('MZ'.repeat(200)), 'media/not-audio'],
		[
			'a clip with its place',
			'shared/media/clip.360p.webm',
			Uint8Array.from([...WEBM, ...utf8('TAGLOCATION+17.96+102.61/')]),
			'media/has-location'
		],
		['a clip that is an archive', 'shared/media/clip.360p.webm', zip(4000), 'media/not-webm']
	])('%s is refused with a sentence, and deleted', async (_, path, bytes, code) => {
		const who = await desk.author();
		const work = await forced(phoneCourseBy(who.name), (source) => source.put(path, bytes));
		const digest = await sha256(bytes);
		const { submission, missing } = await desk.handIn(who, work.request);
		for (const each of [...missing.filter((one) => one !== digest), digest]) {
			const failed = await desk.sendOne(who, work, submission.id, each).catch((error: Error) => error);
			if (failed) expect([each, failed.message]).toEqual([digest, expect.stringContaining(code)]);
		}
		const after = (await desk.look(who, submission.id)).submission;
		expect(after.state).toBe('refused');
		expect(after.faults[0]).toMatchObject({ file: path, code: expect.stringContaining(code) });
		expect(after.faults[0]!.message).toMatch(/^[A-Z].* .*\.$/);
		expect(await isKept(digest)).toBe(false);
	});

	it('a picture that states more than a page can name is refused with the text', async () => {
		const who = await desk.author();
		const bomb = makeWebp({ width: 16_383, height: 16_383 });
		const work = await forced(phoneCourseBy(who.name), (source) =>
			source.put('shared/media/knot.webp', bomb)
		);
		expect(await outcome(who, work)).toMatchObject({ state: 'refused', codes: ['package/bad-shape'] });
	});

	it('photo, sound and clip of a phone pass', async () => {
		const who = await desk.author();
		const work = await handedIn(phoneCourseBy(who.name));
		const answer = await desk.handIn(who, work.request);
		expect(new Set(rolesOf(work, answer.missing))).toEqual(
			new Set(['manifest', 'part', 'pack', 'picture', 'audio', 'video'])
		);
		const done = await desk.sendAll(who, work, answer);
		expect(done.submission).toMatchObject({
			state: 'in-review',
			faults: [],
			received: done.submission.bytes
		});
	});

	it('a film of two sizes must not name a place either', async () => {
		const who = await desk.author();
		const udta = Uint8Array.from([0, 0, 0, 20, ...utf8('udta'), 0, 0, 0, 12, 0xa9, ...utf8('xyz+17.')]);
		const placed = Uint8Array.from([...makeMp4({ data: 4321 }), ...udta]);
		const work = await forced(courseBy(who.name), (source) =>
			source.put('shared/media/clip.360p.mp4', placed)
		);
		const failed = await outcome(who, work).catch((error: Error) => error.message);
		expect(failed).toContain('media/has-location');
	});
});
