/**
 * The gate through which a language of a package comes, when it is saved and each time it is opened: manifest and
 * parts are what was named, two parties approved these very parts, nobody recalled them (DEV-11, DEV-30).
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { pairOf, sealOf } from '../../core/packages/pair.ts';
import {
	verifyLanguagePart,
	verifyManifest,
	verifySharedPart,
	type VerifiedLanguagePart,
	type VerifiedManifest,
	type VerifiedSharedPart
} from '../../core/packages/verify.ts';
import type { Approval } from '../../core/protocol/library.ts';
import { approvalOf } from '../../core/trust/approval.ts';
import { recallsOf, saidOf } from '../../core/trust/recall.ts';
import { readEnvelopes } from '../../core/trust/statement.ts';
import type { Envelope, Recall, Register } from '../../core/trust/types.ts';
import type { SaveFault } from '../faults.ts';

/** What the trusted catalogue named, or an install row remembers of it. */
export interface Wanted {
	package: string;
	language: string;
	manifest: string;
	statements: string;
}

/** A language that may be shown. */
export interface CheckedLanguage {
	wanted: Wanted;
	manifest: VerifiedManifest;
	shared: VerifiedSharedPart;
	part: VerifiedLanguagePart;
	seal: Approval;
	/** Recalls of single units; one of the whole part never gets here. */
	recalls: Recall[];
}

/** Bytes by digest, or null; what they are is checked here. */
export type BytesOf = (digest: string) => Promise<Uint8Array | null>;

/** `library/not-saved`: bytes are missing. Otherwise the fault of the check that failed. */
export async function checkLanguage(
	wanted: Wanted,
	bytesOf: BytesOf,
	register: Register,
	remembered: readonly Envelope[]
): Promise<Result<CheckedLanguage, SaveFault>> {
	const missing = fail('library/not-saved', { id: wanted.package });
	const manifestBytes = await bytesOf(wanted.manifest);
	if (!manifestBytes) return missing;
	const manifest = await verifyManifest(manifestBytes, wanted.manifest);
	if (!manifest.ok) return manifest;
	const { id, version, shared: sharedRef, languages } = manifest.value.manifest;
	if (id !== wanted.package) return fail('package/wrong-package', { id, version });
	const ref = Object.hasOwn(languages, wanted.language) ? languages[wanted.language]! : null;
	if (!ref) return fail('package/missing-language', { language: wanted.language });
	const [sharedBytes, partBytes, statementBytes] = await Promise.all(
		[sharedRef.digest, ref.digest, wanted.statements].map(bytesOf)
	);
	if (!sharedBytes || !partBytes || !statementBytes) return missing;
	const shared = await verifySharedPart(sharedBytes, manifest.value);
	if (!shared.ok) return shared;
	const part = await verifyLanguagePart(partBytes, wanted.language, manifest.value, shared.value);
	if (!part.ok) return part;
	const envelopes = readEnvelopes(statementBytes);
	if (!envelopes.ok) return envelopes;
	const pair = pairOf(shared.value, part.value);
	const approval = await approvalOf(pair, envelopes.value, register);
	if (!approval.ok) return approval;
	const recalls = await recallsOf(pair, remembered, register);
	const whole = recalls.find(({ units }) => units === null);
	if (whole) return fail('trust/recalled', saidOf(whole));
	return ok({
		...{ wanted, manifest: manifest.value, shared: shared.value, part: part.value, recalls },
		seal: sealOf(approval.value)
	});
}
