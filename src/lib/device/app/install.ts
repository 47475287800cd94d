/** Putting the app on the phone's home screen, where the browser offers it (Chromium's `beforeinstallprompt`). */
interface InstallPrompt extends Event {
	prompt(): Promise<unknown>;
	userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let offered: InstallPrompt | null = null;
const listeners = new Set<(canInstall: boolean) => void>();

function offer(prompt: InstallPrompt | null): void {
	offered = prompt;
	listeners.forEach((listener) => listener(prompt !== null));
}

/** Keeps the browser's offer for the moment when the person asks for it. Called once, by `startApp`. */
export function catchInstallOffer(): void {
	addEventListener('beforeinstallprompt', (event) => {
		event.preventDefault();
		offer(event as InstallPrompt);
	});
	addEventListener('appinstalled', () => offer(null));
}

/** Calls with whether the app can be installed, now and when that changes; answers what ends it. */
export function watchInstall(listener: (canInstall: boolean) => void): () => void {
	listeners.add(listener);
	listener(offered !== null);
	return () => void listeners.delete(listener);
}

/** Shows the browser's own question, on a tap; `unavailable` where there is none to show. */
export async function askToInstall(): Promise<'accepted' | 'dismissed' | 'unavailable'> {
	const prompt = offered;
	if (!prompt) return 'unavailable';
	offer(null);
	await prompt.prompt();
	return (await prompt.userChoice).outcome;
}
