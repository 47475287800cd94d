import { expect, test } from 'vitest';
import { drawDocument } from './document.ts';

const html = '<html lang="%setara.lang%"><head>%setara.early%</head>';

test('a page says its language and the theme that was chosen', () =>
	expect(drawDocument(html, { language: 'km', theme: 'sun', shell: false })).toBe(
		'<html lang="km" data-theme="sun"><head></head>'
	));

test('a cookie that anyone may have written names no more than a theme', () =>
	expect(drawDocument(html, { language: 'en', theme: '"><script>', shell: false })).toBe(
		'<html lang="en"><head></head>'
	));

test('the shell reads both on the phone', () =>
	expect(drawDocument(html, { language: 'en', theme: undefined, shell: true })).toContain(
		'<script src="/early.js">'
	));
