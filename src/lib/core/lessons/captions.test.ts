import { describe, expect, it } from 'vitest';
import { checkCaptions } from './captions.ts';

const faults = (vtt: string) => checkCaptions(vtt).map(({ code, line }) => `${line} ${code}`);

describe('captions', () => {
	it('SRC-10: of WebVTT, with names, settings and notes, are admitted', () => {
		expect(
			faults(
				'\ufeffWEBVTT - Thai\n\nNOTE by hand\n\none\n00:00.000 --> 00:01.500 line:80%\nก\nข\n\n01:00:01.500 --> 01:00:02.000\nค\n'
			)
		).toEqual([]);
	});

	it.each([
		['1\n00:00:00,000 --> 00:00:01,000\nSubRip\n', '1 captions/not-webvtt'],
		['WEBVTT\n00:00.000 --> 00:01.000\nx\n', '1 captions/not-webvtt'],
		['WEBVTT\n\n', '1 captions/bad-cue'],
		['WEBVTT\n\n00:00.000 --> 00:01.000\n', '3 captions/bad-cue'],
		['WEBVTT\n\n00:00.000 -> 00:01.000\nx\n', '4 captions/bad-cue'],
		['WEBVTT\n\n00:00.000 --> 00:01.000\n<script>x</script>\n', '3 captions/bad-cue'],
		['WEBVTT\n\nSTYLE\n::cue{}\n', '3 captions/bad-cue'],
		['WEBVTT\n\n00:02.000 --> 00:01.000\nx\n', '3 captions/out-of-order'],
		['WEBVTT\n\n00:05.000 --> 00:06.000\nx\n\n00:01.000 --> 00:02.000\ny\n', '6 captions/out-of-order']
	])('SRC-10: %j is refused with its line', (vtt, fault) => {
		expect(faults(vtt)).toContain(fault);
	});
});
