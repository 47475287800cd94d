/**
 * The theme that a person chose. It lives in a cookie, so that the server draws the first paint in it (hooks) and the
 * shell's small script does so where there is no server (`static/early.js`).
 */
const THEMES = ['phone', 'light', 'dark', 'sun'] as const;
export type Theme = (typeof THEMES)[number];

/** The theme that the page is drawn in now; `phone` is the phone's own, light or dark. */
export const currentTheme = (): Theme =>
	THEMES.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'phone';

/** Draws the page in a theme and keeps it for the next visit. */
export function chooseTheme(theme: Theme): void {
	if (theme === 'phone') delete document.documentElement.dataset['theme'];
	else document.documentElement.dataset['theme'] = theme;
	const age = theme === 'phone' ? 0 : 31_536_000;
	document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
}
