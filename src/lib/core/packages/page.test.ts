import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { verifiedBuild } from '../../../../tests/factories/built-package.ts';
import { PackageCard, PackagePage } from '../protocol/library.ts';
import { composeCard, composePackagePage } from './page.ts';

const bytes = { text: 10, pictures: 10, audio: 10, video: 900 };
const approval = {
	parties: [{ name: 'Lao partner', country: 'LA' }],
	people: [{ name: 'Bounmy', party: 'Lao partner', country: 'LA' }],
	date: '2026-11-24',
	demonstration: true
};

describe('what a library shows of a package', () => {
	it('PKG-83: is what the wire’s schema says, in the language shown', async () => {
		const { shared, languages, manifest } = await verifiedBuild();
		const card = composeCard({ shared, language: languages.th!, languages: ['en', 'th'], bytes });
		expect(v.parse(PackageCard, card)).toEqual(card);
		expect(card).toMatchObject({ title: 'A little sun (th)', contentLanguage: 'th', units: 5 });
		const translations = Object.values(languages).map((part) => ({ part, bytes }));
		const source = { shared, language: languages.th!, manifest, translations, approval };
		const page = composePackagePage({ ...source, checked: 'online' });
		expect(v.parse(PackagePage, page)).toEqual(page);
		expect(page.translations.map(({ language, status }) => [language, status])).toEqual([
			['en', 'source'],
			['th', 'drafted-by-machine']
		]);
		expect(page.modules[1]!.units.map(({ id, title }) => [id, title])).toContainEqual(['film', 'film (th)']);
	});
});
