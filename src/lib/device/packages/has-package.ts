/** Whether a package opens from this phone: so small that a first visit can ask it. */
import { readAll } from '../db/reader.ts';

/** @param language only if this language is stored; null: any */
export async function hasPackage(id: string, language: string | null): Promise<boolean> {
	try {
		const installs = await readAll('installs', id);
		return language === null ? installs.length > 0 : installs.some((each) => each.language === language);
	} catch {
		// A store that cannot be opened has nothing to show; who wants to save is told why.
		return false;
	}
}
