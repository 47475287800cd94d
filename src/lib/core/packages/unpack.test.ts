/** What was built comes apart into a source that has no faults and builds to the same bytes (PKG-15). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifiedFrom } from '../../../../tests/factories/built-package.ts';
import { makeSource, type SourceFactory } from '../../../../tests/factories/package-source.ts';
import { makeWebp } from '../../../../tests/factories/webp.ts';
import { makeWebm } from '../../../../tests/factories/webm.ts';
import { buildPackage, type BuiltPackage } from './build.ts';
import { checkSource } from './source/check.ts';
import { unpackSource, type UnpackedFrom } from './unpack.ts';

async function buildAgain(built: BuiltPackage, before?: BuiltPackage): Promise<BuiltPackage> {
	const media = new Map(built.media.map(({ digest, bytes }) => [digest, bytes]));
	const unpacked = unpackSource(await versionOf(built), (digest) => media.get(digest));
	const { faults, source } = checkSource(unpacked, built.manifest.manifest.id);
	expect(faults).toEqual([]);
	return buildPackage(source!, partsOf(before));
}

async function versionOf(built: BuiltPackage): Promise<UnpackedFrom> {
	const { manifest, shared, languages, files } = await verifiedFrom(built);
	const byName = { languages: new Map(Object.entries(languages)), files: new Map(Object.entries(files)) };
	return { manifest, shared, ...byName };
}

const partsOf = (built?: BuiltPackage) => new Map(built?.parts.map(({ name, bytes }) => [name, bytes]));

function buildOf(source: SourceFactory, before?: BuiltPackage): Promise<BuiltPackage> {
	const checked = checkSource(source.files);
	if (!checked.source) throw new Error(JSON.stringify(checked.faults));
	return buildPackage(checked.source, partsOf(before));
}

/** Words as authors of all scripts may type them, without what has a meaning in Markdown or JSON Schema. */
const words = fc
	.array(
		fc.constantFrom('Light', 'ແສງ', 'แสง', 'ភ្លើង', 'မီး', 'ஒளி', 'Ánh sáng', '40 V', '😀', "it's", 'a "b"'),
		{
			minLength: 1,
			maxLength: 8
		}
	)
	.map((all) => all.join(' '));

const sources = fc
	.record({
		...{ title: words, lesson: words, feedback: words, notes: fc.option(words) },
		lineEnds: fc.constantFrom('\n', '\r\n'),
		...{ ownContributors: fc.boolean(), photo: fc.boolean(), sound: fc.boolean(), clip: fc.boolean() },
		adapted: fc.boolean()
	})
	.map((made) => {
		const source = makeSource();
		const kind = made.clip ? 'micro-course' : 'resource-package';
		source.edit('package.json', (json) => {
			json.kind = kind;
			if (made.ownContributors)
				json.contributors = [{ name: 'Mala', institution: 'Office', country: 'LA', did: 'engineer' }];
			if (made.adapted)
				json.adaptedFrom = { package: 'other', version: '2.0.1', title: made.title, licence: 'CC-BY-4.0' };
		});
		source.edit('th/package.json', (json) => {
			json.title = made.title;
			if (made.notes !== null) json.releaseNotes = made.notes;
			if (made.sound) json.narration = 'spoken';
		});
		source.put('th/units/hands.md', `${made.lesson}${made.lineEnds}`);
		source.edit('th/units/exam.json', (json) => (json.quiz.q1.feedback.a = made.feedback));
		if (made.photo) {
			source.put('shared/media/knot.webp', makeWebp());
			source.edit('shared/units/hands.json', (json) => (json.practice.steps[1].figure = 'knot'));
			for (const tag of ['en', 'th'])
				source.edit(`${tag}/figures.json`, (json) => (json.knot = { alt: made.title }));
		}
		if (made.sound) {
			source.put('th/media/say.audio.webm', makeWebm()).put('th/media/say.md', `${made.lesson}\n`);
			source.edit('shared/units/hands.json', (json) => (json.practice.steps[0].sound = 'say'));
		}
		if (made.clip) {
			source.remove('shared/media/clip.144p.mp4').remove('shared/media/clip.360p.mp4');
			source.put('shared/media/clip.360p.webm', makeWebm({ data: 300_000 }));
		}
		return source;
	});

describe('unpacking (PKG-15)', () => {
	it('gives a source that builds to the same version, whatever is in it', async () => {
		await fc.assert(
			fc.asyncProperty(sources, async (source) => {
				const built = await buildOf(source);
				expect((await buildAgain(built)).manifest.digest).toBe(built.manifest.digest);
			}),
			{ numRuns: 40 }
		);
	});

	it('keeps parts that were carried over', async () => {
		const first = await buildOf(makeSource());
		const changed = makeSource()
			.replace('th/units/light.md', 'Light makes', 'Light always makes')
			.edit('package.json', (json) => {
				json.version = '1.0.1';
				json.supersedes = first.manifest.digest;
			});
		const second = await buildOf(changed, first);
		expect(second.parts.map(({ part }) => part.version)).toEqual(['1.0.0', '1.0.0', '1.0.1']);
		expect((await buildAgain(second, first)).manifest.digest).toBe(second.manifest.digest);
	});

	it('leaves media that are not to be had empty, and says nothing else wrong', async () => {
		const built = await buildOf(makeSource());
		const { faults } = checkSource(
			unpackSource(await versionOf(built), () => undefined),
			'little-sun'
		);
		expect(faults.map(({ file, code }) => [file, code])).toEqual([
			['shared/media/clip.144p.mp4', 'media/not-mp4'],
			['shared/media/clip.360p.mp4', 'media/not-mp4']
		]);
	});
});
