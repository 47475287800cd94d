/** Formatters of a language that Chrome has no data of, from what the build put into its catalogue (`cldr.ts`). */
import { readableSize, type Format } from './format.ts';

/** @param words a catalogue with `cldr.…` keys */
export function lackingFormat(words: Readonly<Record<string, string>>): Format {
	const data = (key: string) => words[`cldr.${key}`] ?? '';
	const fill = (pattern: string, values: Record<string, string>) =>
		pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
	const number = (value: number, digits = 3) =>
		new Intl.NumberFormat('en', { maximumFractionDigits: digits })
			.format(value)
			.replace(/[.,]/g, (mark) => data(mark === '.' ? 'decimal' : 'group'));
	const unit = (name: string, value: number, digits = 0) => fill(data(name), { n: number(value, digits) });
	const months = data('months').split('|');
	const day = (date: Date) =>
		fill(data('day'), {
			day: String(date.getDate()),
			month: months[date.getMonth()] ?? '',
			year: String(date.getFullYear())
		});
	const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
	return {
		number: (value) => number(value),
		percent: (share) => `${number(share * 100, 0)}%`,
		bytes: (bytes) => {
			const { value, name, digits } = readableSize(bytes);
			return unit(name, value, digits).replace('kB', 'KB');
		},
		exactBytes: (bytes) => unit('byte', bytes),
		day,
		dayAndTime: (date) => `${day(date)} ${time.format(date)}`,
		minutes: (minutes) => unit('minute', minutes),
		country: (code) => data(`country-${code}`) || code,
		list: (items) => {
			const last = items.at(-1) ?? '';
			if (items.length < 2) return last;
			const joint = data(items.length === 2 ? 'and-pair' : 'and');
			return items.slice(0, -1).join(data('comma')) + joint + last;
		}
	};
}
