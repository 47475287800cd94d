/** What a library and a package's own page show, out of verified parts: the same on the server and on the phone. */
import { contributorsOf } from '../lessons/contributors.ts';
import type { Approval, PackageCard, PackagePage, TierBytes } from '../protocol/library.ts';
import type { VerifiedLanguagePart, VerifiedManifest, VerifiedSharedPart } from './verify.ts';

export interface CardSource {
	shared: VerifiedSharedPart;
	/** The part whose title is shown. */
	language: VerifiedLanguagePart;
	/** Languages that can be had here, in the manifest's order. */
	languages: readonly string[];
	bytes: TierBytes;
}

export interface PackagePageSource extends Omit<CardSource, 'languages' | 'bytes'> {
	manifest: VerifiedManifest;
	/** Every language part that can be had here, with its bytes (`tierBytes`); the shown language among them. */
	translations: readonly { part: VerifiedLanguagePart; bytes: TierBytes }[];
	approval: Approval;
	checked: PackagePage['checked'];
}

/** Composes a package's entry in the library. */
export function composeCard({ shared, language, languages, bytes }: CardSource): PackageCard {
	return {
		id: shared.part.package,
		version: shared.version,
		kind: shared.part.kind,
		sector: shared.part.sector,
		title: language.part.title,
		contentLanguage: language.part.language,
		languages: [...languages],
		partners: shared.part.partners,
		units: shared.part.modules.reduce((sum, module) => sum + module.units.length, 0),
		hours: shared.part.hours,
		aqrfLevel: shared.part.aqrfLevel,
		bytes
	};
}

/** Composes a package's own page. Throws when the shown language is not among the translations. */
export function composePackagePage(source: PackagePageSource): PackagePage {
	const { shared, language, translations } = source;
	const shown = translations.find(({ part }) => part.digest === language.digest);
	if (!shown) throw new Error('the language shown is not among the translations');
	const languages = translations.map(({ part }) => part.part.language);
	return {
		...composeCard({ shared, language, languages, bytes: shown.bytes }),
		checked: source.checked,
		summary: language.part.summary,
		manifest: source.manifest.digest,
		licence: shared.part.licence,
		credits: shared.part.credits,
		reviewBy: shared.part.reviewBy,
		approval: source.approval,
		contributors: contributorsOf(language.part, shared.part),
		narration: language.part.narration ?? null,
		releaseNotes: language.part.releaseNotes ?? null,
		adaptedFrom: originOf(shared.part),
		translations: translations.map(({ part, bytes }) => ({
			language: part.part.language,
			status: part.part.translation.status,
			bytes
		})),
		modules: shared.part.modules.map((module) => ({
			id: module.id,
			title: language.part.modules[module.id]!,
			units: module.units.map((unit) => ({
				id: unit.id,
				kind: unit.kind,
				title: language.part.units[unit.id]!.title,
				minutes: unit.minutes
			}))
		}))
	};
}

function originOf({ adaptedFrom }: VerifiedSharedPart['part']): PackagePage['adaptedFrom'] {
	if (!adaptedFrom) return null;
	const { package: id, version, title, licence } = adaptedFrom;
	return { package: id, version, title, licence };
}
