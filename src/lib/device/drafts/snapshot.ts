/** An immutable snapshot of a draft: the package that it is now, checked and built on the phone (DRA-40). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { compileDraft } from '../../core/drafts/compile.ts';
import type { Draft } from '../../core/drafts/draft.ts';
import { blockingProblems, problemsOf, readyLanguages } from '../../core/drafts/problems.ts';
import { blobsOf, buildPackage, type BuiltPackage, type PartsBefore } from '../../core/packages/build.ts';
import { checkSource } from '../../core/packages/source/check.ts';
import { BLOB_ROLES } from '../../core/protocol/hand-in.ts';
import type { HandInBlob, HandInRow } from '../db/draft-tables.ts';
import type { HandInRefusal } from './api.ts';

export interface Snapshot {
	row: Pick<
		HandInRow,
		'draft' | 'package' | 'version' | 'kind' | 'sector' | 'language' | 'title' | 'manifest' | 'blobs'
	>;
	bytes: Map<string, Uint8Array>;
}

/**
 * Builds it, or says what is missing. Languages that lag behind stay at home.
 * @param before parts of the version that it takes the place of: what did not change travels no more
 */
export async function takeSnapshot(
	draft: Draft,
	bytesOf: (digest: string) => Uint8Array | undefined,
	before?: PartsBefore
): Promise<Result<Snapshot, HandInRefusal>> {
	const all = problemsOf(draft);
	const problems = blockingProblems(draft, all);
	if (problems.length > 0) return { ok: false, fault: { code: 'draft/not-ready', problems } };
	const files = compileDraft(draft, bytesOf, readyLanguages(draft, all).ready);
	const checked = checkSource(files, draft.package);
	if (!checked.source) {
		return { ok: false, fault: { ...fail('draft/not-ready').fault, sourceFaults: checked.faults } };
	}
	const built = await buildPackage(checked.source, before);
	const { sourceLanguage: language } = checked.source.package;
	return ok({
		row: {
			draft: draft.id,
			package: draft.package,
			version: draft.version,
			kind: draft.kind,
			sector: draft.sector,
			language,
			title: checked.source.languages[language]!.title,
			manifest: built.manifest.digest,
			blobs: blobList(built)
		},
		bytes: blobsOf(built)
	});
}

/** Every blob once, in the order in which they are sent: manifest, parts, text, then media from small to large kinds. */
function blobList(built: BuiltPackage): HandInBlob[] {
	const media = new Map(
		built.parts.flatMap(({ part }) => part.files.map(({ digest, role }) => [digest, role] as const))
	);
	const all: HandInBlob[] = [
		{ ...sized(built.manifest), role: 'manifest' },
		...built.parts.map((part) => ({ ...sized(part), role: 'part' as const })),
		...built.parts.map(({ pack }) => ({ ...sized(pack), role: 'pack' as const })),
		...built.media.map((blob) => ({ ...sized(blob), role: media.get(blob.digest) ?? 'video' }))
	];
	const once = [...new Map(all.toReversed().map((blob) => [blob.digest, blob])).values()].reverse();
	const order = ({ role, size }: HandInBlob) => BLOB_ROLES.indexOf(role) * 2 ** 40 + size;
	return once.sort((one, other) => order(one) - order(other));
}

const sized = ({ digest, bytes }: { digest: string; bytes: Uint8Array }) => ({ digest, size: bytes.length });
