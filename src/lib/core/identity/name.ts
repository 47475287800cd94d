/**
 * Names that people sign in with, in the letters of their own language (SYN-100 to SYN-104). One script a name, and
 * no two names that look alike: what Unicode's UTS 39 calls single-script and confusable, for the scripts that the
 * interface has.
 */
const MIN_LENGTH = 3;
const MIN_LENGTH_HAN = 2;
const MAX_LENGTH = 30;

/** Scripts of the interface's languages. Latin: letters of which the base is a-z, and đ. */
const SCRIPTS = {
	latin: /^[a-zđ]$/,
	thai: /^\p{Script=Thai}$/u,
	lao: /^\p{Script=Lao}$/u,
	khmer: /^\p{Script=Khmer}$/u,
	burmese: /^\p{Script=Myanmar}$/u,
	tamil: /^\p{Script=Tamil}$/u,
	han: /^\p{Script=Han}$/u
};
type Script = keyof typeof SCRIPTS;

export const NAME_FAULTS = [
	'account/name-short',
	'account/name-long',
	'account/name-letters',
	'account/name-mixed'
] as const;
export type NameFault = (typeof NAME_FAULTS)[number];

/** A name as it is compared: one form of each letter, small letters, digits of every script as 0-9. */
export const normaliseName = (typed: string): string =>
	[...typed.normalize('NFKC').toLowerCase().normalize('NFKC').trim()].map(asciiDigit).join('');

/** What is wrong with a name, or null. */
export function nameFault(typed: string): NameFault | null {
	const name = normaliseName(typed);
	const letters = [...name];
	if (letters.length > MAX_LENGTH || name.length > MAX_LENGTH * 2) return 'account/name-long';
	const scripts = new Set<Script>();
	for (const letter of letters) {
		if (/^[0-9._-]$/.test(letter)) continue;
		const script = scriptOf(letter);
		if (!script) return 'account/name-letters';
		scripts.add(script);
	}
	// A mark needs a letter before it, a name begins with what can be read, and separators stand between.
	if (/^[\p{M}._-]|[._-]$|[._-]{2}|[0-9._-]\p{M}/u.test(name)) return 'account/name-letters';
	if (scripts.size === 0) return 'account/name-letters';
	if (scripts.size > 1) return 'account/name-mixed';
	const least = scripts.has('han') ? MIN_LENGTH_HAN : MIN_LENGTH;
	return letters.length < least ? 'account/name-short' : null;
}

/** How a name looks: two names with the same look are taken as one (UTS 39's skeleton, for our scripts). */
export function lookOf(typed: string): string {
	let look = normaliseName(typed).replace(/[._-]/g, '');
	for (const [one, other] of LOOKALIKES) look = look.replaceAll(one, other);
	return look;
}

/** What readers of each script mistake for each other; letters before digits, because digits are then letters. */
const LOOKALIKES: readonly (readonly [string, string])[] = [
	// Two Thai or Lao sara e, and sara ae.
	['\u0e40\u0e40', '\u0e41'],
	['\u0ec0\u0ec0', '\u0ec1'],
	// Khmer subscripts ta and da are drawn alike.
	['\u17d2\u178a', '\u17d2\u178f'],
	// Burmese letters and the digits nought and seven.
	['\u101d', '0'],
	['\u101b', '7'],
	// Tamil letters and the digits one, two, seven, eight.
	['\u0b95', '1'],
	['\u0b89', '2'],
	['\u0b8e', '7'],
	['\u0b85', '8'],
	['\u3007', '0'],
	['rn', 'm'],
	['vv', 'w'],
	['0', 'o'],
	['1', 'l']
];

function scriptOf(letter: string): Script | null {
	const base = letter.normalize('NFD').replace(/[\u0300-\u036f]+$/, '');
	if (SCRIPTS.latin.test(base)) return 'latin';
	if (!/^[\p{L}\p{M}\p{Nl}]$/u.test(letter)) return null;
	const found = (Object.keys(SCRIPTS) as Script[]).find((script) => SCRIPTS[script].test(letter));
	return found ?? null;
}

// Code point of digit nought: Thai, Lao, Burmese, Khmer, Tamil. NFKC has made the full-width ones plain.
const ZEROS = [0x0e50, 0x0ed0, 0x1040, 0x17e0, 0x0be6];

function asciiDigit(letter: string): string {
	const code = letter.codePointAt(0)!;
	const zero = ZEROS.find((each) => code >= each && code <= each + 9);
	return zero === undefined ? letter : String(code - zero);
}
