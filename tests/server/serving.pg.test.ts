/** What the server answers (docs/spec/server.md, SRV-1 to SRV-34), asked through hooks and routes. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../src/lib/core/base/languages.ts';
import { SIMULATION_CSP } from '../../src/lib/core/lessons/simulation.ts';
import { UnitPageSchema } from '../../src/lib/core/lessons/unit-schema.ts';
import { readInstallBundle } from '../../src/lib/core/packages/install-bundle.ts';
import { LibraryPage, PackagePage } from '../../src/lib/core/protocol/library.ts';
import { ENDPOINTS } from '../../src/lib/server/http/endpoints.ts';
import { handOver } from '../../src/lib/server/start/services.ts';
import { ask, handlers, routes } from '../factories/ask.ts';
import { decode } from '../factories/frames.ts';
import { openTestGround, publishSource, type TestGround } from '../factories/ground.ts';
import { makeMp4 } from '../factories/mp4.ts';
import { valueOf } from '../factories/built-package.ts';

const VIDEO = makeMp4({ height: 360, data: 600_000 });
const VIDEO_DIGEST = createHash('sha256').update(VIDEO).digest('hex');
let ground: TestGround;
let page: PackagePage;

beforeAll(async () => {
	ground = await openTestGround();
	handOver(ground);
	expect((await publishSource(ground)).ok).toBe(true);
	page = await json('/api/library/little-sun?lang=en', PackagePage);
});
afterAll(() => ground.close());

async function json<Schema extends v.GenericSchema>(address: string, schema: Schema) {
	const response = await ask(address);
	expect(response.status).toBe(200);
	return v.parse(schema, await response.json());
}
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const refusal = async (address: string, headers?: Record<string, string>) => {
	const response = await ask(address, headers);
	return { status: response.status, ...((await response.json()) as { code: string; message: string }) };
};

describe('library (SRV-10 to SRV-16)', () => {
	it('lists packages in the language asked for, else in their own', async () => {
		const thai = await json('/api/library?lang=th', LibraryPage);
		expect(thai.packages).toMatchObject([{ title: 'A little sun (th)', contentLanguage: 'th' }]);
		const lao = await json('/api/library?lang=lo', LibraryPage);
		expect(lao.packages).toMatchObject([{ title: 'A little sun (en)', contentLanguage: 'en' }]);
		expect(lao.packages[0]!.languages).toEqual(['en', 'th']);
	});

	it('shows a package with its approval, and counts each tier', () => {
		expect(page).toMatchObject({ checked: 'online', approval: { demonstration: true } });
		expect(page.approval.parties.map(({ country }) => country)).toEqual(['LA', 'CN']);
		expect(page.bytes.video - page.bytes.audio).toBe(VIDEO.length);
		expect(page.translations.map(({ language }) => language)).toEqual(['en', 'th']);
	});

	it('answers every unit in the shape that is promised, with the content language apart from the interface', async () => {
		for (const unit of ['light', 'hands', 'try', 'film', 'exam']) {
			const shown = await json(`/api/library/little-sun/${unit}?lang=vi&in=th`, UnitPageSchema);
			expect(shown.contentLanguage).toBe('th');
		}
		const film = await json('/api/library/little-sun/film?lang=en', UnitPageSchema);
		expect(film.videos['clip']!.variants[0]!.url).toMatch(/^\/media\/[0-9a-f]{64}\.mp4$/);
	});

	it('answers 50 requests in 13 languages at once, each in its own', async () => {
		const asked = Array.from({ length: 50 }, (_, at) => LANGUAGE_TAGS[at % LANGUAGE_TAGS.length]!);
		const answers = await Promise.all(
			asked.map(async (tag) => (await ask(`/api/library?lang=${tag}`)).json() as Promise<LibraryPage>)
		);
		answers.forEach(({ packages }, at) =>
			expect(packages[0]!.contentLanguage).toBe(asked[at] === 'th' ? 'th' : 'en')
		);
	});

	it('is asked again cheaply: ETag and 304', async () => {
		const first = await ask('/api/library?lang=en');
		const again = await ask('/api/library?lang=en', { 'if-none-match': first.headers.get('etag')! });
		expect([again.status, await again.text()]).toEqual([304, '']);
	});
});

describe('bad input (SRV-5, SRV-6)', () => {
	it.each([
		['/api/library/nope?lang=en', 404, 'library/not-found'],
		['/api/library/little-sun/nope?lang=en', 404, 'lesson/not-found'],
		['/api/library?lang=xx', 400, 'http/bad-request'],
		['/api/library?in=<script>', 400, 'http/bad-request'],
		["/api/library/x'; drop table packages;--", 400, 'http/bad-request'],
		['/api/library/..%2f..%2fetc', 400, 'http/bad-request'],
		[`/api/library/${'a'.repeat(65)}`, 400, 'http/bad-request'],
		['/blob/..%2f..%2fpostgres-password', 404, 'http/not-found'],
		[`/blob/${'0'.repeat(64)}`, 404, 'http/not-found'],
		[`/blob/${VIDEO_DIGEST.toUpperCase()}`, 404, 'http/not-found'],
		[`/blob/${VIDEO_DIGEST}.mp4`, 404, 'http/not-found'],
		[`/pack/0/${'0'.repeat(64)}.zst`, 404, 'http/not-found'],
		['/pack/0/..%2f..%2fx.zst', 404, 'http/not-found'],
		[`/media/${VIDEO_DIGEST}.html`, 404, 'http/not-found'],
		[`/media/${VIDEO_DIGEST}.svg`, 404, 'http/not-found'],
		['/media/..%2fx.mp4', 404, 'http/not-found'],
		['/sim/little-sun/sizing/vi', 404, 'library/not-found'],
		['/sim/little-sun/..%2f..%2fx/en', 400, 'http/bad-request'],
		['/sim/little-sun/sizing/<script>', 400, 'http/bad-request'],
		['/tuf/..%2f..%2fdemonstration-keys%2froot.pem', 404, 'http/not-found'],
		['/tuf/targets/..%2f..%2fpostgres-password', 404, 'http/not-found'],
		['/tuf/bundle?root=-1', 400, 'http/bad-request'],
		['/tuf/bundle?root=9999999999999', 400, 'http/bad-request'],
		[`/package/${'0'.repeat(64)}/bundle?parts=shared,en`, 404, 'library/not-found'],
		['/package/nope/bundle?parts=shared,en', 400, 'http/bad-request']
	])('%s', async (address, status, code) => {
		const refused = await refusal(address);
		expect([refused.status, refused.code]).toEqual([status, code]);
		// A sentence, not the code.
		expect(refused.message).toMatch(/ /);
	});

	it('does not take more roles than there can be', async () => {
		expect((await refusal(`/tuf/bundle?roles=${'a,'.repeat(3000)}`)).status).toBe(400);
	});

	it('does not take a language that the version lacks, or a thousand of them', async () => {
		const { manifest } = page;
		expect((await refusal(`/package/${manifest}/bundle?parts=shared,vi`)).status).toBe(404);
		expect((await refusal(`/package/${manifest}/bundle?parts=${'en,'.repeat(300)}`)).status).toBe(400);
	});

	it('speaks the language of the browser where the address names none', async () => {
		const thai = await refusal('/api/library/nope', { 'accept-language': 'th;q=0.9, de' });
		const asked = await refusal('/api/library/nope?lang=th', { 'accept-language': 'vi' });
		expect(thai.message).toBe(asked.message);
	});

	it('never breaks on what stands in an address', async () => {
		await fc.assert(
			fc.asyncProperty(fc.webSegment(), fc.webSegment(), async (one, two) => {
				for (const address of [`/api/library/${one}/${two}`, `/sim/${one}/${two}/en`, `/tuf/${one}`]) {
					expect((await ask(address)).status).toBeLessThan(500);
				}
			}),
			{ numRuns: 50 }
		);
	});
});

describe('bytes (SRV-20 to SRV-24)', () => {
	const media = `/media/${VIDEO_DIGEST}.mp4`;

	it('gives media whole, under its type, for good', async () => {
		const response = await ask(media);
		expect(await bytesOf(response)).toEqual(Buffer.from(VIDEO));
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'video/mp4',
			'content-length': String(VIDEO.length),
			'accept-ranges': 'bytes',
			etag: `"${VIDEO_DIGEST}"`,
			'x-content-type-options': 'nosniff',
			'cache-control': expect.stringContaining('immutable'),
			'content-security-policy': expect.stringContaining('sandbox')
		});
	});

	it('gives a blob as bytes without a meaning', async () => {
		const response = await ask(`/blob/${VIDEO_DIGEST}`);
		expect(response.headers.get('content-type')).toBe('application/octet-stream');
	});

	it('answers HEAD with the size and nothing else, a range or not', async () => {
		const response = await ask(media, { range: 'bytes=0-9' }, 'HEAD');
		expect(response.status).toBe(200);
		expect(response.headers.get('content-length')).toBe(String(VIDEO.length));
		expect((await bytesOf(response)).length).toBe(0);
	});

	it('answers any range with exactly those bytes', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(VIDEO.length + 10), fc.nat(VIDEO.length + 10), async (a, b) => {
				const [start, end] = [Math.min(a, b), Math.max(a, b)];
				const response = await ask(media, { range: `bytes=${start}-${end}` });
				if (start >= VIDEO.length) {
					expect(response.status).toBe(416);
					expect(response.headers.get('content-range')).toBe(`bytes */${VIDEO.length}`);
					return;
				}
				const last = Math.min(end, VIDEO.length - 1);
				expect(response.status).toBe(206);
				expect(response.headers.get('content-range')).toBe(`bytes ${start}-${last}/${VIDEO.length}`);
				expect(await bytesOf(response)).toEqual(Buffer.from(VIDEO.subarray(start, last + 1)));
			}),
			{ numRuns: 40 }
		);
	});

	it('starts anew where the client has begun other bytes, and says 304 where it has them', async () => {
		const changed = await ask(media, { range: 'bytes=5-', 'if-range': '"other"' });
		expect(changed.status).toBe(200);
		await changed.body?.cancel();
		const same = await ask(media, { 'if-none-match': `"${VIDEO_DIGEST}"` });
		expect([same.status, (await bytesOf(same)).length]).toEqual([304, 0]);
	});

	it('SRV-24 is read from other origins, what is not here too, after the question that browsers ask first', async () => {
		for (const address of [
			`/blob/${VIDEO_DIGEST}`,
			`/pack/0/${'0'.repeat(64)}.zst`,
			`/blob/${'0'.repeat(64)}`
		]) {
			const response = await ask(address, { origin: 'https://elsewhere.test' });
			expect([address, response.headers.get('access-control-allow-origin')]).toEqual([address, '*']);
			await response.body?.cancel();
			const first = await ask(address, { 'access-control-request-method': 'GET' }, 'OPTIONS');
			expect(first.status).toBe(204);
			expect(first.headers.get('access-control-allow-headers')).toBe('range, if-range');
			expect(first.headers.get('access-control-allow-credentials')).toBeNull();
		}
		const part = await ask(`/blob/${VIDEO_DIGEST}`, { range: 'bytes=0-9' });
		expect(part.headers.get('access-control-expose-headers')).toBe('content-range, etag');
		expect((await bytesOf(part)).length).toBe(10);
		// Nothing else may be: what is about a person least of all.
		expect((await ask('/api/account/me')).headers.get('access-control-allow-origin')).toBeNull();
	});

	it('gives packs as frames that unpack to what they are named after', async () => {
		const { rows } = await ground.database.pool.query('select distinct pack from parts');
		for (const { pack } of rows as { pack: string }[]) {
			const frame = await bytesOf(await ask(`/pack/0/${pack}.zst`, { 'accept-encoding': 'br' }));
			expect(createHash('sha256').update(zstdDecompressSync(frame)).digest('hex')).toBe(pack);
		}
	});
});

describe('frames with a base (PCK-20 to PCK-24)', () => {
	const packsOf = async () => {
		const { rows } = await ground.database.pool.query<{ language: string; pack: string }>(
			'select language, pack from parts order by language'
		);
		return Object.fromEntries(rows.map(({ language, pack }) => [language, pack]));
	};

	it('PCK-20: unpack with that base to the pack that they are named after, by range too', async () => {
		const { en, th } = await packsOf();
		const response = await ask(`/pack/${th}/${en}.zst`);
		expect(response.status).toBe(200);
		const frame = await bytesOf(response);
		const base = (await ground.blobs.read(th!))!;
		const pack = (await ground.blobs.read(en!))!;
		expect(frame.length).toBeLessThan((await bytesOf(await ask(`/pack/0/${en}.zst`))).length);
		expect(decode(new Uint8Array(frame), pack.length, new Uint8Array(base))).toEqual({
			ok: true,
			value: new Uint8Array(pack)
		});
		const rest = await ask(`/pack/${th}/${en}.zst`, { range: 'bytes=10-' });
		expect([rest.status, await bytesOf(rest)]).toEqual([206, frame.subarray(10)]);
	});

	it('PCK-21: are made of packs that were published, and of nothing else', async () => {
		const { en } = await packsOf();
		for (const base of [VIDEO_DIGEST, 'f'.repeat(64), '1', en!]) {
			expect((await ask(`/pack/${base}/${en}.zst`)).status).toBe(404);
		}
		expect((await ask(`/pack/${en}/${VIDEO_DIGEST}.zst`)).status).toBe(404);
	});

	it('PCK-22: their sizes come with the documents, for the packs that a phone says to have', async () => {
		const { en, th } = await packsOf();
		const { rows } = await ground.database.pool.query<{ manifest: string }>('select manifest from packages');
		const bundleOf = (bases: string[]) =>
			ask(`/package/${rows[0]!.manifest}/bundle?parts=shared,en&s=00000000&bases=${bases.join(',')}`);
		const unknown = 'f'.repeat(64);
		const answer = await bundleOf([th!, unknown]);
		// More frames may be there an hour later.
		expect(answer.headers.get('cache-control')).toBe('private, max-age=600');
		const bundle = valueOf(await readInstallBundle(new Uint8Array(await bytesOf(answer))));
		const size = (await bytesOf(await ask(`/pack/${th}/${en}.zst`))).length;
		expect(bundle.based[en!]).toEqual({ base: th, size });
		expect((await bundleOf(Array<string>(9).fill(unknown))).status).toBe(400);
	});
});

describe('install bundle (SRV-31, SRV-32)', () => {
	it('brings all that an install needs before the frames, in as many bytes as the page said', async () => {
		const address = `/package/${page.manifest}/bundle?parts=shared,en`;
		const response = await ask(address, { 'accept-encoding': 'gzip, br, zstd' });
		expect(response.headers.get('content-encoding')).toBe('br');
		const sent = await bytesOf(response);
		const bundle = valueOf(await readInstallBundle(brotliDecompressSync(sent)));
		expect(bundle.blobs.has(page.manifest)).toBe(true);
		expect(bundle.blobs.size).toBe(4);
		const frames = Object.values(bundle.wire.of).reduce((sum, bytes) => sum + bytes, 0);
		expect(frames + sent.length).toBe(page.bytes.text);
	});

	it.each([
		['shared', 3],
		['shared,th,en', 5],
		['en,th,en', 5]
	])('with %s', async (parts, files) => {
		const response = await ask(`/package/${page.manifest}/bundle?parts=${parts}`);
		expect(valueOf(await readInstallBundle(await bytesOf(response))).blobs.size).toBe(files);
	});
});

describe('simulations (SRV-25)', () => {
	it('come with their words, in their sandbox', async () => {
		const response = await ask('/sim/little-sun/sizing/th');
		expect(response.headers.get('content-security-policy')).toBe(SIMULATION_CSP);
		const html = await response.text();
		expect(html).toContain('<html lang="th">');
		expect(html).toContain('Volts (th)');
		expect(html).toContain('RTCPeerConnection');
	});
});

describe('headers and size (SRV-3, SRV-7)', () => {
	it.each(['/api/library', '/blob/x', '/healthz', '/tuf/timestamp.json', '/nowhere'])(
		'%s',
		async (address) => {
			const { headers } = await ask(address);
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('content-security-policy')).toContain("default-src 'none'");
			expect(headers.get('content-security-policy')).toContain('sandbox');
			expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
		}
	);

	it.each([
		['br', brotliDecompressSync],
		['zstd', zstdDecompressSync]
	] as const)('compresses JSON with %s, and names it weakly', async (encoding, decompress) => {
		const plain = await (await ask('/api/library?lang=en')).text();
		const response = await ask('/api/library?lang=en', { 'accept-encoding': encoding });
		expect(response.headers.get('content-encoding')).toBe(encoding);
		expect(response.headers.get('vary')).toContain('accept-encoding');
		expect(response.headers.get('etag')).toMatch(/^W\//);
		expect(decompress(await bytesOf(response)).toString()).toBe(plain);
	});

	it('sends what is about a person as it comes, compressed, and keeps none of it', async () => {
		const response = await ask('/api/account/me', { 'accept-encoding': 'br' });
		expect(response.headers.get('cache-control')).toBe('no-store');
		expect(JSON.parse(brotliDecompressSync(await bytesOf(response)).toString())).toEqual({ person: null });
	});

	it('says when it can serve', async () => {
		expect((await ask('/healthz')).status).toBe(200);
		expect(await (await ask('/readyz')).json()).toEqual({
			ready: true,
			checks: { database: true, blobs: true, catalogue: true }
		});
	});
});

describe('/api/openapi.json (SRV-8)', () => {
	it('describes every endpoint, and none that is not there', async () => {
		const described = ENDPOINTS.map(({ path }) => path).sort();
		const there = [...routes].sort();
		expect([...new Set(described)]).toEqual(there);
		const { paths } = (await (await ask('/api/openapi.json')).json()) as { paths: Record<string, unknown> };
		expect(Object.keys(paths).sort()).toEqual([...new Set(described)]);
	});

	it('describes every method of theirs, so that none is left out of the walks over all endpoints', async () => {
		const described = ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort();
		expect(await handlers()).toEqual(described);
	});

	it('has a sentence for each code', async () => {
		const { default: all } = await import('../../locales/en/faults.json');
		const { default: work } = await import('../../locales/en/work-faults.json');
		const faults = { ...all, ...work };
		for (const { faults: codes } of ENDPOINTS) {
			for (const code of Object.values(codes ?? {}).flat()) expect(faults).toHaveProperty([code]);
		}
	});
});
