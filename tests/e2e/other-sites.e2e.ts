/** A page of another origin that has a signed-in browser send forms to the built server (PPL-12, ADR 0121). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { newDevice, passwordOf, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { word } from '../factories/student.ts';

const NAME = 'demo-teacher';

let server: RunningServer;
let other: Server;
let evil: string;
let device: Device;

test.beforeAll(async () => {
	server = await startServer();
	other = createServer((_, response) =>
		response.setHeader('content-type', 'text/html').end('<!doctype html><title>A prize</title><body>')
	);
	await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
	// The same site, so that the browser sends the cookie along: SameSite=Lax alone would not hold here.
	evil = `http://localhost:${(other.address() as AddressInfo).port}`;
	device = await newDevice({ locale: 'lo' });
});
test.afterAll(async () => {
	await device?.dispose();
	other?.close();
	await server?.dispose();
});

const me = () =>
	device.page.evaluate(
		async (origin) =>
			((await (await fetch(`${origin}/api/account/me`)).json()) as { person: { name: string } | null }).person
				?.name,
		server.origin
	);

test('PPL-12 is refused with a sentence in the language of whoever was sent, and changes nothing', async () => {
	expect(passwordOf(server, NAME)).not.toBe('');
	await signIn(device.page, server, { name: NAME, language: 'lo' });
	await expect.poll(me).toBe(NAME);
	const { page } = device;
	for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
		for (const path of ['/api/account/sign-out', '/api/auth/sign-out', '/api/hand-in', '/lo/me']) {
			await page.goto(evil);
			const answered = page.waitForResponse((response) => response.url() === `${server.origin}${path}`);
			await page.evaluate(
				([action, enctype]) => {
					const form = document.createElement('form');
					Object.assign(form, { action, enctype, method: 'post' });
					const field = Object.assign(document.createElement('input'), { name: '{"token":null,"x":"' });
					field.value = '"}';
					form.append(field);
					document.body.append(form);
					form.submit();
				},
				[`${server.origin}${path}`, type] as const
			);
			const response = await answered;
			const headers = await response.request().allHeaders();
			// Else nothing was tried.
			expect(headers).toMatchObject({ cookie: expect.stringContaining('setara'), origin: evil });
			expect([path, type, response.status(), await response.json()]).toEqual([
				...[path, type, 403],
				{ code: 'account/other-site', message: word('lo', 'faults', 'account/other-site') }
			]);
		}
	}
	await page.goto(evil);
	const sent: string[] = [];
	page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
	await page.evaluate(async (origin) => {
		const bodies = ['{"token":null}', new Blob(['{"token":null}']), new URLSearchParams({ token: '' })];
		for (const path of ['/api/account/sign-out', '/api/auth/sign-out']) {
			for (const body of bodies) {
				// What is answered is kept from this page too (Cross-Origin-Resource-Policy).
				await fetch(origin + path, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(
					() => {}
				);
			}
			// One that no form can send is asked about first, and the question is not answered.
			const json = { method: 'POST', credentials: 'include', body: '{"token":null}' } as const;
			await fetch(origin + path, { ...json, headers: { 'content-type': 'application/json' } }).then(
				() => Promise.reject(new Error('the browser was allowed to ask')),
				() => {}
			);
		}
	}, server.origin);
	for (const path of ['/api/account/sign-out', '/api/auth/sign-out']) {
		expect(sent.filter((each) => each === `POST ${path}`).length).toBeGreaterThanOrEqual(3);
	}
	await page.goto(`${server.origin}/lo`);
	expect(await me()).toBe(NAME);
});
