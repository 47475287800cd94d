/** What tests call of the phone's modules, in a page of the running server: bundled by `phone.ts`. */
import { applyUpdate, holdLesson } from '../../src/lib/device/app/update.ts';
import { allowInWeek, watchBill } from '../../src/lib/device/bill.ts';
import { openPackages } from '../../src/lib/device/packages/open.ts';
import { openDatabases } from '../../src/lib/device/db/schema.ts';
import { payloadBytes } from '../../src/lib/device/packages/room.ts';
import * as sources from '../../src/lib/device/packages/sources.ts';
import { chooseLibrary } from '../../src/lib/library/choose.ts';
import { deviceLibrary } from '../../src/lib/library/device.ts';
import { httpLibrary } from '../../src/lib/library/http.ts';

const http = httpLibrary(fetch.bind(globalThis));

const setara = {
	packages: openPackages,
	libraries: { http, device: deviceLibrary, choose: chooseLibrary(http) },
	payloadBytes: () => payloadBytes(openDatabases()),
	...{ applyUpdate, holdLesson, allowInWeek, watchBill, sources }
};

export type Setara = typeof setara;
Object.assign(globalThis, { setara });
