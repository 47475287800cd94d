/** What a simulation can reach from its frame, tried in a browser with a simulation that tries everything. */
import { chromium, type Browser } from '@playwright/test';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSimulation, SIMULATION_HEADERS } from './simulation.ts';

// Each try answers `reached` or how it was stopped; they are run from the document and, where they can, from a frame.
const HOSTILE = `<!doctype html><html lang="{{lang}}"><body><script type="application/json" id="words">{}</script>
<iframe srcdoc="<script>parent.reached = 'parsed frame'; parent.postMessage('parsed', '*')</script>"></iframe>
<div><template shadowrootmode="closed"><iframe srcdoc="<script>top.postMessage({ try: 'shadow frame', reached: typeof RTCPeerConnection }, '*')</script>"></iframe></template></div>
<script>
const say = (name, reached) => parent.postMessage({ try: name, reached }, '*');
const attempt = async (name, work) => { try { say(name, await work()); } catch (error) { say(name, 'stopped'); } };
const grab = (frame) => { document.body.append(frame); return frame.contentWindow && frame.contentWindow.RTCPeerConnection ? 'reached' : 'stopped'; };
(async () => {
await attempt('webrtc', () => typeof RTCPeerConnection + typeof webkitRTCPeerConnection);
await attempt('webrtc redefined', () => { Object.defineProperty(window, 'RTCPeerConnection', { value: 1 }); return 'reached'; });
await attempt('webrtc deleted', () => { delete window.RTCPeerConnection; return typeof RTCPeerConnection; });
await attempt('fetch', async () => { await fetch('/caught?fetch'); return 'reached'; });
await attempt('image', () => new Promise((done) => { const image = new Image(); image.onload = () => done('reached'); image.onerror = () => done('stopped'); image.src = '/caught?image'; }));
await attempt('parent', () => { parent.document.title; return 'reached'; });
await attempt('storage', () => { localStorage.length; return 'reached'; });
await attempt('cookie', () => { document.cookie; return 'reached'; });
await attempt('popup', () => (window.open && window.open('/caught?popup')) ? 'reached' : 'stopped');
await attempt('blank frame', () => grab(document.createElement('iframe')));
await attempt('own shadow', () => { document.createElement('div').attachShadow({ mode: 'closed' }); return 'reached'; });
await attempt('write', () => { document.write('<p>x'); return 'reached'; });
const frame = document.createElement('iframe');
frame.srcdoc = '<script>top.postMessage({ try: "made frame", reached: typeof RTCPeerConnection }, "*")<' + '/script>';
const holder = document.createElement('section'); holder.append(frame); document.body.append(holder);
document.body.insertAdjacentHTML('beforeend', '<div><object data="/caught?object"></object><embed src="/caught?embed"></div>');
await attempt('worker', () => { new Worker(URL.createObjectURL(new Blob(['']))); return 'reached'; });
for (const name of ['remove', 'matches', 'querySelectorAll', 'querySelector']) Element.prototype[name] = () => {};
for (const name of ['querySelectorAll', 'querySelector']) Document.prototype[name] = () => null;
for (const kind of [Array, NodeList]) kind.prototype[Symbol.iterator] = function* () {};
Function.prototype.call = Function.prototype.apply = Reflect.apply = () => {};
document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://127.0.0.2:' + location.port }));
const late = document.createElement('iframe');
late.srcdoc = '<script>top.postMessage({ try: "frame of a disarmed prelude", reached: typeof RTCPeerConnection }, "*")<' + '/script>';
document.body.append(late);
setTimeout(() => say('done', ''), 500);
})();
</script></html>`;

let browser: Browser;
let server: Server;
const caught: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url === '/sim') {
			response.setHeaders(new Headers(SIMULATION_HEADERS));
			response.end(composeSimulation(HOSTILE, 'en', {}));
		} else if (request.url === '/') {
			response.setHeader('content-type', 'text/html');
			response.end(
				`<script>said = []; onmessage = ({ data }) => said.push(data)</script><iframe src="/sim"></iframe>`
			);
		} else {
			if (request.url?.startsWith('/caught')) caught.push(request.url);
			response.statusCode = 404;
			response.end();
		}
	}).listen(0);
	server.on('connection', ({ localAddress }) => {
		if (localAddress?.endsWith('127.0.0.2')) caught.push('connection');
	});
	const path = process.env.CHROMIUM ?? '/usr/bin/chromium';
	browser = await chromium.launch({
		...(existsSync(path) && { executablePath: path }),
		args: ['--no-sandbox', '--disable-gpu']
	});
}, 60_000);

afterAll(async () => {
	await browser.close();
	server.close();
});

describe('a simulation in its frame', () => {
	it('SRC-9: reaches neither network, parent, storage, WebRTC, workers nor a frame of its own', async () => {
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
		await page.waitForFunction(`said.some((each) => each.try === 'done')`, null, { timeout: 20_000 });
		const said = await page.evaluate(`said`);
		const found = Object.fromEntries(
			(said as { try: string; reached: string }[]).map((each) => [each.try ?? each, each.reached])
		);
		expect(found).toEqual({
			webrtc: 'undefinedundefined',
			'webrtc redefined': 'stopped',
			'webrtc deleted': 'undefined',
			fetch: 'stopped',
			image: 'stopped',
			parent: 'stopped',
			storage: 'stopped',
			cookie: 'stopped',
			popup: 'stopped',
			'blank frame': 'stopped',
			'own shadow': 'stopped',
			write: 'stopped',
			worker: 'stopped',
			done: ''
		});
		expect(caught).toEqual([]);
	}, 60_000);
});
