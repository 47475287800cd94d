/** Which voice of the phone reads a language aloud. Only voices on the phone itself: a lesson is not sent anywhere. */
export type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default'>;

// Tags under which engines list the same language (BCP 47 and older ones).
const ALIASES: Record<string, readonly string[]> = {
	fil: ['fil', 'tl'],
	id: ['id', 'in'],
	'zh-Hans': ['zh-cn', 'zh-hans', 'cmn-hans', 'cmn-cn', 'zh-sg', 'zh'],
	tet: ['tet']
};

/** The best local voice of a language, or null: then nothing offers to read. */
export function localVoice<Each extends Voice>(voices: readonly Each[], language: string): Each | null {
	const wanted = ALIASES[language] ?? [language.toLowerCase()];
	const local = voices.filter((voice) => voice.localService);
	for (const tag of wanted) {
		const fits = local.filter((voice) => {
			const own = voice.lang.replaceAll('_', '-').toLowerCase();
			return own === tag || own.startsWith(`${tag}-`);
		});
		const best = fits.find((voice) => voice.default) ?? fits[0];
		if (best) return best;
	}
	return null;
}
