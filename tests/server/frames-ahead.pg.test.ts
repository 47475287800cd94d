/** Frames made ahead (PCK-20, PCK-23 to PCK-29): after publishing, once, within a budget, and through a kill. */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readInstallBundle } from '../../src/lib/core/packages/install-bundle.ts';
import { writeBackup } from '../../src/lib/server/backup/write.ts';
import type { BlobStore } from '../../src/lib/server/packages/blob-store.ts';
import { createBundles } from '../../src/lib/server/packages/bundles.ts';
import { makeQueued, planFrames, sweepFrames } from '../../src/lib/server/packages/frames-ahead.ts';
import { createFrames } from '../../src/lib/server/packages/frames.ts';
import { publishBuilt } from '../../src/lib/server/packages/publish.ts';
import { createVersions } from '../../src/lib/server/packages/versions.ts';
import { frameName } from '../../src/lib/server/packages/wire.ts';
import { makeFramesAhead } from '../../src/lib/server/start/making-frames.ts';
import { approveAsDemonstration, publishRecall } from '../../src/lib/server/trust/trust.ts';
import { buildOf, valueOf } from '../factories/built-package.ts';
import { putExpert, recallBy } from '../factories/committee.ts';
import { decode } from '../factories/frames.ts';
import { NOW, openTestGround, publishSource, type TestGround } from '../factories/ground.ts';
import { makeSource, type SourceFactory } from '../factories/package-source.ts';

let ground: TestGround;
beforeAll(async () => void (ground = await openTestGround()));
afterAll(() => ground.close());
beforeEach(async () => {
	await ground.database.pool.query('truncate parts, package_versions, packages, media, frames, frame_plans');
});

const running = new AbortController().signal;
const version = (number: string, source = makeSource()): SourceFactory =>
	source
		.edit('package.json', (json) => (json.version = number))
		.replace('en/units/hands.md', 'Do it.', `Do it as in ${number}.`)
		.replace('th/units/hands.md', 'Do it.', `Do it as in ${number}.`);
const publish = async (source: SourceFactory, now = NOW) => valueOf(await publishSource(ground, source, now));
const planAndMake = async () => {
	await planFrames(ground.database, NOW);
	return makeQueued(ground.frames, running);
};

interface Row {
	pack: string;
	base: string;
	state: string;
	size: string | null;
	at: Date;
}
const rowsOf = async () =>
	(await ground.database.pool.query<Row>('select * from frames order by pack, base')).rows;
const packOf = async (language: string, number: string, id = 'little-sun') => {
	const { rows } = await ground.database.pool.query<{ pack: string }>(
		'select pack from parts where package_id = $1 and version = $2 and language = $3',
		[id, number, language]
	);
	return rows[0]!.pack;
};
const manifestOf = async (id = 'little-sun') =>
	(
		await ground.database.pool.query<{ manifest: string }>(
			'select manifest from packages where package_id = $1',
			[id]
		)
	).rows[0]!.manifest;
const isStored = async ({ pack, base }: Pick<Row, 'pack' | 'base'>) =>
	(await ground.blobs.size(frameName(pack, base))) !== null;
/** Packs by what they are, for a reader of what failed. */
const pairs = async () => {
	const { rows } = await ground.database.pool.query<{ pack: string; name: string }>(
		`select pack, string_agg(distinct package_id || ' ' || version || ' ' || language, ' = ') as name from parts group by pack`
	);
	const name = new Map(rows.map((row) => [row.pack, row.name]));
	return (await rowsOf()).map(({ base, pack }) => `${name.get(base)} → ${name.get(pack)}`).sort();
};

/** The real store, which notes what is written and may wait before it writes. */
function watched(before: () => Promise<void> = () => Promise.resolve()) {
	const written: string[] = [];
	const blobs: BlobStore = {
		...ground.blobs,
		putDerived: async (name, bytes) => {
			written.push(name);
			await before();
			await ground.blobs.putDerived(name, bytes);
		}
	};
	return { blobs, written };
}

