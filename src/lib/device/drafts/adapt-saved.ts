/** A draft from a package that is saved here: opened with every check that reading it makes, then adapted (DRA-50). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import { adaptUnit, reviseWork, type Adapted } from '../../core/drafts/adapt.ts';
import type { PublishedWork } from '../../core/drafts/published.ts';
import type { Made, NewDraft } from '../../core/drafts/templates.ts';
import type { LanguagePart, SharedPart } from '../../core/packages/manifest.ts';
import { installsOf, openLanguage } from '../packages/open-language.ts';
import type { DraftFault } from './api.ts';

type Saved<Value> = Promise<Result<Value, DraftFault>>;

export async function adaptSaved(
	from: { package: string; unit: string },
	languages: readonly string[],
	who: NewDraft['who'],
	made: Made
): Saved<Adapted> {
	const work = await readWork(from.package, languages);
	return work.ok ? adaptUnit(work.value, from.unit, { languages, who }, made) : work;
}

export async function reviseSaved(id: string, languages: readonly string[], made: Made): Saved<Adapted> {
	const work = await readWork(id, languages);
	return work.ok ? reviseWork(work.value, languages, made) : work;
}

/** The languages that are saved and pass their checks; the fault of the first where none does. */
async function readWork(id: string, languages: readonly string[]): Saved<PublishedWork> {
	const installs = await installsOf(id);
	if (!installs.ok) return installs;
	const files = new Map<string, Uint8Array>();
	const parts: Record<string, LanguagePart> = {};
	let fault: DraftFault = fail('library/not-saved', { id }).fault;
	let shared: { manifest: string; part: SharedPart } | null = null;
	for (const install of installs.value.filter(({ language }) => languages.includes(language))) {
		const opened = await openLanguage(install);
		const read = opened.ok ? await opened.value.files() : opened;
		if (!opened.ok || !read.ok) {
			fault = (read as { fault: DraftFault }).fault;
			continue;
		}
		shared ??= { manifest: install.manifest, part: opened.value.shared.part };
		parts[install.language] = opened.value.part.part;
		for (const path of read.value.shared.paths) files.set(`shared/${path}`, read.value.shared.bytes(path)!);
		for (const path of read.value.language.paths) {
			files.set(`${install.language}/${path}`, read.value.language.bytes(path)!);
		}
	}
	if (!shared) return { ok: false, fault };
	return ok({ manifest: shared.manifest, shared: shared.part, languages: parts, files });
}
