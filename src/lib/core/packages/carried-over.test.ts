/** An unchanged part keeps its bytes, and with them the approval of those who read it (PKG-9). */
import { describe, expect, it } from 'vitest';
import { makeSource, type SourceFactory } from '../../../../tests/factories/package-source.ts';
import { buildPackage, type BuiltPackage } from './build.ts';
import { checkSource } from './source/check.ts';
import { verifyManifest, verifySharedPart, verifyLanguagePart } from './verify.ts';

const build = (source: SourceFactory, before?: BuiltPackage): Promise<BuiltPackage> =>
	buildPackage(
		checkSource(source.files).source!,
		new Map(before?.parts.map(({ name, bytes }) => [name, bytes]))
	);
const next = (source: SourceFactory, before: BuiltPackage, version: string) =>
	source.edit('package.json', (json) => Object.assign(json, { version, supersedes: before.manifest.digest }));
const digests = ({ parts }: BuiltPackage) =>
	Object.fromEntries(parts.map(({ name, digest }) => [name, digest]));

describe('a next version', () => {
	it('PKG-9 carries over what did not change, under the version in which it last did', async () => {
		const first = await build(makeSource());
		const source = makeSource().replace('th/units/light.md', 'Light makes', 'Light always makes');
		const second = await build(next(source, first, '1.1.0'), first);
		const [before, after] = [digests(first), digests(second)];
		expect([after['shared'], after['en']]).toEqual([before['shared'], before['en']]);
		expect(after['th']).not.toBe(before['th']);
		expect(second.parts.map(({ part }) => part.version)).toEqual(['1.0.0', '1.0.0', '1.1.0']);

		// And once more: what a phone has of the first still stands in the third.
		const third = await build(next(source, second, '1.2.0'), second);
		expect(digests(third)).toEqual(after);
		expect(third.manifest.digest).not.toBe(second.manifest.digest);
	});

	it('PKG-44 is opened with parts of versions before it, and of none after it', async () => {
		const first = await build(makeSource());
		const second = await build(next(makeSource(), first, '1.1.0'), first);
		const manifest = await verifyManifest(second.manifest.bytes, second.manifest.digest);
		if (!manifest.ok) throw new Error(manifest.fault.code);
		const shared = await verifySharedPart(second.parts[0]!.bytes, manifest.value);
		expect(shared).toMatchObject({ ok: true, value: { version: '1.1.0', part: { version: '1.0.0' } } });
		if (!shared.ok) return;
		const language = await verifyLanguagePart(second.parts[1]!.bytes, 'en', manifest.value, shared.value);
		expect(language.ok).toBe(true);

		const old = next(makeSource(), first, '0.9.0');
		const wrong = await build(old, first);
		const rolledBack = await verifyManifest(wrong.manifest.bytes, wrong.manifest.digest);
		if (!rolledBack.ok) throw new Error(rolledBack.fault.code);
		expect(await verifySharedPart(wrong.parts[0]!.bytes, rolledBack.value)).toMatchObject({
			ok: false,
			fault: { code: 'package/wrong-package' }
		});
	});

	it('PKG-9 believes nothing of the part before but its version', async () => {
		const first = await build(makeSource());
		const forged = new TextEncoder().encode('{"version":"0.0.1","title":"x"}');
		const built = await buildPackage(checkSource(makeSource().files).source!, new Map([['en', forged]]));
		expect(digests(built)).toEqual(digests(first));
	});
});
