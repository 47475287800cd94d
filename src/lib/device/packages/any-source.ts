/** A pack from whichever source gives it: an open file and those that the person named first, the origin last (DEV-68). */
import type { Result } from '../../core/base/result.ts';
import type { VerifiedLanguagePart, VerifiedSharedPart } from '../../core/packages/verify.ts';
import type { Databases } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import type { Going } from '../network.ts';
import { fetchPack, type FetchedPack } from './frames.ts';
import { ORIGIN } from './http-source.ts';
import type { OpenedFile } from './package-files.ts';
import { listNamed, noteLie } from './sources.ts';

type Part = VerifiedSharedPart | VerifiedLanguagePart;
type FetchOne = (part: Part, base: string | null) => Promise<Result<FetchedPack, SaveFault>>;

/** What another source may do better. */
const ELSEWHERE = /^(?:network|package|file)\//;
/** A whole frame that came from one source and does not give the pack. */
const LIES = /^package\/bad-/;

/** Fetches packs one after another; who was silent or lied is not asked for the next. */
export async function fromAnySource(
	databases: Databases,
	onBytes: (count: number) => void,
	going: Going,
	file: OpenedFile | null
): Promise<FetchOne> {
	let named = [...(file ? [file.source] : []), ...(await listNamed(databases.safe))];
	return async (part, base) => {
		for (const source of named) {
			const pack = await fetchPack(databases, part, base, source, onBytes, going);
			if (pack.ok || going.signal?.aborted) return pack;
			const { code } = pack.fault;
			if (!ELSEWHERE.test(code)) return pack;
			// One that only lacks this pack may have the next.
			if (code !== 'network/not-found') named = named.filter((each) => each !== source);
			if (!LIES.test(code)) continue;
			if (source === file?.source) file.isDamaged = true;
			else await noteLie(databases.safe, source.name);
		}
		return fetchPack(databases, part, base, ORIGIN, onBytes, going);
	};
}
