import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { aDraft, filled, WHO } from '../../../../tests/factories/drafts.ts';
import { makeSource } from '../../../../tests/factories/package-source.ts';
import { buildPackage } from '../packages/build.ts';
import type { LanguagePart, SharedPart } from '../packages/manifest.ts';
import { checkSource } from '../packages/source/check.ts';
import type { SourceFiles } from '../packages/source/files.ts';
import { adaptUnit, reviseWork } from './adapt.ts';
import { compileDraft } from './compile.ts';
import { Draft } from './draft.ts';
import { addItem } from './edit-quiz.ts';
import { licencesAfter, mayAdapt } from './licence.ts';
import { problemsOf } from './problems.ts';
import type { PublishedWork } from './published.ts';

const MADE = { id: '0190a6e0-0000-7000-8000-000000000009', package: 'course-99', now: 1_800_000_000_000 };

async function published(files: SourceFiles): Promise<PublishedWork> {
	const { source, faults } = checkSource(files);
	if (!source) throw new Error(JSON.stringify(faults));
	const { manifest, parts } = await buildPackage(source);
	const [shared, ...languages] = parts.map(({ part }) => part);
	return {
		manifest: manifest.digest,
		shared: shared as SharedPart,
		languages: Object.fromEntries(
			languages.map((part) => [(part as LanguagePart).language, part as LanguagePart])
		),
		files
	};
}

function contentOf(id: string): Map<string, Uint8Array> {
	const root = join('content', id);
	const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
	return new Map(
		files.map((file) => {
			const path = join(file.parentPath, file.name);
			return [relative(root, path), readFileSync(path)];
		})
	);
}

describe('adapting a unit', () => {
	it('DRA-50 keeps who made it and where it comes from', async () => {
		const work = await published(makeSource().files);
		const adapted = await adaptUnit(work, 'hands', { languages: ['th', 'en'], who: WHO }, MADE);
		if (!adapted.ok) throw new Error(adapted.fault.code);
		const { draft } = adapted.value;
		expect(draft).toMatchObject({
			kind: 'micro-course',
			version: '1.0.0',
			package: 'course-99',
			languages: ['th', 'en'],
			licence: work.shared.licence,
			supersedes: null,
			adaptedFrom: { package: work.shared.package, unit: 'hands', licence: work.shared.licence }
		});
		expect(draft.contributors[0]).toEqual({
			name: 'Khamla',
			institution: 'Savannakhet College',
			country: 'LA',
			did: 'author'
		});
		for (const made of work.languages.th!.contributors) expect(draft.contributors).toContainEqual(made);
	});

	it('DRA-51 is refused where the licence allows no changes, or does not say', async () => {
		for (const licence of ['CC-BY-ND-4.0', 'CC-BY-NC-ND-4.0', 'LicenseRef-Mine']) {
			const work = await published(
				makeSource().edit('package.json', (json) => (json.licence = licence)).files
			);
			const refused = await adaptUnit(work, 'hands', { languages: ['en'], who: WHO }, MADE);
			expect(refused).toEqual({ ok: false, fault: { code: 'draft/no-derivatives' } });
		}
		expect(licencesAfter('CC-BY-SA-4.0')).toEqual(['CC-BY-SA-4.0']);
		expect(licencesAfter('CC-BY-NC-4.0')).toEqual(['CC-BY-NC-4.0']);
		expect(licencesAfter('CC-BY-4.0')).toContain('CC-BY-SA-4.0');
		expect(mayAdapt('GFDL-1.3-only')).toBe(true);
	});

	it.each(['rooftop-solar', 'isolate-and-lock', 'photograph-what-you-sell'])(
		'DRA-52 every unit of %s becomes a draft that lacks at most a question, and then passes the checks',
		async (id) => {
			const files = contentOf(id);
			const work = await published(files);
			const languages = Object.keys(work.languages).slice(0, 3);
			let asked = 0;
			for (const unit of work.shared.modules.flatMap(({ units }) => units)) {
				const adapted = await adaptUnit(work, unit.id, { languages, who: WHO }, MADE);
				if (!adapted.ok) throw new Error(adapted.fault.code);
				const { draft, bytes } = adapted.value;
				expect(v.is(Draft, draft)).toBe(true);
				expect(problemsOf(draft).filter(({ code }) => code !== 'draft/no-question')).toEqual([]);
				asked += draft.units[0]!.items.length;
				if (draft.units[0]!.items.length > 0) {
					expect(checkSource(compileDraft(draft, (digest) => bytes.get(digest))).faults).toEqual([]);
				} else expect(addItem(draft, unit.id, 'single').units[0]!.items).toHaveLength(1);
			}
			expect(asked).toBeGreaterThan(0);
		},
		30_000
	);

	it('DRA-53 what was published comes back as the draft of its next version', async () => {
		const draft = filled(aDraft());
		const work = await published(compileDraft(draft, () => undefined));
		const revised = await reviseWork(work, ['lo'], MADE);
		if (!revised.ok) throw new Error(revised.fault.code);
		expect(revised.value.draft).toMatchObject({
			package: draft.package,
			version: '1.1.0',
			supersedes: work.manifest,
			words: draft.words,
			languages: ['en', 'lo']
		});
		const again = { ...revised.value.draft, version: '1.0.0', supersedes: null };
		const files = compileDraft(again, () => undefined);
		const before = compileDraft(draft, () => undefined);
		for (const [path, bytes] of before) {
			expect([path, new TextDecoder().decode(files.get(path))]).toEqual([
				path,
				new TextDecoder().decode(bytes)
			]);
		}
	});
});
