/** The phone's camera, for photos and clips: the one that looks away from the person, where there are two. */
import { fail, ok } from '../../core/base/result.ts';
import type { Camera, Drafted } from './api.ts';

/** Opens it; `close` turns its light off. `clip`: with the microphone, as small as a clip on a phone needs. */
export async function openCamera(purpose: 'photo' | 'clip'): Drafted<Camera> {
	const size = purpose === 'photo' ? { width: { ideal: 1920 } } : { height: { ideal: 360 } };
	try {
		const stream = await navigator.mediaDevices.getUserMedia({
			video: { facingMode: 'environment', ...size },
			audio: purpose === 'clip'
		});
		return ok({
			stream,
			take: () => takePhoto(stream),
			close: () => stream.getTracks().forEach((track) => track.stop())
		});
	} catch {
		return fail('draft/no-camera');
	}
}

/** What the camera sees now, as it is; `addPicture` makes it small. */
async function takePhoto(stream: MediaStream): Promise<Blob> {
	const video = document.createElement('video');
	video.muted = true;
	video.srcObject = stream;
	await video.play();
	const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
	canvas.getContext('2d')!.drawImage(video, 0, 0);
	video.pause();
	video.srcObject = null;
	return canvas.convertToBlob({ type: 'image/png' });
}
