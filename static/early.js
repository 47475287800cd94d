// Before the first paint of the shell: the theme and the language that the phone already knows.
(() => {
	const root = document.documentElement;
	const theme = /(?:^|; )theme=(light|dark|sun)/.exec(document.cookie);
	if (theme) root.dataset.theme = theme[1];
	const language = /^\/([a-z]{2,3}(?:-[A-Z][a-z]{3})?)(?:\/|$)/.exec(location.pathname);
	if (language) root.lang = language[1];
})();
