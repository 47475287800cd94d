import { expect, test } from 'vitest';
import { drawDocument } from './document.ts';

const html = '<html lang="%setara.lang%"><head>%setara.early%</head>';

test('a page says its language and the theme that was chosen', () =>
	expect(drawDocument(html, { language: 'km', theme: 'sun', shell: false, scripts: [] })).toBe(
		'<html lang="km" data-theme="sun"><head></head>'
	));

test('a cookie that anyone may have written names no more than a theme', () =>
	expect(drawDocument(html, { language: 'en', theme: '"><script>', shell: false, scripts: [] })).toBe(
		'<html lang="en"><head></head>'
	));

test('the shell reads both on the phone', () =>
	expect(drawDocument(html, { language: 'en', theme: undefined, shell: true, scripts: [] })).toContain(
		'<script src="/early.js">'
	));

test('the import map is allowed by the nonce of the page, and comes before every script that needs it', () =>
	expect(
		drawDocument('<script type="importmap">{}</script>%setara.early%<script nonce="n1">go()</script>', {
			language: 'en',
			theme: undefined,
			shell: false,
			scripts: ['/a.js', '/b.js']
		})
	).toBe(
		'<script type="importmap" nonce="n1">{}</script>' +
			'<link rel="modulepreload" href="/a.js"><link rel="modulepreload" href="/b.js"><script nonce="n1">go()</script>'
	));
