/**
 * The app itself: kept whole for a student, one language's words at a time, and swapped only when a page says that
 * the person agreed (DEV-50 to DEV-54).
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { isLanguage } from '../lib/core/base/languages.ts';
import { readAll } from '../lib/device/db/reader.ts';
import {
	AREAS,
	isForEveryone,
	LATER_WORDS,
	LESSONS,
	LOADED,
	SHELL,
	WORDS,
	WORK_WORDS,
	workOf
} from './kept.ts';
import { worker, type ExtendableEvent } from './scope.ts';

const { files, besides } = worker.release;

const IMMUTABLE = '/_app/immutable/';
/** What a rendered page may take before the shell is shown instead, which then asks for less: 4 round trips at 1 s. */
const PATIENCE = 4000;

/** Keeps the app: what every student needs at once, the words of a language when they are first used. */
export function keepApp(): void {
	// Before the listener that fetches without asking.
	worker.addEventListener('install', install);
	cleanupOutdatedCaches();
	precacheAndRoute([...files.filter(isForEveryone).map((url) => ({ url, revision: null })), ...besides], {
		directoryIndex: '',
		cleanURLs: false
	});
	worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
	worker.addEventListener('message', (event) => event.waitUntil(hear(event.data)));
}

/** The first worker of all keeps what everyone needs; a later one asks first what its release costs (BUD-9). */
function install(event: ExtendableEvent): void {
	if (!worker.registration.active) return;
	event.stopImmediatePropagation();
	event.waitUntil(update());
}

/** Rejects where the script does not come: the release is installed another time. */
async function update(): Promise<void> {
	worker.importScripts(worker.updater);
	await worker.takeRelease();
}

async function keep(paths: readonly string[]): Promise<void> {
	const cache = await caches.open(LOADED);
	for (const path of paths) {
		if (!(await cache.match(path))) await cache.add(path);
	}
}

/** A first worker serves the page that it was registered by; one that waited was let in by the person. */
async function takeOver(): Promise<void> {
	const cache = await caches.open(LOADED);
	const now = new Set(files);
	for (const request of await cache.keys()) {
		if (!now.has(new URL(request.url).pathname)) await cache.delete(request);
	}
	await worker.clients.claim();
}

/**
 * `skip-waiting`: the person agreed to the new version. `lessons`: a package is being looked at. `work`: somebody writes
 * or reviews. `loaded`: what the page fetched before there was a worker.
 */
async function hear(message: unknown): Promise<void> {
	const { type, urls, area, language } = (message ?? {}) as Record<string, unknown>;
	if (type === 'skip-waiting') await worker.skipWaiting();
	if (type === 'lessons') {
		await keep(files.filter((url) => LESSONS.test(url) || LATER_WORDS.exec(url)?.[1] === language));
	}
	const work = AREAS.find((each) => each === area);
	if (type === 'work' && work) {
		const used = workOf(work);
		await keep(files.filter((url) => used.test(url) || WORK_WORDS.exec(url)?.[1] === language));
	}
	if (type !== 'loaded' || !Array.isArray(urls)) return;
	const paths = new Set(urls.map((url) => new URL(String(url), worker.location.origin).pathname));
	await keep(files.filter((url) => !isForEveryone(url) && paths.has(url)));
}

/** Answers what of the app is not kept for everyone: kept from its first use on. Called after the other routes. */
export function answerApp(): void {
	registerRoute(
		({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(IMMUTABLE),
		async ({ request }) => {
			const cache = await caches.open(LOADED);
			const kept = await cache.match(request);
			if (kept) return kept;
			const response = await fetch(request);
			if (response.ok) await cache.put(request, response.clone());
			return response;
		}
	);
}

/** Navigations to pages of learners; not to frames, files or endpoints. */
export const isPage = ({ request, url }: { request: Request; url: URL }): boolean =>
	request.mode === 'navigate' &&
	request.destination === 'document' &&
	url.origin === worker.location.origin &&
	(url.pathname === '/' || isLanguage(url.pathname.split('/')[1] ?? ''));

/**
 * With a package on this phone the app opens from the phone, at once, link or not. Before that pages come rendered
 * from the server, and the shell stands in where it does not answer.
 */
export async function answerPage({ request }: { request: Request }): Promise<Response> {
	if (await hasPackages()) return shell(request);
	const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
	try {
		const response = await Promise.race([fetch(request), late]);
		if (response && ![502, 503, 504].includes(response.status)) return response;
	} catch {
		// No link: the shell says so, in the person's language.
	}
	return shell(request);
}

const hasPackages = (): Promise<boolean> =>
	readAll('installs').then(
		(installs) => installs.length > 0,
		() => false
	);

async function shell(request: Request): Promise<Response> {
	const kept = await matchPrecache(SHELL);
	if (!kept) return fetch(request);
	const html = await kept.text();
	return new Response(await dress(html, request), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': policyOf(html),
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'same-origin',
			'cross-origin-opener-policy': 'same-origin'
		}
	});
}

/**
 * The shell with what the worker knows already: what the page will ask for, and, where the worker may read cookies,
 * language and theme, which a script that holds up the page would else set (`static/early.js`).
 */
async function dress(html: string, request: Request): Promise<string> {
	const asking = html.replace('</head>', `${early(request)}</head>`);
	const language = new URL(request.url).pathname.split('/')[1] ?? '';
	if (!worker.cookieStore || !isLanguage(language)) return asking;
	const theme = /^(?:light|dark|sun)$/.exec((await worker.cookieStore.get('theme'))?.value ?? '')?.[0];
	return asking
		.replace(/<html[^>]*>/, `<html lang="${language}"${theme ? ` data-theme="${theme}"` : ''}>`)
		.replace('<script src="/early.js"></script>', '');
}

/** What a page of a stored package will ask for once its script runs, named before, so that it is compiled meanwhile. */
function early({ url }: Request): string {
	const [, language, , id, unit] = new URL(url).pathname.split('/');
	const chunks = unit ? /\/chunks\/(?:open|quiz|reader)\./ : id ? /\/chunks\/(?:open|quiz)\./ : null;
	return files
		.filter((path) => (path.endsWith('.js') && chunks?.test(path)) || WORDS.exec(path)?.[1] === language)
		.map((path) => `<link rel="modulepreload" href="${path}">`)
		.join('');
}

/** The build's policy with its hashes, which stands in the document, and what only a header can say. */
function policyOf(html: string): string {
	const [, content = "default-src 'none'"] =
		/http-equiv="content-security-policy" content="([^"]*)"/i.exec(html) ?? [];
	const policy = content.replace(/&#39;|&apos;/g, "'").replace(/&amp;/g, '&');
	return `${policy}; frame-ancestors 'none'`;
}
