/** The register moves on while the server runs: a signed one is uploaded, or a demonstration enrols by itself (TRU-35). */
import { join } from 'node:path';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { enrolInto, type EnrolmentRequest } from '../../core/trust/enrolment.ts';
import { readMetadata } from '../../core/trust/metadata.ts';
import { readRegister } from '../../core/trust/register.ts';
import { verifyTufKey } from '../../core/trust/keys.ts';
import type { TrustFault } from '../../core/trust/types.ts';
import { isSignedBy } from '../../core/trust/verify.ts';
import { demonstrationKey } from './demonstration.ts';
import { listVersions, writeWhole } from './files.ts';
import { enrol } from './offline.ts';
import type { Trust } from './open.ts';
import { commit, readFileOf, readState } from './repository.ts';
import { currentRegister, oneByOne } from './trust.ts';

/**
 * A demonstration's register with the request in it, signed by the targets key that lies beside the data; phones get it
 * with their next catalogue. A root in earnest has no such key (throws).
 */
export const enrolInDemonstration = (
	trust: Trust,
	request: EnrolmentRequest,
	now: number
): Promise<Result<null, TrustFault | Fault<'review/bad-proof'>>> =>
	oneByOne(trust, async () => {
		if (!trust.demonstration) throw new Error('only a demonstration enrols by itself');
		const before = await currentRegister(trust);
		if (!before.ok) return before;
		const register = await enrolInto(before.value, request, true);
		if (!register.ok) return register;
		const key = await demonstrationKey(trust.keysFolder, 'targets');
		await enrol(trust.folder, () => register.value, [key], now);
		await commit(trust.folder, trust.online, new Map(), now);
		return ok(null);
	});

/**
 * Takes in the next `N.targets.json` of a ceremony. It counts when root's threshold of targets keys signed it, its
 * register can be read, it is not over, and it is newer than ours. Answers its version.
 */
export const takeTargets = (
	trust: Trust,
	bytes: Uint8Array,
	now: number
): Promise<Result<number, TrustFault>> =>
	oneByOne(trust, async () => {
		const metadata = readMetadata('targets', bytes);
		if (!metadata.ok) return metadata;
		const { signed } = metadata.value;
		const last = (await listVersions(trust.folder, 'root')).at(-1);
		const root = (await readFileOf(trust.folder, 'root', `${last}.root.json`))!;
		const authority = { keys: root.signed.keys, role: root.signed.roles.targets };
		if (!(await isSignedBy(metadata.value, authority, verifyTufKey))) return fail('trust/threshold-not-met');
		const { targets } = await readState(trust.folder);
		if (signed.version <= targets.signed.version) return fail('trust/rollback', { file: 'targets' });
		if (signed.expires <= now) return fail('trust/expired', { file: 'targets' });
		const register = readRegister(signed.register);
		if (!register.ok) return register;
		// What the online key speaks for would be out of anybody's hands: such a file is a mistake of the ceremony.
		const online = Object.values(signed.delegations?.keys ?? {}).map(({ keyval }) => keyval.public);
		if (!online.includes(trust.online.key)) return fail('trust/threshold-not-met');
		await writeWhole(join(trust.folder, `${signed.version}.targets.json`), bytes);
		await commit(trust.folder, trust.online, new Map(), now);
		return ok(signed.version);
	});
