/** A small package source in English and Thai with a unit of each kind that has something of its own. */
import { makeMp4 } from './mp4.ts';

type Json = Record<string, unknown>;

/** JSON that a test reaches into: what it holds is what `makeSource` put there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type LooseJson = any;
const utf8 = (text: string) => new TextEncoder().encode(text);

export const FIGURE =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 100"><text data-t="sun" x="8" y="20" font-size="14"/><text x="8" y="40" font-size="14">40 V</text></svg>';

export const SIMULATION =
	'<!doctype html><html lang="{{lang}}"><meta charset="utf-8"><title>-</title><script type="application/json" id="words">{}</script><script>parent.postMessage({ setara: 1, type: \'ready\' }, \'*\');</script></html>';

/** A source that can be changed file by file before it is checked or built. */
export class SourceFactory {
	readonly files = new Map<string, Uint8Array>();

	text(path: string): string {
		return new TextDecoder().decode(this.files.get(path));
	}

	put(path: string, content: string | Uint8Array | Json): this {
		if (content instanceof Uint8Array) this.files.set(path, content);
		else this.files.set(path, utf8(typeof content === 'string' ? content : JSON.stringify(content, null, 2)));
		return this;
	}

	remove(path: string): this {
		this.files.delete(path);
		return this;
	}

	/** Changes a JSON file in place. */
	edit(path: string, change: (json: LooseJson) => void): this {
		const json: unknown = JSON.parse(this.text(path));
		change(json);
		return this.put(path, json as Json);
	}

	/** Replaces a piece of a text file, which must be there. */
	replace(path: string, piece: string, by: string): this {
		if (!this.text(path).includes(piece)) throw new Error(`${path} has no ${piece}`);
		return this.put(path, this.text(path).replace(piece, by));
	}
}

export function makeSource(): SourceFactory {
	const source = new SourceFactory();
	putShared(source);
	putLanguage(source, 'en', { sun: 'Sun', status: 'source' });
	putLanguage(source, 'th', { sun: 'ดวงอาทิตย์', status: 'drafted-by-machine' });
	return source;
}

function putShared(source: SourceFactory): void {
	source
		.put('package.json', {
			format: 'setara-package/1',
			id: 'little-sun',
			version: '1.0.0',
			supersedes: null,
			kind: 'resource-package',
			sourceLanguage: 'en',
			languages: ['en', 'th'],
			partners: [
				{ name: 'Lao partner', country: 'LA' },
				{ name: 'Chinese partner', country: 'CN' }
			],
			licence: 'CC-BY-SA-4.0',
			sector: 'energy',
			occupation: { scheme: 'ISCO-08', code: '7411' },
			aqrfLevel: 3,
			hours: 2.5,
			credits: 0,
			reviewBy: '2028-11-30',
			glossary: ['voltage'],
			modules: [
				{
					id: 'first',
					units: [
						{ id: 'light', kind: 'theory', minutes: 10 },
						{ id: 'hands', kind: 'practice', minutes: 20 }
					]
				},
				{
					id: 'second',
					units: [
						{ id: 'try', kind: 'simulation', minutes: 10 },
						{ id: 'film', kind: 'media', minutes: 5 },
						{ id: 'exam', kind: 'assessment', minutes: 15 }
					]
				}
			]
		})
		.put('shared/units/hands.json', {
			practice: {
				tools: ['meter'],
				steps: [
					{ id: 'look', minutes: 2, figure: 'panel', tools: ['meter'], evidence: 'photo' },
					{ id: 'note' }
				]
			}
		})
		.put('shared/units/try.json', { simulation: 'sizing' })
		.put('shared/units/film.json', { media: 'clip' })
		.put('shared/units/exam.json', {
			quiz: {
				shuffle: true,
				draw: 4,
				passPercent: 80,
				items: [
					{ id: 'q1', kind: 'single', options: ['a', 'b', 'c'], key: 'b', figure: 'panel', unit: 'light' },
					{ id: 'q2', kind: 'multiple', options: ['a', 'b', 'c', 'd'], key: ['a', 'c'], unit: 'hands' },
					{ id: 'q3', kind: 'numeric', value: 40.5, tolerance: 0.5, symbol: 'V', unit: 'try' },
					{ id: 'q4', kind: 'ordering', key: ['isolate', 'lock', 'prove-dead'], unit: 'film' },
					{
						id: 'q5',
						kind: 'matching',
						left: ['voc', 'isc'],
						right: ['volt', 'ampere', 'watt'],
						key: { voc: 'volt', isc: 'ampere' },
						unit: 'light'
					}
				]
			}
		})
		.put('shared/figures/panel.svg', FIGURE)
		.put('shared/figures/clip.svg', FIGURE)
		.put('shared/sims/sizing.html', SIMULATION)
		.put('shared/media/clip.360p.mp4', makeMp4({ height: 360, data: 600_000 }))
		.put('shared/media/clip.144p.mp4', makeMp4({ height: 144, data: 3000 }));
}

