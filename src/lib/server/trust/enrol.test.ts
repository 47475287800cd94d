/** The register moves on (TRU-35 to TRU-37): a device asks, a ceremony signs offline, the server takes it in. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../cli/trust.ts';
import { toHex, utf8 } from '../../core/base/hash.ts';
import { enrolInto, type EnrolmentRequest } from '../../core/trust/enrolment.ts';
import type { Register } from '../../core/trust/types.ts';
import { enrolInDemonstration, takeTargets } from './enrol.ts';
import { openTrust, type Trust } from './open.ts';
import { makeKey } from './signing.ts';
import { currentRegister } from './trust.ts';

const ACCOUNT = '0190a0a0-0000-7000-8000-000000000001';
const { signer } = makeKey();

async function requestOf(change: Partial<EnrolmentRequest> = {}, key = signer): Promise<EnrolmentRequest> {
	return {
		format: 'setara-enrolment/1',
		party: { id: 'pakpasak', name: 'Pakpasak Technical College', country: 'LA' },
		expert: { id: 'expert-1', name: 'Bounmy', sectors: ['energy'], languages: ['lo'] },
		key: { public: key.key, subject: ACCOUNT, proof: toHex(await key.sign(utf8(ACCOUNT))) },
		retire: [],
		...change
	};
}

describe('enrolInto', () => {
	const EMPTY: Register = { parties: [], experts: [] };
	const outcome = async (register: Register, request: EnrolmentRequest) => {
		const result = await enrolInto(register, request);
		return result.ok ? result.value : result.fault.code;
	};

	it('adds party and expert, and changes scope and keys of one who is there', async () => {
		const first = (await outcome(EMPTY, await requestOf())) as Register;
		expect(first.experts).toMatchObject([{ party: 'pakpasak', keys: [signer.key], languages: ['lo'] }]);
		const { signer: fresh } = makeKey();
		const next = await requestOf({ retire: [{ key: signer.key, counts: ['a'.repeat(64)] }] }, fresh);
		next.expert.languages = ['lo', 'th'];
		expect((await outcome(first, next)) as Register).toMatchObject({
			parties: [{ id: 'pakpasak' }],
			experts: [
				{
					...{ keys: [fresh.key], languages: ['lo', 'th'] },
					retired: [{ key: signer.key, counts: ['a'.repeat(64)] }]
				}
			]
		});
	});

	it('refuses a key that is not held, one that stands there, a name twice, another party', async () => {
		const first = (await outcome(EMPTY, await requestOf())) as Register;
		const forged = await requestOf();
		forged.key!.subject = ACCOUNT.replace(/1$/, '2');
		expect(await outcome(EMPTY, forged)).toBe('review/bad-proof');
		const other = { id: 'expert-2', sectors: ['energy'], languages: ['lo'] };
		expect(await outcome(first, await requestOf({ expert: { ...other, name: 'Khamla' } }))).toBe(
			'trust/register-spoiled'
		);
		const { signer: fresh } = makeKey();
		expect(await outcome(first, await requestOf({ expert: { ...other, name: ' bounmy ' } }, fresh))).toBe(
			'trust/register-spoiled'
		);
		const party = { id: 'guangxi', name: 'Guangxi Polytechnic', country: 'CN' };
		expect(await outcome(first, await requestOf({ party }, fresh))).toBe('trust/register-spoiled');
	});
});

describe('a ceremony’s register', () => {
	let folder: string;
	let dir: string;
	let trust: Trust;
	const now = Date.now();
	const keys = (...names: string[]) => names.flatMap((name) => ['--key', join(`${dir}-keys`, `${name}.pem`)]);
	const ceremony = async (...args: string[]): Promise<number> => run(args);
	beforeEach(async () => {
		vi.spyOn(console, 'log').mockImplementation(() => {});
		vi.spyOn(console, 'error').mockImplementation(() => {});
		folder = await mkdtemp(join(tmpdir(), 'setara-enrol-'));
		await chmod(folder, 0o755);
		dir = join(folder, 'ceremony');
		await ceremony('init', '--dir', dir);
		await writeFile(join(dir, 'online.pem'), await readFile(join(`${dir}-keys`, 'online.pem')));
		trust = await openTrust(join(folder, 'trust'), { now, rootFile: join(dir, '1.root.json') });
	});
	afterEach(async () => {
		vi.restoreAllMocks();
		await rm(folder, { recursive: true, force: true });
	});

	const requested = async (request: unknown): Promise<string> => {
		const path = join(folder, 'request.json');
		await writeFile(path, JSON.stringify(request));
		return path;
	};
	const file = (version: number) => readFile(join(dir, `${version}.targets.json`));
	const taken = async (bytes: Uint8Array, at = now) => {
		const result = await takeTargets(trust, bytes, at);
		return result.ok ? result.value : result.fault.code;
	};

	it('is signed offline out of a device’s request, uploaded, and in force at once', async () => {
		const path = await requested(await requestOf());
		expect(await ceremony('enrol', '--dir', dir, '--request', path, ...keys('targets-1', 'targets-2'))).toBe(
			0
		);
		expect(await taken(await file(2))).toBe(2);
		const register = await currentRegister(trust);
		expect(register).toMatchObject({
			ok: true,
			value: { experts: [{ name: 'Bounmy', keys: [signer.key] }] }
		});
		expect(await taken(await file(2))).toBe('trust/rollback');
	});

	it('counts only with root’s threshold of targets keys', async () => {
		const path = await requested(await requestOf());
		await ceremony('enrol', '--dir', dir, '--request', path, ...keys('targets-1'));
		expect(await taken(await file(2))).toBe('trust/threshold-not-met');
		await ceremony('sign', ...keys('targets-2'), join(dir, '2.targets.json'));
		const changed = (await file(2)).toString().replace('Bounmy', 'Mallory');
		expect(await taken(Buffer.from(changed))).toBe('trust/threshold-not-met');
		expect(await taken(await file(2), now + 400 * 86_400_000)).toBe('trust/expired');
		expect(await taken(Buffer.from('{"signed":{}}'))).toBe('trust/malformed');
		expect(await taken(await file(2))).toBe(2);
	});

	it('is not made of a request that does not prove its key, or of no request', async () => {
		const forged = await requestOf();
		forged.key!.proof = forged.key!.proof.replace(/^../, forged.key!.proof.startsWith('00') ? '11' : '00');
		const path = await requested(forged);
		expect(await ceremony('enrol', '--dir', dir, '--request', path, ...keys('targets-1'))).toBe(1);
		expect(
			await ceremony('enrol', '--dir', dir, '--request', await requested({}), ...keys('targets-1'))
		).toBe(1);
		await expect(file(2)).rejects.toThrow();
	});

	it('is never signed by the server itself', async () => {
		await expect(enrolInDemonstration(trust, await requestOf(), now)).rejects.toThrow('only a demonstration');
	});
});
