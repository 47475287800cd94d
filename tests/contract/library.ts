/** What every backend of the `library` port holds (LIB-1 to LIB-6), whoever answers. */
import { expect, test } from '@playwright/test';
import type { Result } from '../../src/lib/core/base/result.ts';
import type { UnitPage } from '../../src/lib/core/lessons/unit-page.ts';
import type { LibraryPage, PackagePage } from '../../src/lib/core/protocol/library.ts';
import type { SaveFault } from '../../src/lib/device/faults.ts';
import type { Asked } from '../../src/lib/library/port.ts';

type Answer<Page> = Promise<Result<Page, SaveFault>>;

/** A backend as a test reaches it. */
export interface AskedLibrary {
	library(asked: Asked): Answer<LibraryPage>;
	package(asked: Asked, id: string): Answer<PackagePage>;
	unit(asked: Asked, id: string, unit: string): Answer<UnitPage>;
}

export interface Backend {
	/** Who checked what it answers. */
	checked: 'online' | 'this-phone';
	open: () => AskedLibrary;
	/** A package that it has in these two languages, the first being its own, with two of its units in order. */
	package: { id: string; languages: readonly [string, string]; units: readonly [string, string] };
	/** What it answers for a package that it does not have. */
	absent: SaveFault['code'];
}

export function libraryContract(name: string, backend: Backend): void {
	const { id, languages, units } = backend.package;
	const [own, other] = languages;
	const value = <Page>(answer: Result<Page, SaveFault>): Page => {
		if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
		return answer.value;
	};

	test(`${name}: LIB-1 the library lists the package in the language of the interface`, async () => {
		const page = value(await backend.open().library({ language: 'en' }));
		const card = page.packages.find((each) => each.id === id);
		expect(page.checked).toBe(backend.checked);
		expect(card?.contentLanguage).toBe(own);
		expect([...(card?.languages ?? [])].sort()).toEqual([...languages].sort());
	});

	test(`${name}: LIB-2 a package's page has its modules, its languages and who approved it`, async () => {
		const page = value(await backend.open().package({ language: 'en' }, id));
		expect(page.checked).toBe(backend.checked);
		expect(page.modules.flatMap((module) => module.units.map((unit) => unit.id))).toContain(units[0]);
		expect(page.translations.map(({ language }) => language)).toContain(other);
		expect(page.approval.parties.length).toBeGreaterThan(1);
		expect(page.bytes.video).toBeGreaterThanOrEqual(page.bytes.text);
	});

	test(`${name}: LIB-3 a unit has its text and its neighbours, and says of which parts it is`, async () => {
		const page = value(await backend.open().unit({ language: 'en' }, id, units[0]));
		expect([page.checked, page.contentLanguage, page.unit.id]).toEqual([backend.checked, own, units[0]]);
		expect(page.blocks.length).toBeGreaterThan(3);
		expect(page.next?.id).toBe(units[1]);
		expect(page.sharedPart).toMatch(/^[0-9a-f]{64}$/);
	});

	test(`${name}: LIB-4 the content follows what is asked, then the interface, then the package`, async () => {
		const library = backend.open();
		const language = async (asked: Asked) => value(await library.unit(asked, id, units[0])).contentLanguage;
		expect(await language({ language: 'en', content: other })).toBe(other);
		expect(await language({ language: 'tet' })).toBe(own);
		expect(await language({ language: 'tet', content: 'pt' })).toBe(own);
	});

	test(`${name}: LIB-5 what is not there is a code of its own`, async () => {
		const library = backend.open();
		const none = await library.package({ language: 'en' }, 'no-such-package');
		expect(none.ok || none.fault.code).toBe(backend.absent);
		const unit = await library.unit({ language: 'en' }, id, 'no-such-unit');
		expect(unit.ok || unit.fault.code).toBe('lesson/not-found');
	});
}
