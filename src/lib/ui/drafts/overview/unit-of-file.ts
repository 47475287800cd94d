/** Where a photo, recording or clip is written about: the first unit that shows it. */
import type { Draft } from '../../../core/drafts/draft.ts';

export function unitOfFile({ units }: Draft, file: string): string | null {
	const shows = ({ items, practice, words }: Draft['units'][number]): boolean =>
		items.some(({ picture }) => picture === file) ||
		(practice?.steps ?? []).some(
			({ picture, sound }) => picture === file || Object.values(sound).includes(file)
		) ||
		Object.values(words).some(({ text }) => text.includes(`:${file})`));
	return units.find(shows)?.id ?? units[0]?.id ?? null;
}
