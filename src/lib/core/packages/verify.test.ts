import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOf, valueOf, verifiedBuild } from '../../../../tests/factories/built-package.ts';
import { makeSource, type LooseJson } from '../../../../tests/factories/package-source.ts';
import { sha256, utf8 } from '../base/hash.ts';
import type { Result } from '../base/result.ts';
import type { BuiltPackage } from './build.ts';
import { canonicalJson, type Json } from './canonical.ts';
import { verifyLanguagePart, verifyManifest, verifyPack, verifySharedPart } from './verify.ts';

const code = (result: Result<unknown, { code: string }>) => (result.ok ? 'ok' : result.fault.code);

/** The same package with its shared part or a language's changed and everything named anew, as a forger would. */
async function forged(part: string, change: (json: LooseJson) => void) {
	const built = await buildOf();
	const parts = new Map(built.parts.map(({ name, bytes }) => [name, bytes]));
	const json: unknown = JSON.parse(new TextDecoder().decode(parts.get(part)));
	change(json);
	parts.set(part, utf8(canonicalJson(json as Json)));
	const ref = async (name: string) => ({
		digest: await sha256(parts.get(name)!),
		size: parts.get(name)!.length
	});
	const body = {
		...built.manifest.manifest,
		shared: await ref('shared'),
		languages: { en: await ref('en'), th: await ref('th') }
	};
	const bytes = utf8(canonicalJson(body));
	const manifest = valueOf(await verifyManifest(bytes, await sha256(bytes)));
	const shared = await verifySharedPart(parts.get('shared')!, manifest);
	return part === 'shared' || !shared.ok
		? shared
		: verifyLanguagePart(parts.get(part)!, part, manifest, shared.value);
}

describe('what a device takes for a package', () => {
	it('PKG-40: is what the catalogue and the manifest named', async () => {
		const { languages } = await verifiedBuild();
		expect(Object.keys(languages)).toEqual(['en', 'th']);
	});

	it('PKG-40: one flipped bit anywhere is refused', async () => {
		const build = await verifiedBuild();
		const { built } = build;
		const blobs = [built.manifest, built.parts[0]!, built.parts[1]!, built.parts[1]!.pack];
		const take = [
			(bytes: Uint8Array) => verifyManifest(bytes, built.manifest.digest),
			(bytes: Uint8Array) => verifySharedPart(bytes, build.manifest),
			(bytes: Uint8Array) => verifyLanguagePart(bytes, 'en', build.manifest, build.shared),
			(bytes: Uint8Array) => verifyPack(bytes, build.languages.en!)
		];
		await fc.assert(
			fc.asyncProperty(fc.nat(3), fc.nat(), fc.nat(7), async (which, at, bit) => {
				const bytes = blobs[which]!.bytes.slice();
				bytes[at % bytes.length]! ^= 1 << bit;
				expect(code(await take[which]!(bytes))).toBe('package/bad-digest');
				expect(code(await take[which]!(bytes.subarray(0, at % bytes.length)))).toBe('package/bad-digest');
			})
		);
	});

	it.each([
		['white space', (text: string) => text.replace('{', '{ ')],
		['a name twice', (text: string) => text.replace('{', '{"format":"setara-package/1",')],
		['names in another order', (text: string) => text.replace(/^\{("format":[^,]*),(.*)\}$/, '{$2,$1}')]
	])('PKG-41: a manifest with %s is refused, though its digest is right', async (_, change) => {
		const text = change(new TextDecoder().decode((await buildOf()).manifest.bytes));
		expect(code(await verifyManifest(utf8(text), await sha256(utf8(text))))).toBe('package/not-canonical');
	});

	it.each([
		['a name that the format does not have', (text: string) => text.replace('{', '{"aaa":1,')],
		['no format', (text: string) => text.replace('setara-package/1', 'setara-package/2')],
		['a size of 10 GB and more', (text: string) => text.replace(/"size":\d+/, `"size":${2 ** 41}`)],
		['no JSON', () => '{"format"'],
		['a list', () => '[]']
	])('PKG-42: a manifest with %s is refused', async (_, change) => {
		const text = change(new TextDecoder().decode((await buildOf()).manifest.bytes));
		expect(code(await verifyManifest(utf8(text), await sha256(utf8(text))))).toBe('package/bad-shape');
	});

	it('PKG-43: over 512 KB it is refused unread', async () => {
		expect(code(await verifyManifest(new Uint8Array(600_000), '0'.repeat(64)))).toBe('package/too-large');
	});

	const forgeries: [string, string, (json: LooseJson) => void, string][] = [
		['a part of another package', 'shared', (j) => (j.package = 'other'), 'package/wrong-package'],
		['a part of another version', 'th', (j) => (j.version = '2.0.0'), 'package/wrong-package'],
		['Thai that says it is English', 'th', (j) => (j.language = 'en'), 'package/wrong-package'],
		['a unit without a title', 'th', (j) => delete j.units.film, 'package/missing-words'],
		['a module without a title', 'th', (j) => delete j.modules.first, 'package/missing-words'],
		['a unit twice', 'shared', (j) => j.modules[0].units.push(j.modules[0].units[0]), 'package/bad-shape'],
		['a file outside', 'shared', (j) => (j.files[0].path = '../../etc/passwd.mp4'), 'package/bad-shape'],
		['a chunk too few', 'shared', (j) => j.files[1].chunks.pop(), 'package/bad-shape'],
		['a pack of 10 GB', 'th', (j) => (j.pack.size = 10 * 1024 ** 3), 'package/too-large'],
		[
			'a language where the shared part should be',
			'shared',
			(j) => (j.part = 'language'),
			'package/bad-shape'
		]
	];
	it.each(forgeries)(
		'PKG-44, PKG-45, PKG-46: %s is refused, though every digest is right',
		async (...args) => {
			const [, part, change, expected] = args;
			expect(code(await forged(part, change))).toBe(expected);
		}
	);

	it('PKG-45: a language that the manifest does not have is refused', async () => {
		const { built, manifest, shared } = await verifiedBuild();
		const asked = verifyLanguagePart(built.parts[1]!.bytes, 'constructor', manifest, shared);
		expect(code(await asked)).toBe('package/missing-language');
	});
});

describe('a build', () => {
	const digests = (built: BuiltPackage) => [built.manifest, ...built.parts].map(({ digest }) => digest);

	it('PKG-4: of the same source is the same, whatever order or white space its files have', async () => {
		const source = makeSource();
		const other = makeSource();
		other.put('th/figures.json', JSON.stringify(JSON.parse(other.text('th/figures.json')), null, 7));
		other.put('en/units/light.md', other.text('en/units/light.md').replaceAll('\n', '\r\n'));
		const reversed = [...other.files].reverse();
		other.files.clear();
		for (const [path, bytes] of reversed) other.put(path, bytes);
		expect(digests(await buildOf(other))).toEqual(digests(await buildOf(source)));
	});

	it('PKG-5: with one language changed keeps the digests of all other parts', async () => {
		const before = await buildOf();
		const after = await buildOf(makeSource().replace('th/units/hands.md', 'Do it.', 'Do it well.'));
		const kept = before.parts.map(({ digest }, at) => digest === after.parts[at]!.digest);
		expect(kept).toEqual([true, true, false]);
	});
});
