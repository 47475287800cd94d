/** Records from microphone or camera, with how long, how loud and how many bytes, and keeps each second (DRA-32). */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { RecordingRow } from '../db/draft-tables.ts';
import { storageFault } from '../db/storing.ts';
import type { DraftFault, RecordingState } from './api.ts';
import type { Recordings } from './recordings.ts';
import { MOST_CLIP_BYTES } from './remux.ts';

const PIECE = 1_000;
/** Speech by Opus; a clip that shows a hand at work. */
const BITS = {
	sound: { audioBitsPerSecond: 32_000 },
	clip: { audioBitsPerSecond: 32_000, videoBitsPerSecond: 900_000 }
};
const TYPES = {
	sound: ['audio/webm;codecs=opus', 'audio/mp4'],
	clip: ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4']
};

export interface Recorder {
	watch(listener: (state: RecordingState) => void): () => void;
	/** Resolves when the last piece is on the disk. */
	stop(): Promise<RecordingRow>;
}

/** Opens the microphone. */
export async function openMicrophone(): Promise<Result<MediaStream, DraftFault>> {
	try {
		return ok(await navigator.mediaDevices.getUserMedia({ audio: true }));
	} catch {
		return fail('draft/no-microphone');
	}
}

export async function record(
	stream: MediaStream,
	recordings: Recordings,
	start: Pick<RecordingRow, 'id' | 'draft' | 'role'>
): Promise<Result<Recorder, DraftFault>> {
	const mediaType = TYPES[start.role].find((type) => MediaRecorder.isTypeSupported(type));
	if (mediaType === undefined) return fail('draft/cannot-record');
	const row: RecordingRow = { ...start, mediaType, at: Date.now(), seconds: 0, bytes: 0 };
	try {
		await recordings.begin(row);
	} catch (error) {
		const fault = storageFault(error);
		if (fault) return { ok: false, fault: fault as DraftFault };
		throw error;
	}
	const recorder = new MediaRecorder(stream, { mimeType: mediaType, ...BITS[start.role] });
	const meter = loudness(stream);
	const listeners = new Set<(state: RecordingState) => void>();
	let state: RecordingState = { seconds: 0, level: 0, bytes: 0, fault: null };
	const began = performance.now();
	let n = 0;
	/** Pieces reach the disk one after the other. */
	let writing = Promise.resolve();

	const tell = (change: Partial<RecordingState>) => {
		state = { ...state, ...change };
		for (const listener of listeners) listener(state);
	};
	const timer = setInterval(
		() => tell({ seconds: (performance.now() - began) / 1000, level: meter.level() }),
		100
	);
	const halt = (fault: DraftFault | null) => {
		if (fault) tell({ fault });
		if (recorder.state !== 'inactive') recorder.stop();
	};
	recorder.ondataavailable = ({ data }) => {
		const seconds = (performance.now() - began) / 1000;
		const number = n++;
		writing = writing.then(async () => {
			// After a piece that did not reach the disk nothing that follows it can be played.
			if (data.size === 0 || state.fault?.code === 'storage/full') return;
			try {
				await recordings.add(row.id, number, new Uint8Array(await data.arrayBuffer()), seconds);
				Object.assign(row, { seconds, bytes: row.bytes + data.size });
				tell({ bytes: row.bytes });
				if (row.bytes > MOST_CLIP_BYTES - 1024 * 1024) halt({ code: 'draft/clip-too-large' });
			} catch (error) {
				halt((storageFault(error) as DraftFault | null) ?? { code: 'storage/closed' });
			}
		});
	};
	const ended = new Promise<void>((resolve) => (recorder.onstop = () => resolve()));
	recorder.start(PIECE);

	return ok({
		watch(listener) {
			listeners.add(listener);
			listener(state);
			return () => listeners.delete(listener);
		},
		async stop() {
			halt(null);
			await ended;
			await writing;
			clearInterval(timer);
			meter.end();
			return row;
		}
	});
}

/** How loud it is now, 0 to 1; 0 where the browser cannot say. */
function loudness(stream: MediaStream): { level: () => number; end: () => void } {
	if (stream.getAudioTracks().length === 0) return { level: () => 0, end: () => {} };
	const context = new AudioContext();
	const analyser = context.createAnalyser();
	analyser.fftSize = 512;
	context.createMediaStreamSource(stream).connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	return {
		level() {
			analyser.getFloatTimeDomainData(samples);
			const power = samples.reduce((sum, each) => sum + each * each, 0) / samples.length;
			return Math.min(1, Math.sqrt(power) * 4);
		},
		end: () => void context.close()
	};
}
