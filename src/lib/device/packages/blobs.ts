/** Media files onto this phone, chunk by chunk, from all sources that it knows (DEV-16, DEV-61 to DEV-65). */
import type { Result } from '../../core/base/result.ts';
import type { PlannedBlob } from '../../core/packages/plan.ts';
import type { Databases } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import { dexieChunks } from './chunk-store.ts';
import { requestsAtOnce, watchNetwork } from './network-change.ts';
import type { OpenedFile } from './package-files.ts';
import { noteLie, watchSources } from './sources.ts';
import { transfer } from './transfer.ts';

/**
 * Fetches what is missing of these files. `onBytes`: as they come, negative when bytes are given up; `onBlob`: when all
 * that was missing of a file is here.
 */
export const fetchBlobs = (
	{ safe, media }: Databases,
	blobs: readonly PlannedBlob[],
	{ signal, purse }: Going,
	onBytes: (count: number) => void,
	onBlob: (digest: string) => Promise<void>,
	file: OpenedFile | null = null
): Promise<Result<void, SaveFault>> =>
	transfer({
		wanted: blobs.map(({ file, missing }) => ({ blob: file.digest, missing })),
		store: dexieChunks(media),
		going: { signal, purse },
		watchSources: (listener) =>
			watchSources(safe, (sources) => listener(file ? [file.source, ...sources] : sources)),
		watchNetwork,
		limit: requestsAtOnce,
		now: () => performance.now(),
		after(ms, call) {
			const timer = setTimeout(call, ms);
			return () => clearTimeout(timer);
		},
		chance: Math.random,
		onBytes,
		onBlob,
		onLie(source) {
			if (source === file?.source.name) file.isDamaged = true;
			else void noteLie(safe, source).catch(() => undefined);
		}
	});
