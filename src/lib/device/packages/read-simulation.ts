/** A simulation's document out of what is stored: of a language that passed every check (DEV-33). */
import * as v from 'valibot';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { SimulationWords } from '../../core/lessons/content.ts';
import { composeSimulation } from '../../core/lessons/simulation.ts';
import type { SaveFault } from '../faults.ts';
import { installsOf, openLanguage } from './open-language.ts';

/** `library/not-saved`: this language of the package is not here. */
export async function readSimulation(
	id: string,
	simulation: string,
	language: string
): Promise<Result<string, SaveFault>> {
	const installs = await installsOf(id);
	if (!installs.ok) return installs;
	const install = installs.value.find((each) => each.language === language);
	if (!install) return fail('library/not-saved', { id });
	const opened = await openLanguage(install);
	if (!opened.ok) return opened;
	const files = await opened.value.files();
	if (!files.ok) return files;
	const path = `sims/${simulation}.json`;
	const html = files.value.shared.text(`sims/${simulation}.html`);
	const words = v.safeParse(
		v.pipe(v.string(), v.parseJson(), SimulationWords),
		files.value.language.text(path)
	);
	if (html === null || !words.success) return fail('lesson/bad-content', { path });
	return ok(composeSimulation(html, language, words.output.words));
}
