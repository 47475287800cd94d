/**
 * What a machine can find wrong with what was handed in, before an expert reads it (HND-20 to HND-27): it is what it
 * says, it is the next version of what is out, its source has no fault, and building that source gives these very bytes.
 */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';
import { buildPackage, type PartsBefore } from '../../core/packages/build.ts';
import { verifyContents } from '../../core/packages/contents.ts';
import { isLater } from '../../core/packages/version.ts';
import { checkSource } from '../../core/packages/source/check.ts';
import type { SourceFault } from '../../core/packages/source/faults.ts';
import { hasPlace } from '../../core/packages/source/media-metadata.ts';
import { plainName } from '../../core/trust/approval.ts';
import { currentManifest } from '../packages/repository.ts';
import { readBlobOf, type ReviewGround } from './ground.ts';
import type { IncomingStore } from './incoming.ts';
import type { BlobRow } from './repository.ts';
import { sourceOf } from './source-of.ts';
import type { SubmissionRow } from './submission-rows.ts';
import { filesOf, readText, type HandedText } from './text.ts';

export interface HandInGround extends ReviewGround {
	incoming: IncomingStore;
	/** A fault's sentence in somebody's language. */
	say: (language: string, fault: Fault) => Promise<string>;
}

/** A fault, and the file of the package that it is in. */
export type CheckFault = Fault & { file: string | null };

/** Kinds that a person hands in; a resource package is built by its partners. */
const KINDS: readonly string[] = ['micro-course', 'work-case'];
const MOST_FAULTS = 100;

const only = (fault: Fault, file: string | null = null): CheckFault[] => [{ ...fault, file }];

/** Checks the text, and the media as far as they are here. Answers the text, or what is wrong with it. */
export async function checkHandIn(
	ground: HandInGround,
	row: SubmissionRow,
	blobs: readonly BlobRow[],
	name: string
): Promise<Result<HandedText, CheckFault[]>> {
	const text = await readText(readBlobOf(ground), row.manifest);
	if (!text.ok) return { ok: false, fault: only(text.fault) };
	const fault =
		saidFault(row, blobs, text.value) ??
		makerFault(text.value, name) ??
		(await versionFault(ground, row, text.value));
	if (fault) return { ok: false, fault: only(fault) };
	// Lines and files first: they say more than the gate that a phone has.
	const faults = await sourceFaults(ground, text.value, blobs);
	if (faults.length > 0) return { ok: false, fault: faults };
	const contents = contentsFault(text.value);
	return contents ? { ok: false, fault: only(contents) } : ok(text.value);
}

/** Whether it is the package and version, and these the blobs, that the request named (HND-20). */
function saidFault(row: SubmissionRow, blobs: readonly BlobRow[], text: HandedText): Fault | null {
	const { id, version } = text.manifest.manifest;
	if (id !== row.package_id || version !== row.version) {
		return fail('hand-in/not-as-said', { package: id, version }).fault;
	}
	const named = filesOf(text);
	const isSame =
		named.size === blobs.length &&
		blobs.every(({ digest, size, role }) => {
			const file = named.get(digest);
			return file !== undefined && file.size === size && file.role === role;
		});
	return isSame ? null : fail('hand-in/blobs-differ').fault;
}

/** Who hands in is named as who made it, so that nobody signs their own work (HND-21). */
function makerFault({ shared }: HandedText, name: string): Fault | null {
	if (!KINDS.includes(shared.part.kind)) return fail('hand-in/wrong-kind').fault;
	// Who opens a language looks at its part and the shared one.
	const isNamed = shared.part.contributors.some(
		(contributor) => plainName(contributor.name) === plainName(name)
	);
	return isNamed ? null : fail('hand-in/not-named', { name }).fault;
}

/** It takes the place of the version that is out, and counts on from it (HND-22). */
async function versionFault(
	{ database, versions }: HandInGround,
	row: SubmissionRow,
	text: HandedText
): Promise<Fault | null> {
	const current = await currentManifest(database, row.package_id);
	if (text.manifest.manifest.supersedes !== current) return fail('hand-in/not-newest').fault;
	const before = current === null ? null : await versions.byManifest(current);
	if (!before) return null;
	const { version } = before.manifest.manifest;
	return isLater(row.version, version) ? null : fail('hand-in/old-version', { version }).fault;
}

/** What a phone would refuse to show. */
function contentsFault({ shared, languages, files }: HandedText): Fault | null {
	for (const [tag, language] of languages) {
		const own = { shared: files.get('shared')!, language: files.get(tag)! };
		const contents = verifyContents({ shared, language, files: own });
		if (!contents.ok) return contents.fault;
	}
	return null;
}

/** Every rule of a package source, over the text and the media that are here (HND-23). */
export async function sourceFaults(
	ground: HandInGround,
	text: HandedText,
	blobs: readonly BlobRow[]
): Promise<CheckFault[]> {
	const here = new Set(blobs.filter(({ received }) => received).map(({ digest }) => digest));
	const { source, absent } = await sourceOf(text, readBlobOf(ground), here);
	const faults: Omit<SourceFault, 'line'>[] = checkSource(source, text.manifest.manifest.id)
		// Of a file that is not here yet, what is said of its bytes says nothing.
		.faults.filter(({ file, code }) => !absent.has(file) || !code.startsWith('media/'))
		.map(({ line, file, ...fault }) => ({ ...fault, file: line === null ? file : `${file}:${line}` }));
	for (const [file, bytes] of source) {
		if (!RECORDING.test(file) || !hasPlace(bytes)) continue;
		if (!faults.some((fault) => fault.file === file && fault.code === 'media/has-location'))
			faults.push({ code: 'media/has-location', file });
	}
	return faults.slice(0, MOST_FAULTS);
}

/** Films of two sizes too, which a partner's editor makes: here they come from a person (HND-27). */
const RECORDING = /\.(?:mp4|m4a|webm)$/;

/**
 * Whether building its own source again gives these bytes (HND-24): then nothing is in it that the checks have not seen.
 * For when every blob is here.
 */
export async function rebuildFault(ground: HandInGround, text: HandedText): Promise<CheckFault[]> {
	const before = await carriedOver(ground, text);
	if (!before) return only(fail('hand-in/not-canonical').fault);
	const all = new Set(filesOf(text).keys());
	const { source } = await sourceOf(text, readBlobOf(ground), all);
	const checked = checkSource(source, text.manifest.manifest.id);
	if (!checked.source) return checked.faults.map(({ code, file }) => ({ code, file }));
	const built = await buildPackage(checked.source, before);
	return built.manifest.digest === text.manifest.digest ? [] : only(fail('hand-in/not-canonical').fault);
}

/** Parts that were carried over from the version before; null where one says so and is not of that version. */
async function carriedOver(
	{ versions }: HandInGround,
	{ manifest, shared, languages, bytes }: HandedText
): Promise<PartsBefore | null> {
	const { version, supersedes } = manifest.manifest;
	const before = supersedes === null ? null : await versions.byManifest(supersedes);
	const refs = before?.manifest.manifest;
	const parts = new Map<string, Uint8Array>();
	for (const [name, { part, digest }] of [['shared', shared] as const, ...languages]) {
		if (part.version === version) continue;
		const was = name === 'shared' ? refs?.shared : refs?.languages[name];
		if (was?.digest !== digest) return null;
		parts.set(name, bytes.get(digest)!);
	}
	return parts;
}
