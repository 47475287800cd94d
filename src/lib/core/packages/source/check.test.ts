import { describe, expect, it } from 'vitest';
import { makeMp4 } from '../../../../../tests/factories/mp4.ts';
import { makeSource, type SourceFactory } from '../../../../../tests/factories/package-source.ts';
import { checkSource } from './check.ts';

const faultsOf = (source: SourceFactory) =>
	checkSource(source.files, 'little-sun').faults.map(
		({ code, file, line }) => `${file}:${line ?? ''} ${code}`
	);

const EXAM = 'shared/units/exam.json';

describe('the check of a package source', () => {
	it('finds nothing in a source that keeps every rule', () => {
		expect(faultsOf(makeSource())).toEqual([]);
	});

	const cases: [string, (source: SourceFactory) => unknown, string | RegExp][] = [
		[
			'SRC-1: a file that is no JSON',
			(s) => s.put('package.json', '{\n  "id": }'),
			'package.json:2 source/bad-json'
		],
		['SRC-1: no package.json', (s) => s.remove('package.json'), 'package.json: source/missing-file'],
		[
			'SRC-1: no licence',
			(s) => s.edit('package.json', (j) => delete j.licence),
			/^package.json:1 source\/no-licence/
		],
		[
			'SRC-1: a licence for code',
			(s) => s.edit('package.json', (j) => (j.licence = 'MIT')),
			/^package.json:2\d source\/no-licence/
		],
		[
			'SRC-1: another folder',
			(s) => s.edit('package.json', (j) => (j.id = 'other')),
			'package.json:3 source/wrong-id'
		],
		[
			'SRC-1: a sector that there is not',
			(s) => s.edit('package.json', (j) => (j.sector = 'magic')),
			/^package.json:2\d source\/bad-shape/
		],
		[
			'SRC-1: a name twice',
			(s) => s.replace('package.json', '"version": "1.0.0",', '"version": "9.0.0",\n"version": "1.0.0",'),
			'package.json:5 source/duplicate-name'
		],
		[
			'SRC-1: a language that is not there',
			(s) => s.edit('package.json', (j) => j.languages.push('km')),
			/^package.json:\d+ source\/missing-language/
		],
		[
			'SRC-1: a language that is not declared',
			(s) => s.put('km/package.json', '{}'),
			/^package.json:\d+ source\/undeclared-language/
		],
		[
			'SRC-2: a key that is no option',
			(s) => s.edit(EXAM, (j) => (j.quiz.items[0].key = 'd')),
			/exam.json:\d+ source\/bad-key/
		],
		[
			'SRC-2: more drawn than there are',
			(s) => s.edit(EXAM, (j) => (j.quiz.draw = 9)),
			/exam.json:4 source\/bad-key/
		],
		[
			'SRC-2: an item twice',
			(s) => s.edit(EXAM, (j) => (j.quiz.items[1].id = 'q1')),
			/exam.json:\d+ source\/duplicate-id/
		],
		[
			'SRC-2: a figure that is not there',
			(s) => s.edit(EXAM, (j) => (j.quiz.items[0].figure = 'moon')),
			/exam.json:\d+ source\/dead-link/
		],
		[
			'SRC-2: a practice without steps',
			(s) => s.put('shared/units/hands.json', {}),
			'shared/units/hands.json:1 source/kind-without-content'
		],
		[
			'SRC-3: a unit that nothing assesses',
			(s) => s.edit(EXAM, (j) => (j.quiz.items[2].unit = 'light')),
			/^package.json:\d+ source\/not-assessed/
		],
		[
			'SRC-4: a unit without a title',
			(s) => s.edit('th/package.json', (j) => delete j.units.film),
			/^th\/package.json:\d+ source\/missing-words/
		],
		[
			'SRC-4: a translation that says it is the source',
			(s) => s.edit('th/package.json', (j) => (j.translation.status = 'source')),
			/^th\/package.json:\d+ source\/bad-shape/
		],
		[
			'SRC-5: an option without feedback',
			(s) => s.edit('th/units/exam.json', (j) => delete j.quiz.q1.feedback.c),
			/^th\/units\/exam.json:\d+ source\/missing-words/
		],
		[
			'SRC-5: words for nothing',
			(s) => s.edit('en/units/exam.json', (j) => (j.quiz.q9 = { prompt: 'x' })),
			/^en\/units\/exam.json:\d+ source\/extra-words/
		],
		[
			'SRC-5: HTML in a string',
			(s) => s.edit('en/units/exam.json', (j) => (j.quiz.q3.explain = 'a <img src=x>')),
			/^en\/units\/exam.json:\d+ source\/marks-in-words/
		],
		[
			'SRC-6: script in a lesson',
			(s) => s.put('en/units/hands.md', 'Do it.\n\n<script>alert(1)</script>\n'),
			'en/units/hands.md:3 lesson/html'
		],
		[
			'SRC-6: a javascript: link',
			(s) => s.put('en/units/hands.md', '\n[x](javascript:alert(1))\n'),
			'en/units/hands.md:2 lesson/link-refused'
		],
		[
			'SRC-6: a link to no unit',
			(s) => s.put('en/units/hands.md', 'See\n[x](unit:nowhere)\n'),
			'en/units/hands.md:2 source/dead-link'
		],
		[
			'SRC-6: a link to no term',
			(s) => s.put('en/units/hands.md', '[x](glossary:nothing)\n'),
			'en/units/hands.md:1 source/dead-link'
		],
		[
			'SRC-6: a figure that is not there',
			(s) => s.put('en/units/hands.md', 'x\n\n![](figure:moon)\n'),
			'en/units/hands.md:3 source/dead-link'
		],
		[
			'SRC-7: a list with another number of entries',
			(s) => s.replace('th/units/light.md', '- two (th)\n', ''),
			'th/units/light.md:7 source/structure-differs'
		],
		[
			'SRC-7: a paragraph more',
			(s) => s.put('th/units/hands.md', 'One.\n\nTwo.\n'),
			'th/units/hands.md:3 source/structure-differs'
		],
		[
			'SRC-8: a figure with script',
			(s) => s.replace('shared/figures/panel.svg', '</svg>', '\n<script>1</script></svg>'),
			'shared/figures/panel.svg:2 figure/element-refused'
		],
		[
			'SRC-8: an image without alternative text',
			(s) => s.edit('th/figures.json', (j) => delete j.panel.alt),
			/^th\/figures.json:\d+ source\/image-without-alt/
		],
		[
			'SRC-8: a figure without an entry',
			(s) => s.edit('th/figures.json', (j) => delete j.panel),
			'th/figures.json: source/image-without-alt'
		],
		[
			'SRC-8: a figure without its words',
			(s) => s.edit('th/figures.json', (j) => (j.panel.words = {})),
			/^th\/figures.json:\d+ source\/missing-words/
		],
		[
			'SRC-8: a figure that nothing uses',
			(s) => s.put('shared/figures/idle.svg', s.text('shared/figures/panel.svg')),
			'shared/figures/idle.svg: source/unused-file'
		],
		[
			'SRC-9: a simulation that loads a script',
			(s) =>
				s.replace(
					'shared/sims/sizing.html',
					'<title>',
					'<script src="https://a.example/x.js"></script><title>'
				),
			'shared/sims/sizing.html:1 simulation/outside-reference'
		],
		[
			'SRC-9: words that one language lacks',
			(s) => s.edit('th/sims/sizing.json', (j) => delete j.words.volts),
			/^th\/sims\/sizing.json:\d+ source\/missing-words/
		],
		[
			'SRC-10: a video without captions',
			(s) => s.remove('th/media/clip.vtt'),
			'th/media/clip.vtt: source/video-without-captions'
		],
		[
			'SRC-10: a video without transcript',
			(s) => s.remove('th/media/clip.md'),
			'th/media/clip.md: source/video-without-transcript'
		],
		[
			'SRC-10: a video without its small variant',
			(s) => s.remove('shared/media/clip.144p.mp4'),
			'shared/media/clip.144p.mp4: source/video-without-variant'
		],
		[
			'SRC-10: a video with its index last',
			(s) => s.put('shared/media/clip.360p.mp4', makeMp4({ indexLast: true })),
			'shared/media/clip.360p.mp4: media/index-last'
		],
		[
			'SRC-10: a web page called .mp4',
			(s) => s.put('shared/media/clip.360p.mp4', '<html>'),
			'shared/media/clip.360p.mp4: media/not-mp4'
		],
		[
			'SRC-10: audio that is not said to be synthetic',
			(s) => s.put('th/media/clip.audio.m4a', makeMp4()),
			'th/package.json: source/narration-unsaid'
		],
		[
			'SRC-11: a term without meaning',
			(s) => s.edit('th/glossary.json', (j) => delete j.voltage),
			/^th\/glossary.json:1 source\/missing-words/
		],
		[
			'SRC-12: a lesson over 64 KB',
			(s) => s.put('en/units/hands.md', 'word '.repeat(14_000)),
			'en/units/hands.md: source/too-large'
		],
		[
			'a file that nothing asks for',
			(s) => s.put('shared/notes.txt', 'x'),
			'shared/notes.txt: source/unknown-file'
		],
		[
			'a file that is not UTF-8',
			(s) => s.put('en/units/hands.md', new Uint8Array([0x44, 0xff, 0xfe])),
			'en/units/hands.md: source/bad-text'
		]
	];

	it.each(cases)('%s', (_, change, expected) => {
		const source = makeSource();
		change(source);
		const faults = faultsOf(source);
		expect(faults).toContainEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
	});

	it('says of a difference in structure what stands in both languages, and the line in the other', () => {
		const source = makeSource().replace('th/units/light.md', '- two (th)\n', '');
		expect(checkSource(source.files).faults[0]!.params).toEqual({
			found: 'list 1',
			expected: 'list 2',
			otherLine: 7,
			other: 'en/units/light.md'
		});
	});

	it('leaves folders that are the authors’ own alone', () => {
		expect(faultsOf(makeSource().put('videos/render.mjs', 'draw()'))).toEqual([]);
	});
});
