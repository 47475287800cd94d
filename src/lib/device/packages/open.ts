/** The door to the packages on this phone: loads the store (Dexie, trust, zstd) when first asked, once a tab. */
import { firstFrame } from '../first-frame.ts';
import type { DevicePackages } from './api.ts';

let opened: Promise<DevicePackages> | undefined;

/** Only in a browser. Nothing is fetched from the server by opening. */
export const openPackages = (): Promise<DevicePackages> =>
	(opened ??= firstFrame()
		.then(() => import('./packages.ts'))
		.then(({ createPackages }) => createPackages()));
