/** A package's row as pages see it. */
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
		bytes: transfer
			? { done: transfer.done, total: transfer.total, exact: transfer.exact }
			: { done: 0, total: 0, exact: false }
	};
}

/** A choice as it is stored: a plain copy, each language once, in order. */
export const toChoiceRow = ({ languages, tier, video }: Choice): ChoiceRow => ({
	languages: [...new Set(languages)],
	tier,
	...(video ? { video } : {})
});

/** The row of a package that was never asked for. */
export const newRow = (id: string, choice: ChoiceRow, now: number): PackageRow => ({
	...{ id, choice, kept: null, state: 'fetching', phase: 'catalogue', fault: null },
	...{ next: null, wire: { of: {}, statements: 0 }, checked: null, added: now }
});
