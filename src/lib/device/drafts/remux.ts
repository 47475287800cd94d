/**
 * A sound or clip put into a container of our own: its frames as they are, its words about place, time and device left
 * behind (DRA-31). mediabunny is loaded here, the first time that somebody has a recording.
 */
import type { Input } from 'mediabunny';
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { DraftFault } from './api.ts';

export interface Remuxed {
	bytes: Uint8Array;
	mediaType: 'audio/webm' | 'audio/mp4' | 'video/webm' | 'video/mp4';
	seconds: number;
	width: number | null;
	height: number | null;
}

export const MOST_CLIP_BYTES = 20 * 1024 * 1024;
/** What a browser on a cheap phone plays out of each container. */
const IN_WEBM = new Set(['vp8', 'vp9', 'av1', 'opus', 'vorbis']);
const IN_MP4 = new Set(['avc', 'aac']);

export async function remux(file: Blob, role: 'sound' | 'clip'): Promise<Result<Remuxed, DraftFault>> {
	if (file.size > MOST_CLIP_BYTES * 10) return tooLarge();
	try {
		const made = await convert(file, role);
		if (!made) return fail('draft/media-unreadable');
		return made.bytes.length > MOST_CLIP_BYTES ? tooLarge() : ok(made);
	} catch {
		// What a reader of media throws at bytes that are no media has no closed list.
		return fail('draft/media-unreadable');
	}
}

const tooLarge = () => fail('draft/clip-too-large', { limit: MOST_CLIP_BYTES });

async function convert(file: Blob, role: 'sound' | 'clip'): Promise<Remuxed | null> {
	const media = await import('mediabunny');
	const { MP4, QTFF, WEBM, MATROSKA, MP3, WAVE, OGG, ADTS, BlobSource } = media;
	const formats = [MP4, QTFF, WEBM, MATROSKA, MP3, WAVE, OGG, ADTS];
	const input = new media.Input({ formats, source: new BlobSource(file) });
	try {
		return await write(media, input, role);
	} finally {
		input.dispose();
	}
}

type Media = typeof import('mediabunny');

async function write(media: Media, input: Input, role: 'sound' | 'clip'): Promise<Remuxed | null> {
	const video = role === 'clip' ? await input.getPrimaryVideoTrack() : null;
	const audio = await input.getPrimaryAudioTrack();
	if (role === 'clip' ? !video : !audio) return null;
	const codecs = [await video?.getCodec(), await audio?.getCodec()].flatMap((codec) => codec ?? []);
	const isMp4 = codecs.every((codec) => IN_MP4.has(codec));
	const format = isMp4 ? new media.Mp4OutputFormat({ fastStart: 'in-memory' }) : new media.WebMOutputFormat();
	const target = new media.BufferTarget();
	const takes = isMp4 ? IN_MP4 : IN_WEBM;
	const [width, height] = video
		? [await video.getDisplayWidth(), await video.getDisplayHeight()]
		: [null, null];
	const conversion = await media.Conversion.init({
		input,
		output: new media.Output({ format, target }),
		tracks: 'primary',
		video: video ? (takes.has((await video.getCodec()) ?? '') ? {} : { codec: 'vp9' }) : { discard: true },
		audio: audio && !takes.has((await audio.getCodec()) ?? '') ? { codec: 'opus' } : {},
		tags: {},
		showWarnings: false
	});
	if (!conversion.isValid) return null;
	await conversion.execute();
	const seconds = await input.computeDuration();
	const kind = video ? 'video' : 'audio';
	return {
		bytes: new Uint8Array(target.buffer!),
		mediaType: `${kind}/${isMp4 ? 'mp4' : 'webm'}`,
		seconds: Math.round(seconds * 10) / 10,
		width,
		height
	};
}
