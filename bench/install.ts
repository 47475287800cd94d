/** What it costs to have all of one package's text, over the frames that carry it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants, zstdDecompressSync } from 'node:zlib';
import { openProfile } from '../tests/factories/browser.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { hydrated, saved, word, workerReady } from '../tests/factories/student.ts';
import { fromUtf8 } from '../src/lib/core/base/hash.ts';
import { readBundle } from '../src/lib/core/trust/bundle.ts';
import { encodeFrame } from '../src/lib/server/packages/frame.ts';
import { figure, type Figure } from './figure.ts';
import { openProxy } from './proxy.ts';
import { firstPage } from './slow-phone.ts';

const PACKAGE = 'rooftop-solar';
const LIMITS = { baseRatio: 1, ratio: 1.08, overheadKb: 8 };

export async function measureInstall(server: RunningServer, runs: number): Promise<Figure[]> {
	const frames = await framesOf(server, 'th');
	const overheads: number[] = [];
	const sent: number[] = [];
	for (let run = 0; run < runs; run++) {
		const bytes = await installBytes(server);
		overheads.push(bytes.received - frames.shared.length - frames.language.length);
		sent.push(bytes.sent);
	}
	// Nothing random in it, but measured each time all the same.
	const ratios = Array.from({ length: runs }, () => packRatio(frames.language));
	return [
		figure('install.base-ratio', 'frame/br', await baseRatios(server), LIMITS.baseRatio),
		figure('install.pack-ratio', 'frame/br', ratios, LIMITS.ratio),
		figure(
			'install.overhead',
			'KB',
			overheads.map((bytes) => bytes / 1000),
			LIMITS.overheadKb
		)
	];
}

/** The frames of the shared part and of one language, as the server sends them. */
async function framesOf(
	server: RunningServer,
	language: string,
	id = PACKAGE
): Promise<Record<'shared' | 'language', Buffer>> {
	const get = async (path: string) => {
		const answer = await fetch(server.origin + path);
		if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
		return Buffer.from(await answer.arrayBuffer());
	};
	const page = JSON.parse((await get(`/api/library/${id}?lang=${language}`)).toString()) as {
		manifest: string;
	};
	const bundle = readBundle(await get(`/package/${page.manifest}/bundle?parts=shared,${language}`));
	if (!bundle.ok) throw new Error(bundle.fault.code);
	const packs: Partial<Record<'shared' | 'language', string>> = {};
	for (const bytes of bundle.value.values()) {
		const file = JSON.parse(fromUtf8(bytes)) as { part?: 'shared' | 'language'; pack?: { digest: string } };
		if (file.part && file.pack) packs[file.part] = file.pack.digest;
	}
	return {
		shared: await get(`/pack/0/${packs.shared}.zst`),
		language: await get(`/pack/0/${packs.language}.zst`)
	};
}

/**
 * Of each package that its language has others beside: the frame with the one of them as base that costs least, which is
 * what a phone takes that has them all (PCK-30), against brotli of the pack.
 */
async function baseRatios(server: RunningServer): Promise<number[]> {
	const ratios: number[] = [];
	for (const language of ['en', 'id']) {
		const answer = await fetch(`${server.origin}/api/library?lang=${language}`);
		const { packages } = (await answer.json()) as { packages: { id: string; languages: string[] }[] };
		const packs: Buffer[] = [];
		for (const { id } of packages.filter((each) => each.languages.includes(language)))
			packs.push(zstdDecompressSync((await framesOf(server, language, id)).language));
		for (const pack of packs) {
			const others = packs.filter((each) => each !== pack);
			const frames = await Promise.all(others.map((base) => encodeFrame(pack, base)));
			ratios.push(Math.min(...frames.map(({ length }) => length)) / brotliOf(pack));
		}
	}
	return ratios;
}

const packRatio = (frame: Buffer): number => frame.length / brotliOf(zstdDecompressSync(frame));

function brotliOf(pack: Buffer): number {
	const brotli = brotliCompressSync(pack, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: 11,
			[constants.BROTLI_PARAM_LGWIN]: 24,
			[constants.BROTLI_PARAM_SIZE_HINT]: pack.length
		}
	});
	return brotli.length;
}

/** Bytes at the proxy from the tap on "save" until the package is whole, headers included. */
async function installBytes(server: RunningServer): Promise<{ received: number; sent: number }> {
	const profile = await mkdtemp(join(tmpdir(), 'setara-bench-'));
	const proxy = await openProxy(server.port);
	const context = await openProfile(profile, { locale: 'th' });
	try {
		const page = await firstPage(context);
		await page.goto(`${proxy.origin}/th/library/${PACKAGE}`);
		await hydrated(page);
		await workerReady(page);
		await page.getByRole('radio', { name: word('th', 'library', 'tier-pictures') }).check();
		while (proxy.quietFor() < 5000) await new Promise((done) => setTimeout(done, 200));
		proxy.reset();
		await page.getByRole('button', { name: word('th', 'library', 'save') }).click();
		await saved(page, 'th');
		return { received: proxy.received(), sent: proxy.sent() };
	} finally {
		await context.close();
		await proxy.close();
		await rm(profile, { recursive: true, force: true });
	}
}
