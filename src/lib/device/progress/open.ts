/** The door to progress on this phone: loads the store when first asked, once a tab. */
import { firstFrame } from '../first-frame.ts';
import type { DeviceProgress } from './api.ts';

let opened: Promise<DeviceProgress> | undefined;

/** Only in a browser. Makes the first profile where there is none; asks nothing of the server. */
export const openProgress = (): Promise<DeviceProgress> =>
	(opened ??= firstFrame()
		.then(() => import('./progress.ts'))
		.then(({ createProgress }) => createProgress()));
