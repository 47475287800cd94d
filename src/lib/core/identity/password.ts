/**
 * Passwords after NIST SP 800-63B: at least 8 characters of any kind, each code point one, no rules of composition, no
 * change by date, and none that everyone tries first, the person's name and ours among them (SYN-105). 8 is the least
 * of its third revision; docs/adr/0071 says why not the 15 of the fourth.
 */
const MIN_PASSWORD = 8;
/** In characters; longer ones would only make hashing slow. */
export const MAX_PASSWORD = 128;

export const PASSWORD_FAULTS = [
	'account/password-short',
	'account/password-long',
	'account/password-common'
] as const;
export type PasswordFault = (typeof PASSWORD_FAULTS)[number];

/** What is wrong with a password for a person of this name, or null. */
export function passwordFault(password: string, name: string): PasswordFault | null {
	const length = [...password.normalize('NFKC')].length;
	if (length < MIN_PASSWORD) return 'account/password-short';
	if (length > MAX_PASSWORD) return 'account/password-long';
	const plain = password.normalize('NFKC').toLowerCase();
	const bare = plain.replace(/[^\p{L}]+$/u, '');
	const isCommon =
		COMMON.has(plain) ||
		COMMON.has(bare) ||
		new Set(plain).size <= 2 ||
		isRun(plain) ||
		isMadeOf(plain, lettersOf(name)) ||
		isMadeOf(plain, 'setara');
	return isCommon ? 'account/password-common' : null;
}

/** The letters of a text, without digits and signs before, between and after them. */
const lettersOf = (text: string): string =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{M}]+/gu, '');

/** Nothing but a word, or the word backwards, once or more often, with digits and signs around it. */
function isMadeOf(password: string, word: string): boolean {
	const letters = lettersOf(password);
	if (word === '' || letters === '') return false;
	return [word, [...word].reverse().join('')].some((each) => letters.replaceAll(each, '') === '');
}

/** Each character the one after (or before) the one before it: 12345678, 87654321, abcdefgh. */
function isRun(text: string): boolean {
	const codes = [...text].map((each) => each.codePointAt(0)!);
	const steps = new Set(codes.slice(1).map((code, index) => code - codes[index]!));
	return steps.size === 1 && (steps.has(1) || steps.has(-1) || steps.has(0));
}

// Of eight characters or more, from the lists of leaked passwords that are published (SecLists, NCSC), and what those
// of our region have more of; endings of digits and signs are taken off before they are looked for.
const COMMON = new Set(
	`password passw0rd p@ssword p@ssw0rd passwort password1 password12 password123 qwertyui qwertyuiop qwerty123 qwerty1234 qwerty12345
1qaz2wsx 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y qazwsxedc zaq12wsx zxcvbnm1 zxcvbnm123 asdfghjk asdfghjkl asdf1234 1234qwer qwer1234
12345678 123456789 1234567890 0123456789 123123123 12341234 11223344 112233445566 123321123 12344321 87654321 987654321 0987654321
147258369 789456123 741852963 159357456 135792468 246813579 100200300 123456123456 123456789a 123456789q a123456789 aa123456 aa123456789
abc12345 abcd1234 abc123456 abcd12345 a1b2c3d4 asd123456 qq123456 woaini1314 woaini520 wo123456 5201314520 5201314a 1314520a
iloveyou iloveyou1 iloveyou2 iloveu123 loveyou1 princess princess1 sunshine sunshine1 football football1 baseball basketball superman
superman1 spiderman batman123 pokemon1 dragon123 monkey123 charlie1 michelle jennifer jessica1 jordan23 liverpool chelsea1 arsenal1
arsenal123 manchester barcelona realmadrid computer internet samsung1 google123 facebook facebook1 whatever trustno1 starwars letmein1
letmein123 welcome1 welcome123 changeme changeme123 administrator admin123 admin1234 administrator1 master123 login123 user1234 test1234
testtest guest123 default1 secret123 student1 student123 teacher1 teacher123 school123 setara123 setara1234 setarasetara
sayang123 sayangku sayangkamu cintaku123 cinta123 akucinta rahasia rahasia123 bismillah bismillah1 indonesia indonesia1 jakarta1 bandung1
surabaya malaysia malaysia1 merdeka1 katasandi katalaluan anhyeuem anhyeuem123 emyeuanh yeuanh123 matkhau1 matkhau123 vietnam1 vietnam123
hanoi123 saigon123 123456abc 123456qwe thailand thailand1 bangkok1 rakthoe1 mahalkita mahalkita1 mahalko123 iloveyou123 pilipinas
philippines password0 cambodia cambodia1 myanmar1 myanmar123 singapore singapore1 singapore123 timorleste portugal benfica1 brasil123
amorzinho teamo123 minhasenha senha123 senha1234 laos1234 vientiane`.split(/\s+/)
);
