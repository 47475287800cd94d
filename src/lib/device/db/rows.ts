/** What the phone's tables hold of packages (DEV-1 to DEV-4). Every digest is a SHA-256 in lower-case hexadecimal. */
import type { Choice } from '../../core/packages/plan.ts';
import type { Based, WireSizes } from '../../core/packages/tiers.ts';
import type { Envelope } from '../../core/trust/types.ts';
import type { SaveFault } from '../faults.ts';

export interface ChoiceRow extends Choice {
	languages: string[];
	units?: string[] | undefined;
	/** Media wait for a link that is not paid by the byte. */
	media?: 'wifi' | undefined;
}

/** A package that a person asked for, and how far it is. */
export interface PackageRow {
	id: string;
	choice: ChoiceRow;
	/** The choice that was last whole: what `cancel` goes back to. */
	kept: ChoiceRow | null;
	state: 'fetching' | 'paused' | 'stopped' | 'saved';
	phase: 'catalogue' | 'text' | 'media';
	fault: SaveFault | null;
	/** The person allowed this download beyond the week's budget; until it is whole or given up. */
	beyond?: boolean;
	/** What is being fetched aside: verified and approved, not yet opened by anyone. */
	next: InstallRow[] | null;
	/** Sizes on the wire as far as they are known; only for showing. */
	wire: WireSizes;
	/** With which packs that were here the frames that come cost least: a run that was cut goes on with them. */
	based?: Record<string, Based>;
	checked: number | null;
	added: number;
}

/** One language of a package that opens from this phone: the switch of versions is the writing of these rows. */
export interface InstallRow {
	package: string;
	language: string;
	version: string;
	manifest: string;
	shared: string;
	part: string;
	/** Packs of the shared part and of the language's. */
	packs: { shared: string; part: string };
	statements: string;
}

/** A manifest, part manifest, list of statements or pack, under its own name. */
export interface BlobRow {
	digest: string;
	bytes: Uint8Array;
}

/** A media file of an approved part; `here` once each of its chunks is stored. */
export interface MediaRow {
	digest: string;
	size: number;
	mediaType: string;
	chunks: string[];
	here: boolean;
}

/** Statements of recall that this phone has met; they are never forgotten (formats.md, Statements). */
export interface RecallRow {
	package: string;
	/** SHA-256 of the catalogue's file that was read last. */
	file: string;
	/** That file, as it came: it goes along in a `.setara` file. Absent in rows of before there were such. */
	bytes?: Uint8Array;
	envelopes: Envelope[];
}

/** A file of the trusted metadata, or a record of the trust client's own. */
export interface TrustRow {
	name: string;
	bytes: Uint8Array;
}

export interface SettingRow {
	key: string;
	value: unknown;
}

/** 256 KiB of a media file, verified. */
export interface ChunkRow {
	digest: string;
	bytes: Uint8Array;
}

/** Bytes of a transfer that was cut: nothing has verified them yet. */
export interface PartialRow {
	/** Digest of the chunk, or `frame:` and the digest of the pack. */
	name: string;
	offset: number;
	bytes: Uint8Array;
	/** Strong ETag of the answer that they are of, where what is fetched has no digest of its own. */
	etag: string | null;
	/** The source that brought them; absent in rows of before there were several. */
	by?: string;
}

/** How far a download is, for showing; written often, lost without harm. */
export interface TransferRow {
	id: string;
	done: number;
	total: number;
	exact: boolean;
}
