/** The server's own sentences, in the language of the person who asked. */
import type { Language } from '../../core/base/languages.ts';
import type { Fault } from '../../core/base/result.ts';
import { loadWorkCatalogue } from '../../i18n/work-catalogue.ts';
import type { Key } from '../../i18n/keys.ts';
import { createTranslate, type Translate } from '../../i18n/translate.ts';

const translators = new Map<Language, Promise<Translate>>();

/** The sentence of a fault. */
export async function describe(language: Language, { code, params }: Fault): Promise<string> {
	let translate = translators.get(language);
	if (!translate) {
		translate = loadWorkCatalogue(language).then((words) => createTranslate(language, words));
		translators.set(language, translate);
	}
	return (await translate)(`faults.${code}` as Key, params);
}
