/** Words for the command line and the server's log, read from `locales/` by Node. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type check from '../../../locales/en/check.json';
import type cli from '../../../locales/en/cli.json';
import type faults from '../../../locales/en/faults.json';
import type people from '../../../locales/en/people.json';
import { matchLanguage, type Language } from '../core/base/languages.ts';
import type { Fault } from '../core/base/result.ts';
import type { WithoutPlural } from './keys.ts';
import { createTranslate } from './translate.ts';

type CliKey =
	| `check.${keyof typeof check & string}`
	| `cli.${WithoutPlural<keyof typeof cli & string>}`
	| `faults.${keyof typeof faults & string}`
	| `people.${WithoutPlural<keyof typeof people & string>}`;
export type CliTranslate = (key: CliKey, params?: Record<string, string | number>) => string;

const LOCALES = join(import.meta.dirname, '../../../locales');

/** The language of a terminal (`LANG=th_TH.UTF-8`), English where the interface does not have it. */
export function terminalLanguage(env: Record<string, string | undefined> = process.env): Language {
	const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en';
	return matchLanguage([locale.split(/[.@]/)[0]!.replaceAll('_', '-')]) ?? 'en';
}

/** Words of `check.json`, `cli.json`, `faults.json` and `people.json`; a key that a language still lacks is answered in English. */
export function createCliTranslate(language: Language = terminalLanguage()): CliTranslate {
	const words: Record<string, string> = {};
	for (const tag of ['en', language]) {
		for (const namespace of ['check', 'cli', 'faults', 'people']) {
			const path = join(LOCALES, tag, `${namespace}.json`);
			if (!existsSync(path)) continue;
			const texts = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
			for (const [key, text] of Object.entries(texts)) words[`${namespace}.${key}`] = text;
		}
	}
	return createTranslate(language, words) as (
		key: string,
		params?: Record<string, string | number>
	) => string;
}

/** The sentence for a fault; a code without one (a bug that a test catches) is shown as it is. */
export function describeFault(t: CliTranslate, { code, params }: Fault): string {
	// What `package check` finds in a source is said to authors, not on every phone: it has a catalogue of its own.
	const authored = `check.${code}` as CliKey;
	const sentence = t(authored, params);
	return sentence === authored ? t(`faults.${code}` as CliKey, params) : sentence;
}
