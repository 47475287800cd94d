import type { Result } from '../base/result.ts';
import type { Register, TrustFault, TrustFetcher, TrustOptions, TrustStore, TrustedTarget } from './types.ts';

export interface TrustedCatalogue {
	versions: { root: number; timestamp: number; snapshot: number; targets: number };
	/** When the timestamp was issued, milliseconds; null where it does not say. */
	issued: number | null;
	/** When the timestamp expires, milliseconds. */
	expires: number;
	/** Roles that are past their date: a label, from the import profile or from `openCatalogue`. */
	expired: string[];
	register: Result<Register, TrustFault>;
}

/** Puts the root that the build (or the person) chose into an empty store. */
export async function initTrust(_store: TrustStore, _root: Uint8Array): Promise<void> {
	throw new Error('being written');
}
/** The detailed client workflow (TUF 1.0.34, 5.1-5.6) over a fetcher. `now` in milliseconds. */
export async function refresh(
	_store: TrustStore,
	_fetch: TrustFetcher,
	_now: number,
	_options: TrustOptions = {}
): Promise<Result<TrustedCatalogue, TrustFault>> {
	throw new Error('being written');
}
/** The catalogue as it was last trusted, without any fetching; what expired is a label. */
export async function openCatalogue(
	_store: TrustStore,
	_now: number,
	_options: TrustOptions = {}
): Promise<Result<TrustedCatalogue, TrustFault>> {
	throw new Error('being written');
}
/** Finds a target (TUF 5.6.7): `<sector>/<tag>/<id>.json`, `<sector>/<tag>/listing.json`, `recalls/<id>.json`. */
export async function lookUpTarget(
	_catalogue: TrustedCatalogue,
	_path: string
): Promise<Result<TrustedTarget, TrustFault>> {
	throw new Error('being written');
}
/** Whether these bytes are the target that the catalogue named: length and every hash. */
export async function checkTarget(
	_target: TrustedTarget,
	_bytes: Uint8Array
): Promise<Result<Uint8Array, TrustFault>> {
	throw new Error('being written');
}
