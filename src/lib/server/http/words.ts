/** The server's own sentences, in the language of the person who asked. */
import type { Language } from '../../core/base/languages.ts';
import type { Fault } from '../../core/base/result.ts';
import { loadWorkCatalogue } from '../../i18n/work-catalogue.ts';
import type { Key } from '../../i18n/keys.ts';
import { createTranslate, type Translate } from '../../i18n/translate.ts';

const translators = new Map<Language, Promise<Translate>>();

/** The sentence of a fault; in English where a language still lacks it. */
export async function describe(language: Language, fault: Fault): Promise<string> {
	const sentence = await sentenceOf(language, fault);
	return sentence ?? (await sentenceOf('en', fault)) ?? fault.code;
}

async function sentenceOf(language: Language, { code, params }: Fault): Promise<string | null> {
	let translate = translators.get(language);
	if (!translate) {
		translate = loadWorkCatalogue(language).then((words) => createTranslate(language, words));
		translators.set(language, translate);
	}
	const t = await translate;
	// What `package check` finds in a source has a catalogue of its own.
	for (const key of [`faults.${code}`, `check.${code}`]) {
		const sentence = t(key as Key, params);
		if (sentence !== key) return sentence;
	}
	return null;
}
