/** What a simulated tab runs: the phone's own modules, bundled by `tab.ts`. */
import { allowInWeek } from '../../../src/lib/device/bill.ts';
import { openDatabases } from '../../../src/lib/device/db/schema.ts';
import { openMedia } from '../../../src/lib/device/packages/media-stream.ts';
import { createPackages } from '../../../src/lib/device/packages/packages.ts';
import { readUnit } from '../../../src/lib/device/packages/read-pages.ts';
import { addSource, removeSource } from '../../../src/lib/device/packages/sources.ts';

const phone = {
	packages: createPackages(),
	/** Makes the tables; the first thing that a tab does. */
	open: async () => {
		const { safe, media } = openDatabases();
		await Promise.all([safe.open(), media.open()]);
	},
	...{ allowInWeek, openMedia, readUnit, addSource, removeSource }
};

export type Phone = typeof phone;
Object.assign(globalThis, { phone });
