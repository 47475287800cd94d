/** Which files of a draft something shows: what nothing shows does not travel (DRA-7). */
import { parseLesson } from '../lessons/parse.ts';
import { figuresIn, videosIn } from '../lessons/walk.ts';
import type { Draft, DraftFile, DraftUnit } from './draft.ts';
import { unitWords } from './words.ts';

export interface UsedFiles {
	/** Photos and drawings of texts, steps and questions; clips of texts and steps. */
	pictures: Set<string>;
	clips: Set<string>;
	/** Sounds of steps, by unit and step: the id that the sound has in every language, and each language's file. */
	sounds: { unit: string; step: string; id: string; files: Record<string, DraftFile> }[];
}

export function usedFiles(draft: Draft, languages: readonly string[] = draft.languages): UsedFiles {
	const files = new Map(draft.files.map((file) => [file.id, file]));
	const used: UsedFiles = { pictures: new Set(), clips: new Set(), sounds: [] };
	const show = (id: string | null) => {
		const file = id === null ? undefined : files.get(id);
		if (file?.role === 'picture' || file?.role === 'drawing') used.pictures.add(file.id);
		if (file?.role === 'clip') used.clips.add(file.id);
	};
	for (const unit of draft.units) {
		unit.items.forEach(({ picture }) => show(picture));
		for (const language of languages) {
			const { blocks } = parseLesson(unitWords(unit, language).text);
			[...figuresIn(blocks), ...videosIn(blocks)].forEach(show);
		}
		for (const step of unit.practice?.steps ?? []) {
			show(step.picture);
			const own = languages.flatMap((tag) => {
				const file = Object.hasOwn(step.sound, tag) ? files.get(step.sound[tag]!) : undefined;
				return file?.role === 'sound' ? [[tag, file] as const] : [];
			});
			if (own.length > 0) {
				used.sounds.push({ unit: unit.id, step: step.id, id: own[0]![1].id, files: Object.fromEntries(own) });
			}
		}
	}
	return used;
}

/** Clips that steps of a unit show: they stand at the end of its text, in the order of the steps. */
export function stepClips(draft: Draft, unit: DraftUnit): string[] {
	const clips = new Set(draft.files.filter(({ role }) => role === 'clip').map(({ id }) => id));
	return (unit.practice?.steps ?? []).flatMap(({ picture }) =>
		picture !== null && clips.has(picture) ? [picture] : []
	);
}
