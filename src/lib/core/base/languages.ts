/** The interface's languages (BCP 47) and their own names, in the order in which a first visit shows them. */
export const LANGUAGES = {
	en: 'English',
	id: 'Bahasa Indonesia',
	ms: 'Bahasa Melayu',
	fil: 'Filipino',
	km: 'ខ្មែរ',
	lo: 'ລາວ',
	my: 'မြန်မာ',
	pt: 'Português',
	ta: 'தமிழ்',
	tet: 'Tetun',
	th: 'ไทย',
	vi: 'Tiếng Việt',
	'zh-Hans': '中文（简体）'
} as const;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as Language[];
export const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

/** A language's own name, or the tag itself for one that the interface does not have. */
export const endonym = (tag: string): string => (isLanguage(tag) ? LANGUAGES[tag] : tag);

/**
 * The interface language that fits a person's list best (RFC 4647 lookup, with `zh-CN`, `in`, `tl` as the names
 * that browsers also use for zh-Hans, id, fil), or null.
 */
export function matchLanguage(wanted: readonly string[]): Language | null {
	const alias: Record<string, Language> = {
		zh: 'zh-Hans',
		in: 'id',
		tl: 'fil',
		'zh-cn': 'zh-Hans',
		'zh-sg': 'zh-Hans'
	};
	const byLowerCase = new Map(LANGUAGE_TAGS.map((tag) => [tag.toLowerCase(), tag]));
	for (const range of wanted) {
		const parts = range.toLowerCase().split('-');
		for (; parts.length > 0; parts.pop()) {
			const tag = parts.join('-');
			const found = byLowerCase.get(tag) ?? alias[tag];
			if (found) return found;
		}
	}
	return null;
}
