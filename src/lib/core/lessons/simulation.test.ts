import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIMULATION } from '../../../../tests/factories/package-source.ts';
import { composeSimulation, countMessage, NO_MESSAGES, readMessage } from './simulation.ts';
import { checkSimulation } from './simulation-check.ts';

const faults = (html: string) => checkSimulation(html).map(({ code, line }) => `${line} ${code}`);
const wordsOf = (html: string): unknown =>
	JSON.parse(/<script type="application\/json" id="words">(.*?)<\/script>/s.exec(html)![1]!);

describe('a simulation on its way into its frame', () => {
	it('SRC-9: runs nothing before the prelude, and has its language and words', () => {
		const html = composeSimulation(SIMULATION, 'th', { volts: 'โวลต์' });
		expect(html).toMatch(/^<!doctype html><meta charset="utf-8"><script>\(\(\) => \{/);
		expect(html.indexOf('RTCPeerConnection')).toBeLessThan(html.indexOf('postMessage'));
		expect(html).toContain('<html lang="th">');
		expect(wordsOf(html)).toEqual({ volts: 'โวลต์' });
	});

	it('SRC-9: stays one script whatever the words are', () => {
		const words = { a: '</script><script>alert(1)</script>', b: '<!--', c: "$& $' $1" };
		const html = composeSimulation(SIMULATION, 'en', words);
		expect(html.match(/<script/g)).toHaveLength(3);
		expect(wordsOf(html)).toEqual(words);
		fc.assert(
			fc.property(fc.string(), (text) => {
				expect(wordsOf(composeSimulation(SIMULATION, 'en', { text }))).toEqual({ text });
			})
		);
	});

	it('takes no language that is none', () => {
		expect(() => composeSimulation(SIMULATION, '"><script>', {})).toThrow();
	});
});

describe('what a simulation says', () => {
	it('SRC-9: ready, heartbeat, state and score are heard', () => {
		const said = [
			{ setara: 1, type: 'ready' },
			{ setara: 1, type: 'heartbeat' },
			{ setara: 1, type: 'state', state: { modules: 12 } },
			{ setara: 1, type: 'score', raw: 3, max: 4 }
		];
		expect(said.map(readMessage)).toEqual(said);
	});

	it.each([
		['another protocol', { setara: 2, type: 'ready' }],
		['no type', { setara: 1 }],
		['nothing', null],
		['a text', 'ready'],
		['a score of infinity', { setara: 1, type: 'score', raw: Infinity, max: Infinity }],
		['a score that is none', { setara: 1, type: 'score', raw: NaN, max: 4 }],
		['more than there is', { setara: 1, type: 'score', raw: 5, max: 4 }],
		['out of nothing', { setara: 1, type: 'score', raw: 0, max: 0 }],
		['a state over 4 KB', { setara: 1, type: 'state', state: 'x'.repeat(4096) }],
		['a state over 4 KB in another script', { setara: 1, type: 'state', state: 'ก'.repeat(1400) }],
		['a state that JSON cannot hold', { setara: 1, type: 'state', state: 1n }],
		['no state', { setara: 1, type: 'state' }]
	])('SRC-9: %s is not', (_, message) => {
		expect(readMessage(message)).toBeNull();
	});

	it('SRC-9: a state that holds itself is not', () => {
		const state: Record<string, unknown> = {};
		state.self = state;
		expect(readMessage({ setara: 1, type: 'state', state })).toBeNull();
	});

	it('is heard at most 60 times a second, and stopped when it floods', () => {
		let count = NO_MESSAGES;
		const verdicts: Record<string, number> = { take: 0, drop: 0, stop: 0 };
		for (let at = 0; at < 1200; at += 1) {
			const next = countMessage(count, 5000 + at / 2);
			count = next.count;
			verdicts[next.verdict]! += 1;
		}
		expect(verdicts).toEqual({ take: 60, drop: 1000, stop: 140 });
	});

	it('is not stopped for one message a frame, all day', () => {
		let count = NO_MESSAGES;
		for (let at = 0; at < 100_000; at += 1) {
			const next = countMessage(count, at * 17);
			count = next.count;
			expect(next.verdict).toBe('take');
		}
	});
});

describe('a simulation as it is written', () => {
	it('SRC-9: without outside references is admitted', () => {
		expect(faults(SIMULATION)).toEqual([]);
	});

	it.each([
		['<script src="https://a.example/x.js"></script>', 'simulation/outside-reference'],
		['<img src="/api/me">', 'simulation/outside-reference'],
		['<img src=x.png>', 'simulation/outside-reference'],
		['<style>@import "a.css"</style>', 'simulation/outside-reference'],
		['<style>a{background:url(x.png)}</style>', 'simulation/outside-reference'],
		['<script>fetch("https://a.example")</script>', 'simulation/outside-reference'],
		['<script>import("./a.js")</script>', 'simulation/outside-reference'],
		['<iframe srcdoc="x"></iframe>', 'simulation/element-refused'],
		['<meta http-equiv="refresh" content="0;url=x">', 'simulation/element-refused'],
		['<base href="#">', 'simulation/element-refused'],
		['<link rel=dns-prefetch>', 'simulation/element-refused'],
		['<template shadowrootmode="closed"></template>', 'simulation/element-refused'],
		['<script>new RTCPeerConnection()</script>', 'simulation/element-refused']
	])('SRC-9: with %s is refused, with the line', (piece, code) => {
		expect(faults(SIMULATION.replace('<title>', `\n${piece}<title>`))).toContain(`2 ${code}`);
	});

	it('SRC-9: without a place for language or words, or over 200 KB, is refused', () => {
		expect(faults('<!doctype html><html></html>')).toEqual([
			'1 simulation/no-language',
			'1 simulation/no-words-slot'
		]);
		expect(faults(SIMULATION + ' '.repeat(205_000))).toEqual(['1 simulation/too-large']);
	});
});
