/** A draft as a package source (docs/spec/package-source.md): the same draft gives the same files (DRA-6, DRA-7). */
import { utf8 } from '../base/hash.ts';
import { canonicalJson, type Json } from '../packages/canonical.ts';
import type { SourceFiles } from '../packages/source/files.ts';
import { captionsOf } from './captions.ts';
import { unitKeysOf, unitWordsOf } from './compile-unit.ts';
import type { Draft, DraftFile } from './draft.ts';
import { stepClips, usedFiles, type UsedFiles } from './used.ts';
import { courseWords, fileWords, own, unitWords } from './words.ts';

/** The one module of a micro-course; learners never see it beside the title. */
const MODULE = 'course';
const ENDINGS: Record<string, string> = {
	'video/mp4': '360p.mp4',
	'video/webm': '360p.webm',
	'audio/mp4': 'audio.m4a',
	'audio/webm': 'audio.webm'
};

/**
 * Writes the source of a draft. What is optional and empty is left out, and so are files that nothing shows or whose
 * bytes are not here; what else is missing is for `problemsOf` and `checkSource` to say.
 * @param languages the languages to go along, the first one of the draft among them
 */
export function compileDraft(
	draft: Draft,
	bytesOf: (digest: string) => Uint8Array | undefined,
	languages: readonly string[] = draft.languages
): SourceFiles {
	const used = usedFiles(draft, languages);
	const files = new Map<string, Uint8Array>();
	const put = (path: string, value: unknown) => files.set(path, jsonFile(value));
	const putBytes = (path: string, file: DraftFile) => {
		const bytes = bytesOf(file.digest);
		if (bytes) files.set(path, bytes);
	};
	put('package.json', packageOf(draft, languages));
	for (const unit of draft.units) {
		const keys = unitKeysOf(unit, used);
		if (keys) put(`shared/units/${unit.id}.json`, keys);
	}
	for (const file of draft.files) {
		if (used.pictures.has(file.id)) putBytes(picturePath(file), file);
		if (used.clips.has(file.id)) {
			putBytes(`shared/media/${file.id}.${ENDINGS[file.mediaType] ?? '360p.mp4'}`, file);
		}
	}
	for (const tag of languages) putLanguage(draft, tag, used, { files, put, putBytes });
	return files;
}

const picturePath = (file: DraftFile): string =>
	file.role === 'drawing' ? `shared/figures/${file.id}.svg` : `shared/media/${file.id}.webp`;

function packageOf(draft: Draft, languages: readonly string[]): object {
	const minutes = draft.units.reduce((sum, unit) => sum + unit.minutes, 0);
	const units = draft.units.map(({ id, kind, minutes }) => ({ id, kind, minutes }));
	return {
		format: 'setara-package/1',
		id: draft.package,
		version: draft.version,
		supersedes: draft.supersedes,
		kind: draft.kind,
		sourceLanguage: draft.languages[0],
		languages,
		partners: draft.partners,
		licence: draft.licence,
		sector: draft.sector,
		occupation: { scheme: 'ISCO-08', code: draft.occupation },
		aqrfLevel: draft.aqrfLevel,
		hours: Math.max(0.1, Math.round(minutes / 6) / 10),
		credits: 0,
		reviewBy: draft.reviewBy,
		glossary: [],
		modules: [{ id: MODULE, units }],
		contributors: draft.contributors,
		...(draft.adaptedFrom ? { adaptedFrom: adaptedOf(draft.adaptedFrom) } : {})
	};
}

const adaptedOf = ({ unit, ...from }: NonNullable<Draft['adaptedFrom']>): object => ({
	...from,
	...(unit === null ? {} : { unit })
});

interface Output {
	files: Map<string, Uint8Array>;
	put: (path: string, value: unknown) => void;
	putBytes: (path: string, file: DraftFile) => void;
}

function putLanguage(draft: Draft, tag: string, used: UsedFiles, { files, put, putBytes }: Output): void {
	const speaks = used.sounds.some((sound) => own(sound.files, tag));
	put(`${tag}/package.json`, languageOf(draft, tag, speaks));
	for (const unit of draft.units) {
		const clips = stepClips(draft, unit).map((id) => `![](video:${id})`);
		const text = [unitWords(unit, tag).text.trim(), ...clips].filter((part) => part !== '').join('\n\n');
		files.set(`${tag}/units/${unit.id}.md`, utf8(text === '' ? '' : `${text}\n`));
		const words = unitWordsOf(unit, tag);
		if (words) put(`${tag}/units/${unit.id}.json`, words);
	}
	const shown = draft.files.filter(({ id }) => used.pictures.has(id) || used.clips.has(id));
	if (shown.length > 0) {
		put(`${tag}/figures.json`, Object.fromEntries(shown.map((file) => [file.id, figureWordsOf(file, tag)])));
	}
	for (const file of draft.files.filter(({ id }) => used.clips.has(id))) {
		const said = fileWords(file, tag).said.trim();
		files.set(`${tag}/media/${file.id}.md`, utf8(`${said}\n`));
		files.set(`${tag}/media/${file.id}.vtt`, utf8(captionsOf(said, file.seconds ?? 1)));
	}
	for (const { id, files: byLanguage } of used.sounds) {
		const file = own(byLanguage, tag);
		if (!file) continue;
		putBytes(`${tag}/media/${id}.${ENDINGS[file.mediaType] ?? 'audio.webm'}`, file);
		files.set(`${tag}/media/${id}.md`, utf8(`${fileWords(file, tag).said.trim()}\n`));
	}
}

function languageOf(draft: Draft, tag: string, speaks: boolean): object {
	const { title, goal } = courseWords(draft, tag);
	const notes = own(draft.releaseNotes, tag)?.trim();
	return {
		title: title.trim(),
		summary: goal.trim(),
		translation: translationOf(draft, tag),
		contributors: draft.contributors,
		...(speaks ? { narration: 'spoken' } : {}),
		modules: { [MODULE]: title.trim() },
		units: Object.fromEntries(
			draft.units.map((unit) => {
				const words = unitWords(unit, tag);
				return [unit.id, { title: words.title.trim(), summary: words.summary.trim() }];
			})
		),
		...(notes ? { releaseNotes: notes } : {})
	};
}

/** Who wrote a language by hand stands for it by name. */
function translationOf(draft: Draft, tag: string): object {
	if (tag === draft.languages[0]) return { status: 'source' };
	const status = own(draft.translations, tag);
	const author = draft.contributors[0]?.name;
	return status === 'checked-by-speaker' && author !== undefined
		? { status, checkedBy: author }
		: { status: 'drafted-by-machine' };
}

function figureWordsOf(file: DraftFile, tag: string): object {
	const { alt, caption, labels } = fileWords(file, tag);
	return {
		alt: alt.trim(),
		...(caption.trim() === '' ? {} : { caption: caption.trim() }),
		...(labels ? { words: labels } : {})
	};
}

/** A field that cuts a text short may leave half a character, which JSON cannot hold. */
const whole = (value: unknown): unknown =>
	typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value;

const jsonFile = (value: unknown): Uint8Array =>
	utf8(canonicalJson(JSON.parse(JSON.stringify(value, (_, each) => whole(each))) as Json));
