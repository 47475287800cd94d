import { mkdtemp, readFile, readdir, rm, writeFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../../../tests/factories/tuf-repository.ts';
import { run as runTrust } from '../../../cli/trust.ts';
import { initTrust } from '../../core/trust/client.ts';
import { openTrust } from './open.ts';
import { approveAsDemonstration, renewOnline } from './trust.ts';
import { parts, refreshByBundle } from '../../../../tests/factories/trust-server.ts';

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'setara-trust-'));
});
afterEach(async () => {
	await rm(dir, { recursive: true, force: true });
});

describe('a root in earnest (TRU-30, TRU-32)', () => {
	const keysOf = (names: string[]) =>
		names.flatMap((name) => ['--key', join(dir, 'ceremony-keys', `${name}.pem`)]);
	const publicOf = async (name: string) => {
		const { readKey } = await import('./signing.ts');
		return readKey(await readFile(join(dir, 'ceremony-keys', `${name}.pem`))).key;
	};

	it('is founded, enrols, loses its online key and is renewed, and a phone follows', async () => {
		const log = console.log;
		console.log = () => {};
		try {
			const ceremony = join(dir, 'ceremony');
			const trustCommand = (...args: string[]) => runTrust([args[0]!, '--dir', ceremony, ...args.slice(1)]);
			expect(await trustCommand('init')).toBe(0);
			expect(await trustCommand('init')).toBe(1);
			const rootFile = join(ceremony, '1.root.json');
			await expect(openTrust(dir, { now: Date.now(), rootFile })).rejects.toThrow('online.pem');
			await cp(join(dir, 'ceremony-keys', 'online.pem'), join(ceremony, 'online.pem'));
			const now = Date.now();
			const trust = await openTrust(dir, { now, rootFile });
			expect(trust).toMatchObject({ demonstration: false, fresh: true });
			expect(() => approveAsDemonstration(trust, parts, now)).toThrow();
			const store = memoryStore();
			await initTrust(store, trust.anchor);
			await refreshByBundle(trust, store, now);

			await writeFile(join(dir, 'party.json'), JSON.stringify({ id: 'a', name: 'A', country: 'LA' }));
			await writeFile(
				join(dir, 'expert.json'),
				JSON.stringify({
					id: 'a1',
					name: 'A1',
					party: 'a',
					keys: ['ab'.repeat(32)],
					sectors: ['*'],
					languages: ['lo']
				})
			);
			const enrolment = ['--party', join(dir, 'party.json'), '--expert', join(dir, 'expert.json')];
			expect(await trustCommand('enrol', ...keysOf(['targets-1']), ...enrolment, '--language', 'jv')).toBe(0);
			await renewOnline(trust, now);
			expect((await refreshByBundle(trust, store, now)).catalogue.versions.targets).toBe(1);
			expect(await runTrust(['sign', ...keysOf(['targets-2']), join(ceremony, '2.targets.json')])).toBe(0);
			await renewOnline(trust, now);
			const enrolled = (await refreshByBundle(trust, store, now, ['jv'])).catalogue;
			expect(enrolled.register.ok && enrolled.register.value.experts.map(({ id }) => id)).toEqual(['a1']);
			expect(
				await trustCommand('retire', ...keysOf(['targets-1', 'targets-2']), '--public', 'ab'.repeat(32))
			).toBe(0);
			expect(
				await trustCommand(
					'enrol',
					...keysOf(['targets-1', 'targets-2']),
					'--expert',
					join(dir, 'expert.json')
				)
			).toBe(1);

			expect(await runTrust(['key', join(dir, 'ceremony-keys', 'online-2.pem')])).toBe(0);
			const offline = keysOf(['root-1', 'root-2', 'targets-1', 'targets-2']);
			expect(await trustCommand('rotate', ...offline, '--to', await publicOf('online-2'), 'online')).toBe(0);
			await expect(openTrust(dir, { now, rootFile })).rejects.toThrow('online key');
			await cp(join(dir, 'ceremony-keys', 'online-2.pem'), join(ceremony, 'online.pem'), { force: true });
			const rotated = await openTrust(dir, { now, rootFile });
			expect(rotated.folder).toBe(trust.folder);
			expect((await refreshByBundle(rotated, store, now, ['th'])).catalogue.versions.root).toBe(2);

			expect(await trustCommand('renew', ...offline)).toBe(0);
			expect(await trustCommand('rotate', ...offline, '--to', await publicOf('root-3'), 'root')).toBe(0);
			await renewOnline(rotated, now);
			expect((await refreshByBundle(rotated, store, now)).catalogue.versions.root).toBe(2);
			expect(await runTrust(['sign', ...keysOf(['root-3']), join(ceremony, '4.root.json')])).toBe(0);
			await renewOnline(rotated, now);
			expect((await refreshByBundle(rotated, store, now)).catalogue.versions).toMatchObject({
				root: 4,
				targets: 5
			});
			expect((await readdir(ceremony)).some((name) => name.includes('root-'))).toBe(false);
		} finally {
			console.log = log;
		}
	});
});