describe('making', () => {
	it('PCK-25: publishing makes none and queues none; the job makes updates and other languages', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		expect(await rowsOf()).toEqual([]);
		await planAndMake();
		expect(await pairs()).toEqual([
			'little-sun 1.0.0 en → little-sun 1.1.0 en',
			'little-sun 1.0.0 th → little-sun 1.1.0 th',
			'little-sun 1.1.0 en → little-sun 1.1.0 th',
			'little-sun 1.1.0 th → little-sun 1.1.0 en'
		]);
		for (const row of await rowsOf()) expect([row.state, await isStored(row)]).toEqual(['made', true]);
		expect(await planAndMake()).toBe(0);
	});

	it('PCK-25: takes other packages in the language as bases', async () => {
		await publish(
			version(
				'1.0.0',
				makeSource().edit('package.json', (json) => (json.id = 'big-sun'))
			)
		);
		await planAndMake();
		await publish(makeSource());
		await planAndMake();
		expect(await pairs()).toContain('big-sun 1.0.0 en → little-sun 1.0.0 en');
	});

	it('PCK-25: a language that is approved later gets its frames then', async () => {
		const built = await buildOf();
		const [shared, ...languages] = built.parts;
		const parts = Object.fromEntries(languages.map(({ name, digest }) => [name, digest]));
		const { id, version: number } = built.manifest.manifest;
		const approved = { packageId: id, version: number, shared: shared!.digest, parts };
		const envelopes = await approveAsDemonstration(ground.trust, approved, NOW);
		valueOf(await publishBuilt(ground, built, envelopes, ['en'], NOW));
		await planAndMake();
		expect(await rowsOf()).toEqual([]);
		valueOf(await publishBuilt(ground, built, envelopes, ['en', 'th'], NOW));
		await planAndMake();
		expect(await rowsOf()).toHaveLength(2);
	});

	it('PCK-22: the documents name their exact bytes, and nothing is made for the phone that asks', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		const before = await rowsOf();
		const { blobs, written } = watched();
		const frames = createFrames(ground.database, blobs);
		const bundles = createBundles(ground.blobs, createVersions(ground.database, ground.blobs), frames);
		const [old, pack] = [await packOf('en', '1.0.0'), await packOf('en', '1.1.0')];
		const had = [old, await packOf('', '1.0.0')];
		const answer = valueOf(await bundles.of(await manifestOf(), ['en'], null, had));
		const { based } = valueOf(await readInstallBundle(new Uint8Array(answer)));
		expect([written, await rowsOf()]).toEqual([[], before]);

		const frame = (await frames.of(old, pack))!;
		const bytes = Buffer.concat(await (await frame.stream(0, frame.size - 1)).toArray());
		expect(based).toEqual({ [pack]: { base: old, size: bytes.length } });
		const [base, target] = [await ground.blobs.read(old), await ground.blobs.read(pack)];
		const unpacked = decode(new Uint8Array(bytes), target!.length, new Uint8Array(base!));
		expect(createHash('sha256').update(valueOf(unpacked)).digest('hex')).toBe(pack);
	});

	it('PCK-23: with a good base known, no other is tried while the phone waits', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		const [old, foreign, pack] = [
			await packOf('en', '1.0.0'),
			await packOf('th', '1.0.0'),
			await packOf('en', '1.1.0')
		];
		expect(Object.keys((await ground.frames.sizes([foreign, old], [pack]))[pack]!)).toEqual([old]);
		expect(Object.keys((await ground.frames.sizes([foreign], [pack]))[pack]!)).toEqual([foreign]);
	});

	it('PCK-27: one that is not smaller is not kept, and not tried again', async () => {
		await publish(makeSource());
		const noise = randomBytes(400).toString('hex');
		const foreign = makeSource().edit('package.json', (json) => (json.id = 'other-sun'));
		await publish(foreign.replace('en/units/hands.md', 'Do it.', noise), NOW + 1);
		const [base, pack] = [await packOf('', '1.0.0'), await packOf('en', '1.0.0', 'other-sun')];
		const alone = (await ground.blobs.size(frameName(pack)))!;
		// As if zstd had gained nothing: such a pair depends on its version.
		await ground.blobs.putDerived(frameName(pack), new Uint8Array(1));
		expect(await ground.frames.of(base, pack)).toBeNull();
		const [row] = await rowsOf();
		expect([row!.state, await isStored(row!)]).toEqual(['useless', false]);
		await ground.blobs.putDerived(frameName(pack), new Uint8Array(alone));
		expect(await ground.frames.of(base, pack)).toBeNull();
		expect(await ground.frames.sizes([base], [pack])).toEqual({});
		expect(await rowsOf()).toEqual([row]);
	});

	it('PCK-20: is done once by two servers, the job and several phones at a time', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planFrames(ground.database, NOW);
		const { blobs, written } = watched(() => new Promise((done) => setTimeout(done, 20)));
		const servers = [createFrames(ground.database, blobs), createFrames(ground.database, blobs)];
		const [old, pack] = [await packOf('en', '1.0.0'), await packOf('en', '1.1.0')];
		const asked = await Promise.all([
			...servers.map((frames) => makeQueued(frames, running)),
			...servers.flatMap((frames) => [1, 2, 3].map(() => frames.of(old, pack)))
		]);
		expect(asked.slice(2).every((frame) => frame !== null)).toBe(true);
		expect(written.toSorted()).toEqual([...new Set(written)].toSorted());
		expect(written).toHaveLength(4);
	});

	it('PCK-28: holds what is stored to its budget, the oldest going first', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		const rows = await rowsOf();
		const bytes = rows.reduce((sum, { size }) => sum + Number(size), 0);
		const frames = createFrames(ground.database, ground.blobs, bytes);
		const oldest = rows.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0]!;
		await frames.of(await packOf('th', '1.0.0'), await packOf('en', '1.1.0'));
		const left = await rowsOf();
		expect(left.reduce((sum, { size }) => sum + Number(size), 0)).toBeLessThanOrEqual(bytes);
		expect(left.some(({ pack, base }) => pack === oldest.pack && base === oldest.base)).toBe(false);
		expect(await isStored(oldest)).toBe(false);
	});

	it('PCK-20: makes anew what lost its file, and does without what cannot be made', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		const [old, pack] = [await packOf('en', '1.0.0'), await packOf('en', '1.1.0')];
		await ground.blobs.remove(frameName(pack, old));
		expect((await ground.frames.of(old, pack))!.size).toBeGreaterThan(0);

		const said = vi.spyOn(console, 'error').mockImplementation(() => {});
		const full: BlobStore = { ...ground.blobs, putDerived: () => Promise.reject(new Error('disk is full')) };
		const foreign = await packOf('th', '1.0.0');
		expect(await createFrames(ground.database, full).of(foreign, pack)).toBeNull();
		expect(said).toHaveBeenCalledOnce();
		said.mockRestore();
		expect(await ground.frames.of(foreign, pack)).not.toBeNull();
	});
});

