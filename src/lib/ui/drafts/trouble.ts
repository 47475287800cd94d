/** Sentences of what did not work. */
import type { I18n } from '../../i18n/context.ts';
import type { Key } from '../../i18n/keys.ts';
import type { Trouble } from './desk.ts';

const SIZES = new Set(['limit', 'size', 'bytes', 'missing', 'free', 'needed', 'left']);

/** The sentence of a fault, its sizes written as the language does. */
export function sentenceOf({ t, format }: I18n, { code, params = {} }: Trouble): string {
	const written = Object.fromEntries(
		Object.entries(params).map(([name, value]) => [
			name,
			SIZES.has(name) && typeof value === 'number' ? format.bytes(value) : value
		])
	);
	// What the checks of a package find is said to authors, not on every phone: it has a catalogue of its own.
	const authored = t(`check.${code}` as Key, written);
	return authored === `check.${code}` ? t(`faults.${code}` as Key, written) : authored;
}
