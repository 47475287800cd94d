/** Names of the databases and what their tables hold, for those that read them without Dexie. */
import type {
	BlobRow,
	ChunkRow,
	InstallRow,
	MediaRow,
	PackageRow,
	RecallRow,
	SettingRow,
	TrustRow
} from './rows.ts';

export const SAFE = 'setara';
export const MEDIA = 'setara-media';
/** Cache of the documents of simulations, by address. */
export const SIMULATIONS = 'setara-simulations';

export interface TableRows {
	packages: PackageRow;
	installs: InstallRow;
	blobs: BlobRow;
	media: MediaRow;
	recalls: RecallRow;
	trust: TrustRow;
	settings: SettingRow;
	chunks: ChunkRow;
}
