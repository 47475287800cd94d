import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../core/base/hash.ts';
import { APPROVAL_TYPE, STATEMENT_TYPE, signStatement } from '../../core/trust/statement.ts';
import type { Envelope, Register, Signer } from '../../core/trust/types.ts';
import { readIfThere, writeWhole } from './files.ts';
import { foundTrust } from './offline.ts';
import { makeKey, readKey } from './signing.ts';

/*
 * A root, keys and a committee made on the spot, so that the software can be tried without a ceremony. Every party is
 * named as a demonstration, and every seal says so (TRU-31). The keys lie beside the data: worth nothing in earnest.
 */
const PARTIES = [
	{ id: 'demonstration-a', name: 'Demonstration party A', country: 'LA', demonstration: true },
	{ id: 'demonstration-b', name: 'Demonstration party B', country: 'CN', demonstration: true }
];
const EXPERTS = [
	{ id: 'demonstration-a1', name: 'Demonstration expert A1', party: 'demonstration-a' },
	{ id: 'demonstration-a2', name: 'Demonstration expert A2', party: 'demonstration-a' },
	{ id: 'demonstration-b1', name: 'Demonstration expert B1', party: 'demonstration-b' },
	{ id: 'demonstration-b2', name: 'Demonstration expert B2', party: 'demonstration-b' }
];

/** Makes the demonstration: public files into `folder`, keys into `keysFolder`. Keys that are there stay. */
export async function foundDemonstration(folder: string, keysFolder: string, now: number): Promise<void> {
	const key = async (name: string): Promise<Signer> => {
		const path = join(keysFolder, `${name}.pem`);
		const there = await readIfThere(path);
		if (there) return readKey(there);
		const { signer, pem } = makeKey();
		await writeWhole(path, utf8(pem), 0o600);
		return signer;
	};
	const root = await key('root');
	const targets = await key('targets');
	const online = await key('online');
	const register: Register = { parties: PARTIES, experts: [] };
	for (const expert of EXPERTS)
		register.experts.push({
			...expert,
			keys: [(await key(expert.id)).key],
			sectors: ['*'],
			languages: ['*']
		});
	await chmod(keysFolder, 0o700);
	await foundTrust(
		folder,
		{
			...{ rootKeys: [root.key], rootThreshold: 1, targetsKeys: [targets.key], targetsThreshold: 1 },
			onlineKey: online.key,
			register
		},
		[root, targets],
		now
	);
}

/** One of the demonstration's keys: `root`, `targets`, `online`, or an expert's id. */
export async function demonstrationKey(keysFolder: string, name: string): Promise<Signer> {
	const pem = await readIfThere(join(keysFolder, `${name}.pem`));
	if (!pem) throw new Error(`the demonstration has no key ${name}`);
	return readKey(pem);
}

export interface PartsToApprove {
	packageId: string;
	version: string;
	/** SHA-256 of the shared part manifest's blob. */
	shared: string;
	/** SHA-256 of each language part manifest's blob, by language. */
	parts: Record<string, string>;
}

/** One statement over all parts, signed by one demonstration expert of each party, who "read" them all. */
export async function approveWith(
	keysFolder: string,
	{ packageId, version, shared, parts }: PartsToApprove,
	now: number
): Promise<Envelope[]> {
	const digests = Object.entries({ shared, ...parts });
	const signers = [];
	for (const name of ['demonstration-a1', 'demonstration-b1'])
		signers.push(await demonstrationKey(keysFolder, name));
	return [
		await signStatement(
			{
				_type: STATEMENT_TYPE,
				subject: digests.map(([name, sha256]) => ({ name, digest: { sha256 } })),
				predicateType: APPROVAL_TYPE,
				predicate: {
					...{ packageId, version, decision: 'approve', date: new Date(now).toISOString().slice(0, 10) },
					read: digests.map(([name]) => name)
				}
			},
			signers
		)
	];
}
