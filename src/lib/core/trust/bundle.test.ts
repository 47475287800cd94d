import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, TufRepository, memoryStore } from '../../../../tests/factories/tuf-repository.ts';
import { utf8 } from '../base/hash.ts';
import { bundleFetcher, bundleQuery, readBundle, writeBundle } from './bundle.ts';
import { initTrust, refresh } from './client.ts';
import { httpFetcher } from './http.ts';

describe('a bundle (TRU-13)', () => {
	it('gives back any files byte for byte', () => {
		const files = fc.uniqueArray(
			fc.tuple(
				fc.stringMatching(/^[1-9]\d{0,3}\.[a-zA-Z0-9%.~-]{1,40}\.json$/),
				fc.uint8Array({ maxLength: 300 })
			),
			{ selector: ([name]) => name, maxLength: 20 }
		);
		fc.assert(
			fc.property(files, (list) => {
				const read = readBundle(writeBundle(list));
				expect(read.ok && [...read.value].map(([name, bytes]) => [name, [...bytes]])).toEqual(
					list.map(([name, bytes]) => [name, [...bytes]])
				);
			}),
			{ seed: 9 }
		);
	});

	it('is refused cut short, longer, or with a name twice', () => {
		const whole = writeBundle([
			['timestamp.json', utf8('{}')],
			['2.root.json', utf8('{"a":1}')]
		]);
		for (let length = 1; length < whole.length; length++) {
			const read = readBundle(whole.subarray(0, length));
			if (read.ok) expect(read.value.size).toBeLessThan(2);
		}
		expect(readBundle(utf8('<html>')).ok).toBe(false);
		expect(readBundle(new Uint8Array([...whole, 120])).ok).toBe(false);
		expect(
			readBundle(
				writeBundle([
					['a', utf8('1')],
					['a', utf8('2')]
				])
			).ok
		).toBe(false);
		expect(readBundle(utf8('setara-tuf-bundle/1\na 99999999\n1\n')).ok).toBe(false);
	});

	it('never throws, whatever comes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withHead) => {
				readBundle(withHead ? new Uint8Array([...utf8('setara-tuf-bundle/1\n'), ...bytes]) : bytes);
			}),
			{ seed: 9, numRuns: 500 }
		);
	});

	it('carries the ordinary workflow, and needs no trust', async () => {
		const repo = await TufRepository.create();
		await repo.publish('root');
		const store = memoryStore();
		await initTrust(store, repo.root());
		expect(await bundleQuery(store, ['recalls', 'zh-Hans'])).toBe('root=1&ts=0&roles=recalls,zh-Hans');
		const names = ['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json'];
		const list: [string, Uint8Array][] = [];
		for (const name of names) {
			const answer = await repo.fetch(name, 1e6);
			if (answer.ok) list.push([name, answer.value]);
		}
		const files = readBundle(writeBundle(list));
		if (!files.ok) throw new Error(files.fault.code);
		const broken = new Map(files.value).set('1.snapshot.json', utf8('{}'));
		expect((await refresh(store, bundleFetcher(broken), NOW)).ok).toBe(false);
		expect(await bundleQuery(store, [])).toBe('root=2&ts=0&roles=');
		expect((await refresh(store, bundleFetcher(files.value), NOW)).ok).toBe(true);
		expect(await bundleQuery(store, ['targets'])).toBe('root=2&ts=1&roles=targets@1');
	});

	it('asks single files for what is not in it', async () => {
		const repo = await TufRepository.create();
		const store = memoryStore();
		await initTrust(store, repo.root());
		expect((await refresh(store, bundleFetcher(new Map(), repo.fetch), NOW)).ok).toBe(true);
		expect(repo.asked).not.toContain('2.root.json');
	});
});

describe('fetching over http', () => {
	const answer = (make: () => Response) =>
		httpFetcher('https://example.test/tuf/', async () => make())('timestamp.json', 10);

	it('tells missing, unreachable and too long apart, and cuts an endless answer', async () => {
		expect(await answer(() => new Response('12345'))).toMatchObject({ ok: true });
		expect(await answer(() => new Response('', { status: 404 }))).toMatchObject({
			fault: { code: 'trust/missing' }
		});
		expect(await answer(() => new Response('', { status: 500 }))).toMatchObject({
			fault: { code: 'trust/unreachable' }
		});
		expect(
			await answer(() => {
				throw new TypeError('no network');
			})
		).toMatchObject({ fault: { code: 'trust/unreachable' } });
		let pulled = 0;
		const endless = () =>
			new Response(
				new ReadableStream({
					pull: (to) => {
						pulled++;
						to.enqueue(new Uint8Array(8));
					}
				})
			);
		expect(await answer(endless)).toMatchObject({ fault: { code: 'trust/too-long' } });
		expect(pulled).toBeLessThan(5);
	});
});
