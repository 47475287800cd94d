/** A package's row as pages see it. */
import { TIERS } from '../../core/base/vocabulary.ts';
import type { InstallRow, PackageRow, TransferRow } from '../db/rows.ts';
import type { StoredPackage } from './api.ts';
import type { ChoiceRow } from '../db/rows.ts';
import type { Choice } from './api.ts';

export function toStored(
	row: PackageRow,
	installs: readonly InstallRow[],
	transfer: TransferRow | undefined
): StoredPackage {
	const readable = installs.map(({ language }) => language);
	const version = installs[0]?.version ?? null;
	const next = row.next?.[0]?.version ?? null;
	return {
		...{ id: row.id, choice: row.choice, state: row.state, phase: row.phase, fault: row.fault },
		...{ readable, version, checked: row.checked },
		update: next !== null && version !== null && next !== version ? next : null,
		bytes: transfer ? bytesOf(row, transfer) : { done: 0, total: 0, exact: false }
	};
}

/** What is saved is whole, also in the moment in which the bytes of a choice that was given up are still written down. */
const bytesOf = ({ state }: PackageRow, { done, total, exact }: TransferRow): StoredPackage['bytes'] => ({
	...{ total, exact },
	done: state === 'saved' ? total : done
});

/** A choice as it is stored: a plain copy, each language once, in order. */
export const toChoiceRow = ({ languages, tier, video, units, media }: Choice): ChoiceRow => ({
	languages: [...new Set(languages)],
	tier,
	...(video ? { video } : {}),
	...(units ? { units: [...new Set(units)] } : {}),
	...(media ? { media } : {})
});

/** Whether two choices want the same bytes, by the same links. */
export const sameChoice = (a: ChoiceRow, b: ChoiceRow): boolean =>
	isWithin(a, b) && isWithin(b, a) && a.media === b.media;

/** Whether all that `inner` wants is part of what `outer` wants. */
export const isWithin = (inner: ChoiceRow, outer: ChoiceRow): boolean =>
	TIERS.indexOf(inner.tier) <= TIERS.indexOf(outer.tier) &&
	(inner.tier !== 'video' || (inner.video ?? '360p') === (outer.video ?? '360p')) &&
	inner.languages.every((language) => outer.languages.includes(language)) &&
	(!outer.units || (inner.units?.every((unit) => outer.units!.includes(unit)) ?? false));

/** The row of a package that was never asked for. */
export const newRow = (id: string, choice: ChoiceRow, now: number): PackageRow => ({
	...{ id, choice, kept: null, state: 'fetching', phase: 'catalogue', fault: null },
	...{ next: null, wire: { of: {}, statements: 0 }, checked: null, added: now }
});
