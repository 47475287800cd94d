import { sha256, utf8 } from '../../src/lib/core/base/hash.ts';
import { fail, ok } from '../../src/lib/core/base/result.ts';
import { initTrust, refresh } from '../../src/lib/core/trust/client.ts';
import type { Signer, TrustFetcher, TrustStore } from '../../src/lib/core/trust/types.ts';
import { keyIdOf, makeKey, signMetadata, tufKey } from '../../src/lib/server/trust/signing.ts';

/** 2027-01-15, the start time of every test that does not name one. */
export const NOW = Date.UTC(2027, 0, 15, 12);
export const DAY = 86_400_000;
export const at = (time: number): string => new Date(time).toISOString().slice(0, 19) + 'Z';

// Keys are made once: making them is what tests would spend their time on.
const POOL = Array.from({ length: 24 }, () => makeKey().signer);

export const memoryStore = (): TrustStore & { files: Map<string, Uint8Array> } => {
	const files = new Map<string, Uint8Array>();
	return {
		files,
		get: async (name) => files.get(name) ?? null,
		put: async (name, bytes) => void files.set(name, bytes),
		delete: async (name) => void files.delete(name)
	};
};

/* eslint-disable @typescript-eslint/no-explicit-any -- attacks write metadata that no type would allow */
type Loose = any;

/**
 * A TUF repository that can be made to lie, after the RepositorySimulator of theupdateframework/tuf-conformance: change
 * `md[role]` at will, then `publish` to sign it. `asked` are the files that a client asked for.
 */
export class TufRepository {
	md: Record<string, Loose> = {};
	signers: Record<string, Signer[]> = {};
	published: Record<string, Uint8Array[]> = {};
	artifacts = new Map<string, Uint8Array>();
	asked: string[] = [];
	withHashes = false;
	#pool = [...POOL];

	/** `keys: 'other'` takes keys that no other repository here has. */
	static async create(now = NOW, keys: 'usual' | 'other' = 'usual'): Promise<TufRepository> {
		const repository = new TufRepository();
		if (keys === 'other') repository.#pool.reverse();
		const base = { spec_version: '1.0.31', version: 1, expires: at(now + 30 * DAY) };
		repository.md = {
			root: { ...base, _type: 'root', consistent_snapshot: true, keys: {}, roles: {} },
			timestamp: { ...base, _type: 'timestamp', meta: { 'snapshot.json': { version: 1 } } },
			snapshot: { ...base, _type: 'snapshot', meta: { 'targets.json': { version: 1 } } },
			targets: { ...base, _type: 'targets', targets: {} }
		};
		for (const role of ['root', 'timestamp', 'snapshot', 'targets']) {
			repository.md['root'].roles[role] = { keyids: [], threshold: 1 };
			repository.addKey(role);
		}
		await repository.publish('targets', 'snapshot', 'timestamp', 'root');
		return repository;
	}

	newSigner(): Signer {
		return this.#pool.pop()!;
	}

	addKey(role: string, delegator = 'root', signer = this.newSigner()): Signer {
		const holder = delegator === 'root' ? this.md['root'] : this.md[delegator].delegations;
		const entry =
			delegator === 'root' ? holder.roles[role] : holder.roles.find((each: Loose) => each.name === role);
		holder.keys[keyIdOf(signer.key)] = tufKey(signer.key);
		if (!entry.keyids.includes(keyIdOf(signer.key))) entry.keyids.push(keyIdOf(signer.key));
		(this.signers[role] ??= []).push(signer);
		return signer;
	}

	rotateKeys(role: string): void {
		this.md['root'].roles[role].keyids = [];
		this.signers[role] = [];
		for (let count = 0; count < this.md['root'].roles[role].threshold; count++) this.addKey(role);
	}

