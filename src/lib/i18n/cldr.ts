/**
 * What Chrome's `Intl` lacks: it carries no data of Khmer, Lao and Burmese, and would show a phone's dates, sizes and
 * countries in the browser's own language instead. The build reads them from Node's full CLDR into those languages'
 * catalogues, so that server and phone write the same and no other language pays for it.
 */
import type { Language } from '../core/base/languages.ts';

/** Languages whose data Chrome leaves out (Chromium 156; `Intl.NumberFormat.supportedLocalesOf`). */
export const LACKING: readonly Language[] = ['km', 'lo', 'my'];

const COUNTRIES = ['BN', 'CN', 'ID', 'KH', 'LA', 'MM', 'MY', 'PH', 'SG', 'TH', 'TL', 'VN'];
const UNITS = {
	byte: 'long',
	kilobyte: 'short',
	megabyte: 'short',
	gigabyte: 'short',
	minute: 'short'
} as const;

/** The data of one language under `cldr.…` keys; `{…}` stands where a value goes. Run by the build, on Node. */
export function readCldr(language: Language): Record<string, string> {
	const locale = `${language}-u-nu-latn`;
	const number = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
	const part = (type: string, otherwise: string) =>
		number.find((each) => each.type === type)?.value ?? otherwise;
	const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
	const month = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' });
	const monthOf = (at: number) =>
		month.formatToParts(Date.UTC(2026, at, 15)).find(({ type }) => type === 'month')?.value ?? '';
	const regions = new Intl.DisplayNames(locale, { type: 'region' });
	const list = new Intl.ListFormat(locale, { type: 'conjunction' }).formatToParts(['0', '1', '2']);
	const between = list.filter(({ type }) => type === 'literal').map(({ value }) => value);
	const pair = new Intl.ListFormat(locale, { type: 'conjunction' }).formatToParts(['0', '1']);
	return {
		'cldr.decimal': part('decimal', '.'),
		'cldr.group': part('group', ','),
		'cldr.day': date
			.formatToParts(Date.UTC(2026, 10, 15))
			.map(({ type, value }) => (type === 'literal' ? value : `{${type}}`))
			.join(''),
		'cldr.months': Array.from({ length: 12 }, (_, at) => monthOf(at)).join('|'),
		'cldr.comma': between[0] ?? ', ',
		'cldr.and': between.at(-1) ?? ', ',
		'cldr.and-pair': pair.find(({ type }) => type === 'literal')?.value ?? ' ',
		...Object.fromEntries(COUNTRIES.map((code) => [`cldr.country-${code}`, regions.of(code) ?? code])),
		...Object.fromEntries(
			Object.entries(UNITS).map(([unit, unitDisplay]) => [
				`cldr.${unit}`,
				new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay })
					.formatToParts(7)
					.map(({ type, value }) => (type === 'integer' ? '{n}' : value))
					.join('')
			])
		)
	};
}
