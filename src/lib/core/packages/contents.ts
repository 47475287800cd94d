/**
 * Whether what is inside verified packs makes every unit of the package: each page composes, each drawing is only a
 * drawing, each simulation is there (PKG-47). For the server before it publishes, and for `verify`.
 */
import { fail, ok, type Result } from '../base/result.ts';
import { composeUnitPage } from '../lessons/compose.ts';
import { parseLesson } from '../lessons/parse.ts';
import { checkSimulation } from '../lessons/simulation-check.ts';
import { checkFigure } from '../lessons/svg-check.ts';
import type { PackageFault } from './faults.ts';
import type { PackFiles } from './pack.ts';
import type { VerifiedLanguagePart, VerifiedSharedPart } from './verify.ts';

export interface Contents {
	shared: VerifiedSharedPart;
	language: VerifiedLanguagePart;
	files: { shared: PackFiles; language: PackFiles };
}

const NOWHERE = {
	media: () => ({ url: '', here: false }),
	simulation: () => ''
};

/** The first fault of a language's contents with the shared part's, `package/bad-content` with its path; or none. */
export function verifyContents(contents: Contents): Result<void, PackageFault> {
	const { shared, files } = contents;
	const bad = (path: string, reason: string) => fail('package/bad-content', { path, reason });
	for (const path of files.shared.paths) {
		const text = files.shared.text(path);
		if (text === null) return bad(path, 'source/bad-text');
		const fault = path.endsWith('.svg')
			? checkFigure(text)[0]
			: path.endsWith('.html')
				? checkSimulation(text)[0]
				: null;
		if (fault) return bad(path, fault.code);
	}
	for (const path of files.language.paths.filter((each) => each.endsWith('.md'))) {
		const fault = parseLesson(files.language.text(path) ?? '').faults[0];
		if (fault) return bad(path, fault.code);
	}
	const source = { ...contents, languages: [], checked: 'online' as const, urls: NOWHERE };
	for (const { id } of shared.part.modules.flatMap((module) => module.units)) {
		const page = composeUnitPage(source, id);
		if (!page.ok) return bad(String(page.fault.params?.path ?? id), page.fault.code);
		const { simulation, videos } = page.value;
		if (simulation && files.shared.bytes(`sims/${simulation.id}.html`) === null) {
			return bad(`sims/${simulation.id}.html`, 'package/missing-file');
		}
		const lame = Object.values(videos).find(
			(video) =>
				video.variants.length === 0 ||
				(!video.captions && video.variants.some(({ variant }) => variant !== 'audio'))
		);
		if (lame) return bad(`media/${lame.id}.vtt`, 'source/video-without-captions');
	}
	return ok(undefined);
}
