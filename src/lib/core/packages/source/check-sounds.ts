/** What is said beside a step, a language's own (SRC-14): its file, its words in writing, no place in it. */
import { parseLesson } from '../../lessons/parse.ts';
import type { UnitSource } from './check-keys.ts';
import type { SourceReader } from './files.ts';
import { audioType } from './media.ts';
import { hasPlace } from './media-metadata.ts';
import type { SourceLanguage } from './schema.ts';

const ENDINGS = { m4a: 'audio/mp4', webm: 'audio/webm' } as const;
/** Twenty minutes of speech as a phone records it. */
const MAX_SOUND_BYTES = 5 * 1024 * 1024;

/** The path of a sound in a language, or null where that language has none. */
export function soundOf(reader: SourceReader, language: string, sound: string): string | null {
	const paths = Object.keys(ENDINGS).map((ending) => `${language}/media/${sound}.audio.${ending}`);
	return paths.find((path) => reader.files.has(path)) ?? null;
}

/** Checks the sounds of every step in every language that has them. */
export function checkSounds(
	reader: SourceReader,
	units: readonly UnitSource[],
	languages: Readonly<Record<string, SourceLanguage>>,
	mediaUnits: Map<string, string>
): void {
	for (const { id: unit, keys } of units) {
		for (const { sound } of keys.practice?.steps ?? []) {
			if (sound === undefined) continue;
			mediaUnits.set(sound, unit);
			for (const [tag, own] of Object.entries(languages)) {
				const path = soundOf(reader, tag, sound);
				if (path) checkSound(reader, path, { tag, own, sound });
			}
		}
	}
}

function checkSound(
	reader: SourceReader,
	path: string,
	{ tag, own, sound }: { tag: string; own: SourceLanguage; sound: string }
): void {
	const bytes = reader.bytes(path)!;
	const ending = path.slice(path.lastIndexOf('.') + 1) as keyof typeof ENDINGS;
	if (audioType(bytes) !== ENDINGS[ending]) reader.report('media/not-audio', path, null, { media: sound });
	if (hasPlace(bytes)) reader.report('media/has-location', path, null, { media: sound });
	if (bytes.length > MAX_SOUND_BYTES)
		reader.report('source/too-large', path, null, { bytes: bytes.length, limit: MAX_SOUND_BYTES });
	if (own.narration === undefined)
		reader.report('source/narration-unsaid', `${tag}/package.json`, null, { language: tag });
	const transcript = `${tag}/media/${sound}.md`;
	const text = reader.text(transcript);
	if (text === null || text.trim() === '') {
		reader.report('source/video-without-transcript', transcript, null, { media: sound, language: tag });
	} else {
		for (const { code, line, params } of parseLesson(text).faults)
			reader.report(code, transcript, line, params);
	}
}
