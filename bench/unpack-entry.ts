/** What a phone loads to unpack a frame, put into a page by `updates.ts`. */
import { decodeFrame } from '../src/lib/core/packages/frame.ts';

/** @param base the pack that the frame was made with */
const unpack = (frame: Uint8Array, size: number, base: Uint8Array) => decodeFrame(frame, size, base);

export type Unpack = typeof unpack;
Object.assign(globalThis, { unpack });
