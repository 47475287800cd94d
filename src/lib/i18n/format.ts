/** Numbers, sizes, days and durations in a language's own way, through `Intl`. */
import type { Language } from '../core/base/languages.ts';
import { lackingFormat } from './format-lacking.ts';

/** Formatters of one language. */
export interface Format {
	number: (value: number) => string;
	percent: (share: number) => string;
	/** A size for reading: `212 KB`, `1,84 MB`. Decimal kilobytes, as data plans count. */
	bytes: (bytes: number) => string;
	/** A size to the byte, where money is at stake. */
	exactBytes: (bytes: number) => string;
	day: (date: Date) => string;
	dayAndTime: (date: Date) => string;
	minutes: (minutes: number) => string;
	country: (code: string) => string;
	list: (items: readonly string[]) => string;
}

/**
 * Makes the formatters of a language. Where its catalogue carries CLDR's data (`cldr.ts`), they are used in place of
 * `Intl`, on the server too; what `Intl` lacks besides (Tetun) falls back to a neighbour that readers know.
 */
export function createFormat(language: Language, catalogue: Readonly<Record<string, string>> = {}): Format {
	return catalogue['cldr.months'] === undefined ? intlFormat(language) : lackingFormat(catalogue);
}

function intlFormat(language: Language): Format {
	// Timor-Leste writes Portuguese as Portugal does.
	const locales = language === 'tet' || language === 'pt' ? ['pt-PT'] : [language];
	// English as the region writes it: day before month, 24 hours.
	const dates = language === 'en' ? ['en-GB'] : locales;
	// Made when first asked for, and once: on a slow phone one takes as long as drawing a paragraph.
	const made = new Map<string, Intl.NumberFormat>();
	const number = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
		const key = JSON.stringify(options);
		const format = made.get(key) ?? new Intl.NumberFormat(locales, options);
		made.set(key, format);
		return format;
	};
	const unit = (name: string, digits: number, display: 'short' | 'long' = 'short') =>
		number({ style: 'unit', unit: name, unitDisplay: display, maximumFractionDigits: digits });
	let countries: Intl.DisplayNames | undefined;
	return {
		number: (value) => number({}).format(value),
		percent: (share) => number({ style: 'percent', maximumFractionDigits: 0 }).format(share),
		bytes: (bytes) => {
			const { value, name, digits } = readableSize(bytes);
			const display = name === 'byte' ? 'long' : 'short';
			return unit(name, digits, display).format(value).replace('kB', 'KB');
		},
		exactBytes: (bytes) => unit('byte', 0, 'long').format(bytes),
		day: (date) => new Intl.DateTimeFormat(dates, { dateStyle: 'long' }).format(date),
		dayAndTime: (date) =>
			new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short' }).format(date),
		minutes: (minutes) => unit('minute', 0).format(minutes),
		country: (code) => (countries ??= new Intl.DisplayNames(locales, { type: 'region' })).of(code) ?? code,
		list: (items) => new Intl.ListFormat(locales, { type: 'conjunction' }).format(items)
	};
}

/** The unit in which a size is read at a glance, and how many decimals are worth showing. */
export function readableSize(bytes: number): {
	value: number;
	name: 'byte' | 'kilobyte' | 'megabyte' | 'gigabyte';
	digits: number;
} {
	if (bytes < 1000) return { value: bytes, name: 'byte', digits: 0 };
	if (bytes < 999_500) return { value: bytes / 1000, name: 'kilobyte', digits: bytes < 9_950 ? 1 : 0 };
	const value = bytes / 1_000_000;
	if (value >= 999.5) return { value: value / 1000, name: 'gigabyte', digits: 1 };
	return { value, name: 'megabyte', digits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0 };
}