describe('PCK-29: a stop', () => {
	/** Text that takes a while to pack. */
	const long = (number: string) => {
		const source = version(number);
		for (const unit of ['light', 'try']) {
			const words = Array.from({ length: 2900 }, (_, n) =>
				createHash('sha256').update(`${unit} ${n}`).digest('base64').slice(0, 20)
			);
			for (const tag of ['en', 'th']) source.put(`${tag}/units/${unit}.md`, words.join(' '));
		}
		return source;
	};
	const states = async () => (await rowsOf()).map(({ state }) => state);

	it('by a kill in the middle leaves rows that the next start makes, each whole', async () => {
		await publish(long('1.0.0'));
		await publish(long('1.1.0'), NOW + 1);
		const job = fileURLToPath(import.meta.resolve('../factories/frames-ahead-entry.ts'));
		const child = spawn(process.execPath, [job, ground.url, join(ground.folder, 'blobs')], {
			stdio: 'inherit'
		});
		const ended = new Promise((done) => child.on('exit', (_, signal) => done(signal)));
		await vi.waitFor(async () => expect(await states()).toContain('made'), { timeout: 15_000, interval: 5 });
		child.kill('SIGKILL');
		expect(await ended).toBe('SIGKILL');
		expect(await states()).toContain('waiting');
		expect(await makeQueued(ground.frames, running)).toBeGreaterThan(0);
		expect([...new Set(await states())]).toEqual(['made']);
		for (const { pack, base } of await rowsOf()) {
			const frame = (await ground.blobs.read(frameName(pack, base)))!;
			const [dictionary, target] = [await ground.blobs.read(base), await ground.blobs.read(pack)];
			const unpacked = decode(new Uint8Array(frame), target!.length, new Uint8Array(dictionary!));
			expect(valueOf(unpacked)).toEqual(new Uint8Array(target!));
		}
	});

	it('in order ends after the frame at work; the server that starts goes on', async () => {
		await publish(long('1.0.0'));
		await publish(long('1.1.0'), NOW + 1);
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
		try {
			const stop = makeFramesAhead(ground);
			vi.advanceTimersByTime(10_000);
			await vi.waitFor(async () => expect(await states()).toContain('made'), {
				timeout: 15_000,
				interval: 5
			});
			await stop();
			expect(await states()).toContain('waiting');
			const stopAgain = makeFramesAhead(ground);
			vi.advanceTimersByTime(10_000);
			await vi.waitFor(async () => expect([...new Set(await states())]).toEqual(['made']), {
				timeout: 15_000
			});
			await stopAgain();
		} finally {
			vi.useRealTimers();
		}
	});
});

