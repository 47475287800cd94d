/** A photo as a phone's camera writes it: EXIF with a place and "turned by 90°" before the picture. */

/** Savannakhet, in the words of EXIF's GPS tags. */
const PLACE = [16, 33, 104, 45] as const;
export const DEVICE = 'SetaraCam 9';

/** Puts an EXIF segment (orientation 6, camera, GPS) in front of a plain JPEG's picture. */
export function withExif(jpeg: Uint8Array): Uint8Array {
	const tiff = new Uint8Array(240);
	const view = new DataView(tiff.buffer);
	const entry = (at: number, tag: number, type: number, count: number, value: number) => {
		view.setUint16(at, tag);
		view.setUint16(at + 2, type);
		view.setUint32(at + 4, count);
		if (type === 3) view.setUint16(at + 8, value);
		else view.setUint32(at + 8, value);
	};
	tiff.set([0x4d, 0x4d, 0, 42, 0, 0, 0, 8]);
	view.setUint16(8, 3);
	const model = 50;
	entry(10, 0x0110, 2, DEVICE.length + 1, model);
	entry(22, 0x0112, 3, 1, 6);
	const gps = 70;
	entry(34, 0x8825, 4, 1, gps);
	tiff.set(new TextEncoder().encode(DEVICE), model);
	view.setUint16(gps, 2);
	entry(gps + 2, 2, 5, 3, 110);
	entry(gps + 14, 4, 5, 3, 134);
	[PLACE[0], 1, PLACE[1], 1, 0, 1, PLACE[2], 1, PLACE[3], 1, 0, 1].forEach((value, index) =>
		view.setUint32(110 + index * 4, value)
	);
	const head = new Uint8Array([0xff, 0xe1, 0, 0, ...new TextEncoder().encode('Exif\0\0')]);
	new DataView(head.buffer).setUint16(2, head.length - 2 + tiff.length);
	return Uint8Array.from([...jpeg.subarray(0, 2), ...head, ...tiff, ...jpeg.subarray(2)]);
}

/** Writes where it was filmed into an MP4 whose index comes last, as Android and iPhones do (`©xyz`). */
export function withPlace(mp4: Uint8Array, place: string): Uint8Array {
	const text = new TextEncoder().encode(place);
	const xyz = box('\u00a9xyz', Uint8Array.from([0, text.length, 0x15, 0xc7, ...text]));
	const udta = box('udta', xyz);
	const out = Uint8Array.from([...mp4, ...udta]);
	const view = new DataView(out.buffer);
	for (let at = 0; at < mp4.length; at += view.getUint32(at)) {
		const type = String.fromCharCode(...out.subarray(at + 4, at + 8));
		if (type === 'moov') {
			if (at + view.getUint32(at) !== mp4.length) throw new Error('the index is not last');
			view.setUint32(at, view.getUint32(at) + udta.length);
			return out;
		}
	}
	throw new Error('no index');
}

function box(type: string, body: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(8 + body.length);
	new DataView(bytes.buffer).setUint32(0, bytes.length);
	bytes.set(
		[...type].map((letter) => letter.charCodeAt(0)),
		4
	);
	bytes.set(body, 8);
	return bytes;
}
