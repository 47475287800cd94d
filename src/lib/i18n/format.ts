/** Numbers, sizes, days and durations in a language's own way, through `Intl`. */
import type { Language } from '../core/base/languages.ts';

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

/** Makes the formatters of a language; what `Intl` lacks (Tetun, say) falls back to a neighbour that readers know. */
export function createFormat(language: Language): Format {
	const locales = language === 'tet' ? ['tet', 'pt'] : [language];
	// English as the region writes it: day before month, 24 hours.
	const dates = language === 'en' ? ['en-GB'] : locales;
	const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locales, options);
	const unit = (name: string, digits: number, display: 'short' | 'long' = 'short') =>
		number({ style: 'unit', unit: name, unitDisplay: display, maximumFractionDigits: digits });
	const plain = number({});
	const countries = new Intl.DisplayNames(locales, { type: 'region' });
	return {
		number: (value) => plain.format(value),
		percent: (share) => number({ style: 'percent', maximumFractionDigits: 0 }).format(share),
		bytes: (bytes) => {
			if (bytes < 1000) return unit('byte', 0, 'long').format(bytes);
			if (bytes < 999_500)
				return unit('kilobyte', bytes < 9_950 ? 1 : 0)
					.format(bytes / 1000)
					.replace('kB', 'KB');
			const mega = bytes / 1_000_000;
			return unit('megabyte', mega < 9.995 ? 2 : mega < 99.95 ? 1 : 0).format(mega);
		},
		exactBytes: (bytes) => unit('byte', 0, 'long').format(bytes),
		day: (date) => new Intl.DateTimeFormat(dates, { dateStyle: 'long' }).format(date),
		dayAndTime: (date) =>
			new Intl.DateTimeFormat(dates, { dateStyle: 'medium', timeStyle: 'short' }).format(date),
		minutes: (minutes) => unit('minute', 0).format(minutes),
		country: (code) => countries.of(code) ?? code,
		list: (items) => new Intl.ListFormat(locales, { type: 'conjunction' }).format(items)
	};
}
