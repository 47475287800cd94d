/** The one port that pages ask for packages and units. Backends: `http.ts`, `device.ts`; `choose.ts` picks. */
import type { Result } from '../core/base/result.ts';
import type { Language } from '../core/base/languages.ts';
import type { UnitPage } from '../core/lessons/unit-page.ts';
import type { LibraryPage, PackagePage } from '../core/protocol/library.ts';
import type { SaveFault } from '../device/faults.ts';

/**
 * `language` is the interface's; `content` the language asked for by `?in=`. The answer's `contentLanguage` says what
 * it came to: the one asked for, else the interface's, else the package's source language, else one that is here.
 */
export interface Asked {
	language: Language;
	content?: string | null | undefined;
}

export interface Library {
	library(asked: Asked): Promise<Result<LibraryPage, SaveFault>>;
	package(asked: Asked, id: string): Promise<Result<PackagePage, SaveFault>>;
	unit(asked: Asked, id: string, unit: string): Promise<Result<UnitPage, SaveFault>>;
}
