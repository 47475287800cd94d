/** Whether this phone can draw a script, and getting its letters when the person agreed to their bytes. */
import { SCRIPTS, type Script } from './scripts.ts';

/** The family that `.has-letters` puts into the page's font list (`base.css`). */
const FAMILY = 'Setara Letters';
const agreed = (language: string) => `letters:${language}`;

/**
 * The script of a language that this phone lacks, or null. One that was agreed to before is fetched again by itself:
 * it is kept on the phone.
 */
export async function lackingScript(language: string): Promise<Script | null> {
	const script = Object.hasOwn(SCRIPTS, language) ? SCRIPTS[language]! : null;
	if (!script || canDraw(script)) return null;
	if (localStorage.getItem(agreed(language)) === null) return script;
	await addLetters(script);
	return null;
}

/** Fetches the letters; false where the link did not carry them. */
export async function fetchLetters(language: string): Promise<boolean> {
	const script = SCRIPTS[language];
	if (!script || !(await addLetters(script))) return false;
	localStorage.setItem(agreed(language), '1');
	return true;
}

async function addLetters({ url, range }: Script): Promise<boolean> {
	try {
		const face = await new FontFace(FAMILY, `url("${url}")`, { unicodeRange: range }).load();
		document.fonts.add(face);
		document.documentElement.classList.add('has-letters');
		return true;
	} catch {
		return false;
	}
}

/** Two letters that look the same are two boxes. */
function canDraw({ letters }: Script): boolean {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = 32;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	// A browser that does not tell is believed.
	if (!context) return true;
	const [one, other] = letters.map((letter) => {
		context.clearRect(0, 0, 32, 32);
		context.font = '20px system-ui, sans-serif';
		context.fillText(letter, 4, 24);
		return context.getImageData(0, 0, 32, 32).data.join();
	});
	return one !== other;
}
