/** From one container into another by mediabunny, frames as they are; its own file, because it is large and rarely asked for. */
import {
	ADTS,
	BlobSource,
	BufferTarget,
	Conversion,
	Input,
	MATROSKA,
	MP3,
	MP4,
	Mp4OutputFormat,
	OGG,
	Output,
	QTFF,
	WAVE,
	WEBM,
	WebMOutputFormat
} from 'mediabunny';

export interface Remuxed {
	bytes: Uint8Array;
	mediaType: 'audio/webm' | 'audio/mp4' | 'video/webm' | 'video/mp4';
	seconds: number;
	width: number | null;
	height: number | null;
}

/** What a browser on a cheap phone plays out of each container; other codecs are written anew. */
const IN_WEBM = new Set(['vp8', 'vp9', 'av1', 'opus', 'vorbis']);
const IN_MP4 = new Set(['avc', 'aac']);

/** Null where there is no picture in a clip, no sound in a sound, or this browser cannot write what it would need. */
export async function convert(file: Blob, role: 'sound' | 'clip'): Promise<Remuxed | null> {
	const formats = [MP4, QTFF, WEBM, MATROSKA, MP3, WAVE, OGG, ADTS];
	const input = new Input({ formats, source: new BlobSource(file) });
	try {
		return await write(input, role);
	} finally {
		input.dispose();
	}
}

async function write(input: Input, role: 'sound' | 'clip'): Promise<Remuxed | null> {
	const video = role === 'clip' ? await input.getPrimaryVideoTrack() : null;
	const audio = await input.getPrimaryAudioTrack();
	if (role === 'clip' ? !video : !audio) return null;
	const [picture, sound] = [(await video?.getCodec()) ?? null, (await audio?.getCodec()) ?? null];
	const isMp4 = [picture, sound].every((codec) => codec === null || IN_MP4.has(codec));
	const takes = isMp4 ? IN_MP4 : IN_WEBM;
	const format = isMp4 ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
	const target = new BufferTarget();
	const conversion = await Conversion.init({
		input,
		output: new Output({ format, target }),
		tracks: 'primary',
		video: video ? (takes.has(picture ?? '') ? {} : { codec: 'vp9' }) : { discard: true },
		audio: audio && !takes.has(sound ?? '') ? { codec: 'opus' } : {},
		tags: {},
		showWarnings: false
	});
	if (!conversion.isValid) return null;
	await conversion.execute();
	return {
		bytes: new Uint8Array(target.buffer!),
		mediaType: `${video ? 'video' : 'audio'}/${isMp4 ? 'mp4' : 'webm'}`,
		seconds: Math.round((await input.computeDuration()) * 10) / 10,
		width: video ? await video.getDisplayWidth() : null,
		height: video ? await video.getDisplayHeight() : null
	};
}