describe('PCK-29: the sweep', () => {
	it('takes away what leads to a version that was superseded, and keeps updates from earlier ones', async () => {
		await publish(version('1.0.0'));
		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		const gone = await rowsOf();
		await publish(version('1.2.0'), NOW + 2);
		await planAndMake();
		await ground.frames.of(await packOf('en', '1.0.0'), await packOf('en', '1.2.0'));
		expect(await sweepFrames(ground)).toBe(gone.length);
		for (const row of gone) expect(await isStored(row)).toBe(false);
		expect(await pairs()).toEqual([
			'little-sun 1.0.0 en → little-sun 1.2.0 en',
			'little-sun 1.1.0 en → little-sun 1.2.0 en',
			'little-sun 1.1.0 th → little-sun 1.2.0 th',
			'little-sun 1.2.0 en → little-sun 1.2.0 th',
			'little-sun 1.2.0 th → little-sun 1.2.0 en'
		]);
		const { rows } = await ground.database.pool.query('select manifest from frame_plans');
		expect(rows).toEqual([{ manifest: await manifestOf() }]);
		expect(await planFrames(ground.database, NOW)).toBe(0);
	});

	it('takes away what needs a base of another package that was superseded', async () => {
		await publish(
			version(
				'1.0.0',
				makeSource().edit('package.json', (json) => (json.id = 'big-sun'))
			)
		);
		await publish(makeSource());
		await planAndMake();
		await publish(
			version(
				'1.1.0',
				makeSource().edit('package.json', (json) => (json.id = 'big-sun'))
			)
		);
		await sweepFrames(ground);
		const left = await pairs();
		expect(left).not.toContain('big-sun 1.0.0 en → little-sun 1.0.0 en');
		expect(left).toContain('little-sun 1.0.0 th → little-sun 1.0.0 en');
	});

	it('takes away what was recalled as pack and as base, until a version replaces it', async () => {
		await publish(
			version(
				'1.0.0',
				makeSource().edit('package.json', (json) => (json.id = 'big-sun'))
			)
		);
		await publish(makeSource());
		await planAndMake();
		const expert = await putExpert(ground, 'Bounmy', 'LA');
		const recall = await recallBy(expert, await buildOf(), { reason: 'Wrong voltage.' });
		valueOf(await publishRecall(ground.trust, 'little-sun', [recall], NOW));
		await sweepFrames(ground);
		expect((await pairs()).filter((pair) => pair.includes('little-sun'))).toEqual([]);
		expect(await pairs()).toContain('big-sun 1.0.0 en → big-sun 1.0.0 th');

		await publish(version('1.1.0'), NOW + 1);
		await planAndMake();
		await sweepFrames(ground);
		expect(await pairs()).toContain('little-sun 1.0.0 en → little-sun 1.1.0 en');
	});
});

it('SRV-60 a backup holds stored frames', async () => {
	await publish(makeSource());
	await planAndMake();
	const folder = await mkdtemp(join(tmpdir(), 'setara-frames-'));
	try {
		const { pool } = ground.database;
		const { tables } = await writeBackup(pool, ground.folder, join(folder, 'backup.tar'), NOW);
		expect(tables).toMatchObject({ frames: 2, frame_plans: 1 });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});
