/**
 * A figure is a drawing without words (SRC-8): here the words of one language are put in. The result is drawn only as
 * the source of an `<img>`, where a browser runs no script in it and loads nothing for it.
 */
export interface FigureSize {
	width: number;
	height: number;
}

// An empty `<text>` or `<tspan>`, its attributes as group 2; `check` admits no other way of writing them.
const SLOT = /<(text|tspan)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?:\/>|>\s*<\/\1\s*>)/g;
const KEY = /\sdata-t\s*=\s*(?:"([^"]*)"|'([^']*)')/;

/** Puts words into the texts that ask for them, and names the language, so that its script is shaped as its own. */
export function fillFigure(svg: string, words: Readonly<Record<string, string>>, language: string): string {
	const filled = svg.replace(SLOT, (whole, name: string, attributes: string) => {
		const [, double, single] = KEY.exec(attributes) ?? [];
		const key = double ?? single;
		if (key === undefined || !Object.hasOwn(words, key)) return whole;
		return `<${name}${attributes}>${escapeXml(words[key]!)}</${name}>`;
	});
	return filled.replace(/<svg(?=[\s>])/, `<svg lang="${escapeXml(language)}"`);
}

/** The keys of words that a drawing asks for, in order, each once. */
export function figureKeys(svg: string): string[] {
	const keys = [...svg.matchAll(SLOT)].flatMap(([, , attributes]) => {
		const [, double, single] = KEY.exec(attributes!) ?? [];
		return double ?? single ?? [];
	});
	return [...new Set(keys)];
}

/** Width and height of the viewBox, or null where there is none worth the name. */
export function figureSize(svg: string): FigureSize | null {
	const [, box] = /<svg\b[^>]*?\sviewBox\s*=\s*["']([^"']*)["']/.exec(svg) ?? [];
	const [, , width, height] = (box ?? '')
		.trim()
		.split(/[\s,]+/)
		.map(Number);
	return width && height && width > 0 && height > 0 && width < 1e5 && height < 1e5 ? { width, height } : null;
}

/** Where an `<img>` finds a figure: a drawing in itself, a photo at its address. */
export const figureAddress = (figure: { svg: string } | { svg: null; url: string }): string =>
	figure.svg === null ? figure.url : figureSource(figure.svg);

/** The drawing as an address for `<img src>`; only what an address cannot hold is escaped, so it stays short. */
export function figureSource(svg: string): string {
	const escaped = svg.replace(
		/[%#"\r\n\t]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`
	);
	return `data:image/svg+xml;charset=utf-8,${escaped}`;
}

const XML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeXml(text: string): string {
	// Control characters have no place in XML 1.0, escaped or not.
	return text
		.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (sign) => XML[sign]!);
}