function putLanguage(source: SourceFactory, tag: string, words: { sun: string; status: string }): void {
	const say = (text: string) => `${text} (${tag})`;
	const titled = (id: string) => ({ title: say(id), summary: say(`${id}.`) });
	const options = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, say(id)]));
	const lesson = `## ${say('Part')}\n\n${say('Light makes')} **current** [v](glossary:voltage).\n\n![](figure:panel)\n\n- ${say('one')}\n- ${say('two')}\n\n> [!SAFETY] ${say('Care')}\n> ${say('Cover it.')}\n`;
	source
		.put(`${tag}/package.json`, {
			title: say('A little sun'),
			summary: say('Light and current.'),
			translation: { status: words.status },
			contributors: [
				{ name: 'Kham', institution: 'Lao partner', did: tag === 'en' ? 'author' : 'translator' }
			],
			modules: { first: say('First'), second: say('Second') },
			units: Object.fromEntries(['light', 'hands', 'try', 'film', 'exam'].map((id) => [id, titled(id)]))
		})
		.put(`${tag}/glossary.json`, { voltage: { term: say('voltage'), meaning: say('What pushes.') } })
		.put(`${tag}/figures.json`, {
			panel: { alt: say('A panel'), caption: say('Panel'), words: { sun: words.sun } },
			clip: { alt: say('A clip'), words: { sun: words.sun } }
		})
		.put(`${tag}/units/light.md`, lesson)
		.put(`${tag}/units/hands.md`, `${say('Do it.')}\n`)
		.put(`${tag}/units/try.md`, `${say('Try it.')}\n`)
		.put(`${tag}/units/film.md`, `${say('See it.')}\n\n![](video:clip)\n`)
		.put(`${tag}/units/exam.md`, `${say('Show it.')}\n`)
		.put(`${tag}/units/hands.json`, {
			practice: {
				goal: say('Look'),
				tools: { meter: say('Meter') },
				safety: [{ title: say('Hot'), text: say('Wait.') }],
				steps: {
					look: { title: say('Look'), text: say('Look **well**.'), evidence: say('The plate') },
					note: { title: say('Note'), text: say('Write it down.') }
				}
			}
		})
		.put(`${tag}/units/exam.json`, {
			quiz: {
				q1: { prompt: say('1?'), options: options(['a', 'b', 'c']), feedback: options(['a', 'b', 'c']) },
				q2: {
					prompt: say('2?'),
					options: options(['a', 'b', 'c', 'd']),
					feedback: options(['a', 'b', 'c', 'd'])
				},
				q3: { prompt: say('3?'), explain: say('so') },
				q4: { prompt: say('4?'), options: options(['isolate', 'lock', 'prove-dead']), explain: say('so') },
				q5: {
					prompt: say('5?'),
					left: options(['voc', 'isc']),
					right: options(['volt', 'ampere', 'watt']),
					explain: say('so')
				}
			}
		})
		.put(`${tag}/sims/sizing.json`, {
			title: say('Sizing'),
			intro: say('Move.'),
			textInstead: say('Read.'),
			words: { volts: say('Volts') }
		})
		.put(`${tag}/media/clip.vtt`, `WEBVTT\n\n00:00.000 --> 00:02.000\n${say('Look.')}\n`)
		.put(`${tag}/media/clip.md`, `${say('One sees a panel.')}\n`);
}
