import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifiedBuild, type VerifiedBuild } from '../../../../tests/factories/built-package.ts';
import { makeSource } from '../../../../tests/factories/package-source.ts';
import { TIERS } from '../base/vocabulary.ts';
import { planDownload, type Choice } from './plan.ts';
import { tierBytes, type WireSizes } from './tiers.ts';

const NOTHING = { packs: new Set<string>(), chunks: new Set<string>() };
let build: VerifiedBuild;
let wire: WireSizes;

beforeAll(async () => {
	build = await verifiedBuild();
	const { shared, languages, manifest } = build;
	const of: Record<string, number> = { [manifest.digest]: 300 };
	for (const { digest, part } of [shared, ...Object.values(languages)]) {
		of[digest] = 500;
		of[part.pack.digest] = 1000;
	}
	wire = { of, statements: 700 };
});

const choices = fc.record({
	languages: fc.uniqueArray(fc.constantFrom('en', 'th', 'xx')),
	tier: fc.constantFrom(...TIERS),
	video: fc.constantFrom('360p' as const, '144p' as const)
});

describe('a download plan', () => {
	it('PKG-52: brings the packs of the shared part and of the languages chosen first, then media', () => {
		const plan = planDownload(build, NOTHING, { languages: ['th'], tier: 'video' }, wire);
		expect(plan.packs.map(({ part }) => part)).toEqual(['shared', 'th']);
		expect(plan.blobs.map(({ file }) => file.path)).toEqual(['media/clip.360p.mp4']);
		expect(plan.exact).toBe(true);
	});

	it('PKG-53: counts every byte that it names, and no other', () => {
		fc.assert(
			fc.property(choices, (choice: Choice) => {
				const plan = planDownload(build, NOTHING, choice, wire);
				const frames = plan.packs.reduce((sum, pack) => sum + pack.frame, 0);
				const chunks = plan.blobs.flatMap((blob) => blob.missing);
				expect(plan.bytes).toBe(chunks.reduce((sum, chunk) => sum + chunk.length, frames));
				expect(plan.total).toBe(plan.bytes);
			})
		);
	});

	it('PKG-54: never names what is stored: what was fetched and what is left add up, until nothing is left', () => {
		fc.assert(
			fc.property(choices, fc.integer({ min: 0, max: 9 }), (choice: Choice, done) => {
				const all = planDownload(build, NOTHING, choice, wire);
				const chunks = all.blobs.flatMap((blob) => blob.missing);
				const have = {
					packs: new Set(all.packs.slice(0, done).map(({ pack }) => pack)),
					chunks: new Set(chunks.slice(0, done).map(({ digest }) => digest))
				};
				const rest = planDownload(build, have, choice, wire);
				const fetched =
					all.packs.slice(0, done).reduce((sum, pack) => sum + pack.frame, 0) +
					chunks.slice(0, done).reduce((sum, chunk) => sum + chunk.length, 0);
				expect(fetched + rest.bytes).toBe(all.total);
				expect(rest.total).toBe(all.total);
			})
		);
	});

	it('PKG-51: agrees with the sizes shown before: metadata and plan are the tier', () => {
		const metadata = 300 + 500 + 500 + 700;
		for (const tier of TIERS) {
			const shown = tierBytes(build.manifest.digest, build.shared, build.languages.th!, wire)[tier];
			const plan = planDownload(build, NOTHING, { languages: ['th'], tier }, wire);
			expect(plan.bytes + metadata).toBe(shown);
		}
	});

	it('PKG-53: says so where the size of a frame is not known, and then promises too much rather than too little', () => {
		const plan = planDownload(build, NOTHING, { languages: ['en'], tier: 'text' }, { of: {}, statements: 0 });
		expect(plan.exact).toBe(false);
		expect(plan.bytes).toBe(build.shared.part.pack.size + build.languages.en!.part.pack.size);
	});

	it('PKG-54: fetches a chunk once that two videos share', async () => {
		const source = makeSource();
		source.put('th/media/clip.audio.m4a', source.files.get('shared/media/clip.144p.mp4')!);
		source.edit('th/package.json', (json) => (json.narration = 'synthetic'));
		const shared = await verifiedBuild(source);
		const choice: Choice = { languages: ['th'], tier: 'video', video: '144p' };
		const plan = planDownload(shared, NOTHING, choice, wire);
		expect(plan.blobs.map(({ file }) => file.path)).toEqual(['media/clip.audio.m4a']);
	});
});
