/**
 * A photo made small on the phone: WebP, at most 1280 px and 200 KB (DRA-30). It is drawn and written anew, so what a
 * camera writes beside the picture (place, time, device) does not come along; how it was held does, as it looks.
 */
import { fail, ok, type Result } from '../../core/base/result.ts';
import type { DraftFault } from './api.ts';

export interface SmallPhoto {
	bytes: Uint8Array;
	mediaType: 'image/webp';
	width: number;
	height: number;
}

const LONG_SIDE = 1280;
const MOST_BYTES = 200 * 1024;
/** What still tells a wire from a screw, then smaller pictures of the same; each takes a slow phone a second. */
const QUALITIES = [0.8, 0.6, 0.4];
const SIZES = [1, 0.75, 0.5];

export async function shrinkPhoto(photo: Blob): Promise<Result<SmallPhoto, DraftFault>> {
	const picture = await decode(photo);
	if (!picture) return fail('draft/picture-unreadable');
	try {
		const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
		for (const size of SIZES) {
			const canvas = draw(picture, scale * size);
			for (const quality of QUALITIES) {
				const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
				// A browser that cannot write WebP answers another type.
				if (blob.type !== 'image/webp') return fail('draft/picture-unreadable');
				if (blob.size > MOST_BYTES) continue;
				const bytes = new Uint8Array(await blob.arrayBuffer());
				return ok({ bytes, mediaType: 'image/webp', width: canvas.width, height: canvas.height });
			}
		}
		return fail('draft/picture-too-large', { limit: MOST_BYTES });
	} finally {
		picture.close();
	}
}

/** The picture upright, or null where the browser cannot read it. */
async function decode(photo: Blob): Promise<ImageBitmap | null> {
	try {
		return await createImageBitmap(photo, { imageOrientation: 'from-image' });
	} catch {
		return null;
	}
}

function draw(picture: ImageBitmap, scale: number): OffscreenCanvas {
	const canvas = new OffscreenCanvas(
		Math.max(1, Math.round(picture.width * scale)),
		Math.max(1, Math.round(picture.height * scale))
	);
	const context = canvas.getContext('2d')!;
	context.imageSmoothingQuality = 'high';
	// What is transparent in a screenshot would be black.
	context.fillStyle = '#fff';
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return canvas;
}
