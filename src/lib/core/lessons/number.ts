/** Reads a number as people type it in their own language: decimal comma or point, and the digits of their script. */

// Languages of the interface that write 1.234,5 (Unicode CLDR 47, numbers/symbols; Tetun follows Portuguese).
const DECIMAL_COMMA = new Set(['id', 'vi', 'pt', 'tet']);
const MAX_LENGTH = 40;

// Code point of digit zero: Thai, Lao, Burmese, Shan, Khmer, Tamil, full-width.
const ZEROS = [0x0e50, 0x0ed0, 0x1040, 0x1090, 0x17e0, 0x0be6, 0xff10];

/**
 * The number that a typed text means in a language, or null when it means none. A separator that can only be one
 * thing is taken as that, whatever the language (`40,5` is forty and a half everywhere); `1.234` and `1,234` follow
 * the language. The unit's symbol may stand behind it.
 */
export function parseNumber(typed: string, language: string, symbol = ''): number | null {
	if (typed.length > MAX_LENGTH) return null;
	let text = [...typed].map(asciiSign).join('').replace(/\s/gu, '');
	const unit = symbol.replace(/\s/gu, '');
	if (unit !== '' && text.endsWith(unit)) text = text.slice(0, -unit.length);
	const [, sign, digits] = /^([+-]?)((?=[.,]?\d)[\d.,]*\d)$/.exec(text) ?? [];
	if (digits === undefined) return null;
	const plain = withPoint(digits, DECIMAL_COMMA.has(language.split('-')[0]!) ? ',' : '.');
	return plain === null ? null : Number(sign + plain);
}

function asciiSign(sign: string): string {
	const code = sign.codePointAt(0)!;
	const zero = ZEROS.find((each) => code >= each && code <= each + 9);
	if (zero !== undefined) return String(code - zero);
	return { '−': '-', '－': '-', '–': '-', '＋': '+', '，': ',', '．': '.', '٫': ',' }[sign] ?? sign;
}

/** Digits with at most a decimal point, or null where separators stand as no language puts them. */
function withPoint(digits: string, decimal: '.' | ','): string | null {
	const kinds = new Set(digits.replace(/\d/g, ''));
	if (kinds.size === 0) return digits;
	const separator = kinds.size === 2 ? (digits.match(/[.,](?=\d*$)/)![0] as '.' | ',') : [...kinds][0]!;
	const count = digits.split(separator).length - 1;
	const grouped = (text: string, by: string) =>
		text.split(by).every((each, i) => (i ? /^\d{3}$/ : /^\d{1,3}$/).test(each));
	if (kinds.size === 2) {
		const [whole, fraction] = digits.split(separator) as [string, string];
		const other = separator === '.' ? ',' : '.';
		return count === 1 && grouped(whole, other) ? `${whole.replaceAll(other, '')}.${fraction}` : null;
	}
	const asGroups = grouped(digits, separator) && !digits.startsWith('0');
	if (count > 1 || (separator !== decimal && asGroups))
		return asGroups ? digits.replaceAll(separator, '') : null;
	return digits.replace(separator, '.');
}
