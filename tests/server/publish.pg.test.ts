/** Publishing (SRV-40 to SRV-45): all or nothing, never changed afterwards, in force for phones at once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pairOf } from '../../src/lib/core/packages/pair.ts';
import { sha256 } from '../../src/lib/core/base/hash.ts';
import { approvalOf } from '../../src/lib/core/trust/approval.ts';
import { initTrust } from '../../src/lib/core/trust/client.ts';
import { packagePath, readPackageTarget } from '../../src/lib/core/trust/package-target.ts';
import { lookUpTarget } from '../../src/lib/core/trust/look-up.ts';
import { readEnvelopes } from '../../src/lib/core/trust/statement.ts';
import { reconcileCatalogue } from '../../src/lib/server/packages/in-force.ts';
import { publishBuilt, publishFolder } from '../../src/lib/server/packages/publish.ts';
import { createBundles } from '../../src/lib/server/packages/bundles.ts';
import { createFrames } from '../../src/lib/server/packages/frames.ts';
import { createVersions } from '../../src/lib/server/packages/versions.ts';
import { approveAsDemonstration, currentRegister } from '../../src/lib/server/trust/trust.ts';
import { buildOf, valueOf } from '../factories/built-package.ts';
import { phoneCourseBy } from '../factories/handed-in.ts';
import { NOW, openTestGround, publishSource, writeSource, type TestGround } from '../factories/ground.ts';
import { makeSource } from '../factories/package-source.ts';
import { readBundle } from '../../src/lib/core/trust/bundle.ts';
import { memoryStore } from '../factories/tuf-repository.ts';
import { refreshByBundle } from '../factories/trust-server.ts';

let ground: TestGround;
beforeAll(async () => void (ground = await openTestGround()));
afterAll(() => ground.close());
beforeEach(async () => {
	await ground.database.pool.query('truncate parts, package_versions, packages, media');
});

const count = async (table: string) =>
	Number((await ground.database.pool.query(`select count(*) from ${table}`)).rows[0].count);

describe('publishFolder', () => {
	it('stores a version whole and puts it in force: a phone finds it, and its approval holds', async () => {
		const published = await publishSource(ground);
		expect(published).toEqual({
			ok: true,
			value: { id: 'little-sun', version: '1.0.0', outcome: 'published' }
		});
		expect([await count('packages'), await count('package_versions'), await count('parts')]).toEqual([
			1, 1, 3
		]);
		expect(await count('media')).toBe(2);

		const store = memoryStore();
		await initTrust(store, ground.trust.anchor);
		const { catalogue } = await refreshByBundle(ground.trust, store, Date.now(), ['recalls', 'th']);
		const target = valueOf(await lookUpTarget(catalogue, packagePath('energy', 'th', 'little-sun')));
		const named = valueOf(readPackageTarget(target));
		const version = (await createVersions(ground.database, ground.blobs).byManifest(named.manifest.sha256))!;
		expect(named.statements!.sha256).toBe(version.statements);
		const statements = valueOf(readEnvelopes((await ground.blobs.read(version.statements))!));
		const register = valueOf(await currentRegister(ground.trust));
		const pair = pairOf(version.shared, version.languages.get('th')!.part);
		expect((await approvalOf(pair, statements, register)).ok).toBe(true);
	});

	it('does nothing when the same is published again', async () => {
		await publishSource(ground);
		const again = await publishSource(ground, makeSource(), NOW + 1000);
		expect(again).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
		expect(await count('package_versions')).toBe(1);
	});

	it('publishes once when several servers do it at the same moment', async () => {
		const dir = await writeSource(`${ground.folder}/.sources`, makeSource());
		const all = await Promise.all([1, 2, 3].map(() => publishFolder(ground, dir, NOW)));
		expect(all.map((each) => each.ok && each.value.outcome).sort()).toEqual([
			'published',
			'unchanged',
			'unchanged'
		]);
		expect([await count('package_versions'), await count('parts')]).toEqual([1, 3]);
	});

	it('refuses other content under a version that is published', async () => {
		await publishSource(ground);
		const changed = makeSource().replace('en/units/hands.md', 'Do it.', 'Do it now.');
		expect(await publishSource(ground, changed)).toMatchObject({
			ok: false,
			fault: { code: 'publish/version-taken', params: { id: 'little-sun', version: '1.0.0' } }
		});
		expect(await count('package_versions')).toBe(1);
	});

	it('puts a higher version in its place, and keeps the old one', async () => {
		await publishSource(ground);
		const next = makeSource().edit('package.json', (json) => (json.version = '1.1.0'));
		expect((await publishSource(ground, next)).ok).toBe(true);
		const { rows } = await ground.database.pool.query(
			'select v.version from packages p join package_versions v using (manifest)'
		);
		expect(rows).toEqual([{ version: '1.1.0' }]);
		expect(await count('package_versions')).toBe(2);
	});

	it('refuses a source with faults, names them, and stores nothing', async () => {
		const broken = makeSource().remove('th/units/hands.md');
		const result = await publishSource(ground, broken);
		expect(result).toMatchObject({ ok: false, fault: { code: 'publish/source-faults' } });
		expect(await count('packages')).toBe(0);
	});

	it('refuses statements that one party alone has signed, or that are of other parts', async () => {
		const dir = await writeSource(`${ground.folder}/.sources`, makeSource());
		const foreign = await approveAsDemonstration(
			ground.trust,
			{ packageId: 'little-sun', version: '1.0.0', shared: 'a'.repeat(64), parts: { en: 'b'.repeat(64) } },
			NOW
		);
		expect(await publishFolder(ground, dir, NOW, foreign)).toMatchObject({
			ok: false,
			fault: { code: 'trust/not-approved' }
		});
		expect(await publishFolder(ground, dir, NOW, [])).toMatchObject({ ok: false });
		expect(await count('packages')).toBe(0);
	});

	it('refuses an expert who worked on the version, in whichever language', async () => {
		const register = valueOf(await currentRegister(ground.trust));
		const source = makeSource().edit('th/package.json', (json) => {
			json.contributors[0].name = register.experts[0]!.name;
		});
		expect(await publishSource(ground, source)).toMatchObject({
			ok: false,
			fault: { code: 'publish/contributor-signed' }
		});
		expect(await count('packages')).toBe(0);
	});

	it('counts the very bytes that go over the wire', async () => {
		await publishSource(ground);
		const { rows } = await ground.database.pool.query(
			`select * from parts where language in ('', 'th') order by language`
		);
		for (const row of rows) {
			const frame = (await ground.blobs.read(`${row.pack}.0.zst`))!;
			expect(frame.length).toBe(Number(row.frame_size));
			expect(await sha256((await ground.blobs.read(row.pack))!)).toBe(row.pack);
		}
		const { rows: packages } = await ground.database.pool.query('select manifest from packages');
		const bundle = (await ground.blobs.read(`${packages[0].manifest}.th.bundle.br`))!;
		expect(bundle.length).toBe(Number(rows[1].bundle_size));
		const version = (await createVersions(ground.database, ground.blobs).byManifest(packages[0].manifest))!;
		const text = version.languages.get('th')!.bytes.text;
		expect(text).toBe(Number(rows[0].frame_size) + Number(rows[1].frame_size) + bundle.length);
	});
});

describe('publishBuilt', () => {
	it('SRV-45 puts out the languages that are approved, and the others when they are', async () => {
		const built = await buildOf();
		const [shared, ...languages] = built.parts;
		const parts = Object.fromEntries(languages.map(({ name, digest }) => [name, digest]));
		const { id, version } = built.manifest.manifest;
		const approved = { packageId: id, version, shared: shared!.digest, parts };
		const envelopes = await approveAsDemonstration(ground.trust, approved, NOW);
		const versions = createVersions(ground.database, ground.blobs);
		const out = async () => [...(await versions.byManifest(built.manifest.digest))!.languages.keys()].sort();

		const [first, second] = languages.map(({ name }) => name).sort() as [string, string];
		const published = { ok: true, value: { id, version, outcome: 'published' } };
		expect(await publishBuilt(ground, built, envelopes, [first], NOW)).toEqual(published);
		expect(await out()).toEqual([first]);
		expect(await reconcileCatalogue(ground, NOW)).toEqual([]);
		const later = [...envelopes, ...(await approveAsDemonstration(ground.trust, approved, NOW + 86_400_000))];
		expect(await publishBuilt(ground, built, later, [first, second], NOW)).toEqual(published);
		expect(await out()).toEqual([first, second]);
		expect(await publishBuilt(ground, built, later, [second], NOW)).toMatchObject({
			value: { outcome: 'unchanged' }
		});
		const bundles = createBundles(ground.blobs, versions, createFrames(ground.database, ground.blobs));
		const { statements } = (await versions.byManifest(built.manifest.digest))!;
		for (const tag of [first, second]) {
			const files = valueOf(readBundle(valueOf(await bundles.of(built.manifest.digest, [tag], null))));
			expect([...files.keys()]).toContain(statements);
		}
	});
});

it('SRV-45 publishBuilt gives nothing away of a language that waits', async () => {
	const built = await buildOf(phoneCourseBy('Khamla'));
	const [shared, ...languages] = built.parts;
	const parts = Object.fromEntries(languages.map(({ name, digest }) => [name, digest]));
	const { id, version } = built.manifest.manifest;
	const approved = { packageId: id, version, shared: shared!.digest, parts };
	const envelopes = await approveAsDemonstration(ground.trust, approved, NOW);
	const thai = built.parts.find(({ name }) => name === 'th')!;
	const own = [thai.digest, thai.pack.digest, ...thai.part.files.map(({ digest }) => digest)];
	const here = () => Promise.all(own.map(async (digest) => (await ground.blobs.size(digest)) !== null));
	valueOf(await publishBuilt(ground, built, envelopes, ['en'], NOW));
	expect(await here()).toEqual([false, false, false]);
	valueOf(await publishBuilt(ground, built, envelopes, ['th'], NOW));
	expect(await here()).toEqual([true, true, true]);
});

describe('reconcileCatalogue', () => {
	it('puts right what a crash between database and catalogue left', async () => {
		await publishSource(ground);
		const next = makeSource().edit('package.json', (json) => (json.version = '2.0.0'));
		await publishSource(ground, next);
		// As if the process had died before the catalogue was signed.
		await ground.database.pool.query(
			`update packages set manifest = (select manifest from package_versions where version = '1.0.0')`
		);
		expect(await reconcileCatalogue(ground, NOW)).toEqual(['little-sun']);
		expect(await reconcileCatalogue(ground, NOW)).toEqual([]);
	});
});
