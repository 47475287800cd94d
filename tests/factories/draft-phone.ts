/** A phone with drafts and no server, in a real Chromium that can be killed. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { openProfile } from './browser.ts';
import { bundleOf } from './bundle.ts';
import type { DraftTests } from './drafts-entry.ts';

declare global {
	var drafting: DraftTests;
}

const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export type OpenedDraft = Awaited<ReturnType<DraftTests['open']>>;

/** The pages: one address of loopback with the app's modules as one script. */
export interface DraftHost {
	origin: string;
	close: () => Promise<void>;
}

export async function hostDrafts(): Promise<DraftHost> {
	const code = await bundleOf('tests/factories/drafts-entry.ts');
	const http = createServer((request, response) => {
		const isCode = request.url === '/code.js';
		response.setHeader('content-type', isCode ? 'text/javascript; charset=utf-8' : 'text/html');
		response.end(isCode ? code : '<!doctype html><title>x</title><script src="/code.js"></script>');
	});
	await new Promise((done) => http.listen(0, '127.0.0.1', () => done(null)));
	return {
		origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		close: () => new Promise((done) => http.close(() => done()))
	};
}

export class DraftPhone {
	page!: Page;
	context!: BrowserContext;
	private folder!: string;
	private readonly origin: string;

	constructor(origin: string) {
		this.origin = origin;
	}

	async open(): Promise<void> {
		this.folder ??= await mkdtemp(join(tmpdir(), 'setara-drafts-'));
		this.context = await openProfile(this.folder, { args: FAKE_CAMERA });
		this.page = this.context.pages()[0] ?? (await this.context.newPage());
		await this.page.goto(this.origin);
	}

	async newTab(): Promise<Page> {
		const tab = await this.context.newPage();
		await tab.goto(this.origin);
		return tab;
	}

	/** Kills this browser, all of its processes, as a phone without power would, and opens it again. Answers when. */
	async kill(): Promise<number> {
		const killed = Date.now();
		for (const { id } of await this.processes()) process.kill(id, 'SIGKILL');
		await this.context.close().catch(() => {});
		await this.open();
		return killed;
	}

	/** The most bytes that its pages held in memory at once while something was done. */
	async mostMemory(work: () => Promise<unknown>): Promise<number> {
		const pages = (await this.processes()).filter(({ command }) => command.includes('--type=renderer'));
		for (const { id } of pages) await writeFile(`/proc/${id}/clear_refs`, '5');
		await work();
		const peaks = pages.map(async ({ id }) => {
			const status = await readFile(`/proc/${id}/status`, 'utf8');
			return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) * 1024;
		});
		return Math.max(...(await Promise.all(peaks)));
	}

	private async processes(): Promise<{ id: number; command: string }[]> {
		const found = [];
		for (const id of await readdir('/proc')) {
			if (!/^\d+$/.test(id)) continue;
			const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
			if (command.includes(this.folder)) found.push({ id: Number(id), command });
		}
		return found;
	}

	/** Leaves no room; answers what makes it again. Chromium asks how much there is only now and then: at its start. */
	async fillDisk(): Promise<() => Promise<void>> {
		return this.leaveRoom(-Infinity);
	}

	/** Leaves room for so many bytes more than there are. */
	async leaveRoom(bytes: number): Promise<() => Promise<void>> {
		await this.context.close();
		await this.open();
		const inspector = await this.context.newCDPSession(this.page);
		const origin = this.origin;
		const { usage } = await inspector.send('Storage.getUsageAndQuota', { origin });
		await inspector.send('Storage.overrideQuotaForOrigin', {
			origin,
			quotaSize: Math.max(1, usage + bytes)
		});
		return () => inspector.send('Storage.overrideQuotaForOrigin', { origin }).then(() => {});
	}

	async dispose(): Promise<void> {
		await this.context.close().catch(() => {});
		await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}
}
