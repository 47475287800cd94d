/** Videos, their captions and transcripts, and audio (SRC-10). */
import { checkCaptions } from '../../lessons/captions.ts';
import { parseLesson } from '../../lessons/parse.ts';
import type { Figures } from './check-drawings.ts';
import type { SourceReader } from './files.ts';
import { audioType, checkClipFile, checkVideo } from './media.ts';
import type { SourceLanguage, SourcePackage } from './schema.ts';

export const MAX_VARIANT_BYTES = 20 * 1024 * 1024;
const AUDIO_ENDINGS = ['m4a', 'webm'] as const;

interface MediaContext {
	/** Languages that are there, the source language first. */
	present: readonly string[];
	languages: Readonly<Record<string, SourceLanguage>>;
	mediaUnits: ReadonlyMap<string, string>;
	figures: Figures;
}

/** Checks every video that a unit shows, in every language. */
export function checkMedia(
	reader: SourceReader,
	{ kind }: Pick<SourcePackage, 'kind'>,
	{ present, languages, mediaUnits, figures }: MediaContext
): void {
	for (const media of mediaUnits.keys()) {
		for (const language of present) checkWordsOf(reader, media, language, languages[language]);
		if (kind !== 'resource-package' && checkClip(reader, media)) continue;
		for (const variant of ['360p', '144p'] as const) {
			const file = `shared/media/${media}.${variant}.mp4`;
			const bytes = reader.bytes(file);
			if (!bytes) {
				reader.report('source/video-without-variant', file, null, { media, variant });
				continue;
			}
			const fault = checkVideo(bytes, variant);
			if (fault) reader.report(fault, file, null, { media });
			checkSize(reader, file, bytes);
		}
		if (!figures.has(media)) {
			reader.report('source/video-without-poster', `shared/figures/${media}.svg`, null, { media });
		}
	}
}

/** A clip that was filmed with a phone stands in one size; its poster is its first picture. False: there is none. */
function checkClip(reader: SourceReader, media: string): boolean {
	const file = ['mp4', 'webm']
		.map((ending) => `shared/media/${media}.360p.${ending}`)
		.find((path) => reader.has(path));
	if (!file || reader.has(`shared/media/${media}.144p.mp4`)) return false;
	const bytes = reader.bytes(file)!;
	const fault = checkClipFile(bytes, file.endsWith('webm') ? 'webm' : 'mp4');
	if (fault) reader.report(fault, file, null, { media });
	checkSize(reader, file, bytes);
	return true;
}

function checkWordsOf(
	reader: SourceReader,
	media: string,
	language: string,
	own: SourceLanguage | undefined
): void {
	const captions = `${language}/media/${media}.vtt`;
	const vtt = reader.text(captions);
	if (vtt === null) reader.report('source/video-without-captions', captions, null, { media, language });
	else for (const { code, line } of checkCaptions(vtt)) reader.report(code, captions, line);
	const transcript = `${language}/media/${media}.md`;
	const text = reader.text(transcript);
	if (text === null || text.trim() === '') {
		reader.report('source/video-without-transcript', transcript, null, { media, language });
	} else {
		for (const { code, line, params } of parseLesson(text).faults)
			reader.report(code, transcript, line, params);
	}
	for (const ending of AUDIO_ENDINGS) {
		const file = `${language}/media/${media}.audio.${ending}`;
		const bytes = reader.bytes(file);
		if (!bytes) continue;
		if (audioType(bytes) !== (ending === 'm4a' ? 'audio/mp4' : 'audio/webm')) {
			reader.report('media/not-audio', file, null, { media });
		}
		if (own && own.narration === undefined) {
			reader.report('source/narration-unsaid', `${language}/package.json`, null, { language });
		}
		checkSize(reader, file, bytes);
	}
}

function checkSize(reader: SourceReader, file: string, bytes: Uint8Array): void {
	if (bytes.length <= MAX_VARIANT_BYTES) return;
	reader.report('source/too-large', file, null, { bytes: bytes.length, limit: MAX_VARIANT_BYTES });
}
