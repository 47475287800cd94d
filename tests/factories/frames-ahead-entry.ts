/** The job of frames made ahead, in a process that can be killed: `node frames-ahead-entry.ts DATABASE_URL BLOBS`. */
import { openDatabase } from '../../src/lib/server/db/pool.ts';
import { fileBlobStore } from '../../src/lib/server/packages/blob-store.ts';
import { planFrames } from '../../src/lib/server/packages/frames-ahead.ts';
import { createFrames } from '../../src/lib/server/packages/frames.ts';
import { NOW } from './now.ts';

const [url, folder] = process.argv.slice(2);
const database = openDatabase(url!, 4);
const frames = createFrames(database, fileBlobStore(folder!));
await planFrames(database, NOW);
while (await frames.makeNext());
await database.close();