	delegate(delegator: string, name: string, options: { paths?: string[]; terminating?: boolean } = {}): void {
		const holder = (this.md[delegator].delegations ??= { keys: {}, roles: [] });
		holder.roles.push({
			...{ name, keyids: [], threshold: 1, terminating: options.terminating ?? false },
			paths: options.paths ?? ['*']
		});
		const { spec_version, expires } = this.md['targets'];
		this.md[name] ??= { _type: 'targets', spec_version, version: 1, expires, targets: {} };
		this.addKey(name, delegator, this.signers[name]?.[0]);
	}

	async addTarget(role: string, path: string, content: string, custom?: object): Promise<void> {
		const bytes = utf8(content);
		this.md[role].targets[path] = {
			...{ length: bytes.length, hashes: { sha256: await sha256(bytes) } },
			...(custom ? { custom } : {})
		};
		this.artifacts.set(path, bytes);
	}

	/** Signs roles in this order, one version up where they were published before; lists them as they now are. */
	async publish(...roles: string[]): Promise<void> {
		for (const role of roles) {
			const versions = (this.published[role] ??= []);
			if (versions.length > 0) this.md[role].version++;
			if (role === 'snapshot')
				for (const [name, all] of Object.entries(this.published))
					if (!['root', 'timestamp', 'snapshot'].includes(name) && all.length > 0)
						this.md['snapshot'].meta[`${name}.json`] = await this.#metaFile(name);
			if (role === 'timestamp') this.md['timestamp'].meta['snapshot.json'] = await this.#metaFile('snapshot');
			versions.push(await signMetadata(this.md[role], this.signers[role]!));
		}
	}

	/** Signs a role as it stands: nothing is bumped or listed anew. */
	async publishAsIs(role: string): Promise<void> {
		(this.published[role] ??= []).push(await signMetadata(this.md[role], this.signers[role]!));
	}

	/** Makes a role start again at version 1 (a rollback, or a recovery). */
	restart(role: string): void {
		this.published[role] = [];
		this.md[role].version = 1;
	}

	async #metaFile(role: string): Promise<object> {
		const bytes = this.published[role]!.at(-1)!;
		const { version } = this.md[role];
		return this.withHashes
			? { version, length: bytes.length, hashes: { sha256: await sha256(bytes) } }
			: { version };
	}

	root(version = 1): Uint8Array {
		return this.published['root']![version - 1]!;
	}

	latest(role: string): Uint8Array {
		return this.published[role]!.at(-1)!;
	}

	get fetch(): TrustFetcher {
		return async (name, maxLength) => {
			this.asked.push(name);
			const [, version, quoted] = /^(?:(\d+)\.)?(.+)\.json$/.exec(name)!;
			const versions = this.published[decodeURIComponent(quoted!)] ?? [];
			const bytes = version ? versions[Number(version) - 1] : versions.at(-1);
			if (!bytes) return fail('trust/missing', { file: name });
			return bytes.length > maxLength ? fail('trust/too-long', { file: name }) : ok(bytes);
		};
	}
}

/** The version of a stored file, or null. */
export function storedVersion(store: { files: Map<string, Uint8Array> }, role: string): number | null {
	const bytes = store.files.get(`${role}.json`);
	return bytes ? (JSON.parse(new TextDecoder().decode(bytes)).signed.version as number) : null;
}

/** Names and versions of the trusted roles, as the conformance suite lists them. */
export const trustedRoles = (store: { files: Map<string, Uint8Array> }): [string, number][] =>
	[...store.files.keys()]
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => [name.slice(0, -5), storedVersion(store, name.slice(0, -5))!]);

/** A repository, a store that begins with its root, and `code`: what a refresh answers, `ok` or the fault's code. */
export async function setUpClient() {
	const repo = await TufRepository.create();
	const store = memoryStore();
	await initTrust(store, repo.root());
	const code = async (now = NOW): Promise<string> => {
		const result = await refresh(store, repo.fetch, now);
		return result.ok ? 'ok' : result.fault.code;
	};
	return { repo, store, code };
}
