import type { Result } from '../base/result.ts';
import type { TrustFault, TrustFetcher, TrustStore } from './types.ts';

/** The query of `GET /tuf/bundle` for what a store lacks: `root=5&ts=200&roles=recalls@3,th@12`. */
export async function bundleQuery(_store: TrustStore, _roles: readonly string[]): Promise<string> {
	throw new Error('being written');
}
/** The files of a bundle by name. */
export function readBundle(_bytes: Uint8Array): Result<Map<string, Uint8Array>, TrustFault> {
	throw new Error('being written');
}
/** Packs files into a bundle (server). */
export function writeBundle(_files: Iterable<readonly [string, Uint8Array]>): Uint8Array {
	throw new Error('being written');
}
/** A fetcher over a bundle's files; what is not in it is asked of `otherwise`, if given, else `trust/missing`. */
export function bundleFetcher(
	_files: ReadonlyMap<string, Uint8Array>,
	_otherwise?: TrustFetcher
): TrustFetcher {
	throw new Error('being written');
}
