/** The boxes that an MP4 file is made of (ISO/IEC 14496-12, 4.2). */
export interface Box {
	type: string;
	/** The box's payload. */
	body: Uint8Array;
}

/** Boxes that lie in a row; null where lengths do not fit. */
export function boxes(bytes: Uint8Array): Box[] | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found: Box[] = [];
	for (let at = 0; at < bytes.length;) {
		if (bytes.length - at < 8) return null;
		let size = view.getUint32(at);
		let head = 8;
		if (size === 1) {
			if (bytes.length - at < 16) return null;
			size = Number(view.getBigUint64(at + 8));
			head = 16;
		} else if (size === 0) size = bytes.length - at;
		if (size < head || at + size > bytes.length) return null;
		const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		found.push({ type, body: bytes.subarray(at + head, at + size) });
		at += size;
	}
	return found;
}
