/** What is said about the publishing of a package, at the start and by `setara publish`. */
import type { Result } from '../lib/core/base/result.ts';
import { describeFault, type CliTranslate } from '../lib/i18n/node.ts';
import type { Published, PublishFault } from '../lib/server/packages/publish.ts';

/** How many faults of a source are shown; `setara package check` shows all. */
const SHOWN = 3;

/** The lines for a result; null where nothing changed and there is nothing to say. */
export function describePublishing(
	t: CliTranslate,
	id: string,
	result: Result<Published, PublishFault>
): string | null {
	if (result.ok) {
		const { version, outcome } = result.value;
		return outcome === 'published' ? t('cli.published', { id, version }) : null;
	}
	const lines = [t('cli.not-published', { id, reason: describeFault(t, result.fault) })];
	if ('faults' in result.fault) {
		for (const { file, line, ...fault } of result.fault.faults.slice(0, SHOWN)) {
			lines.push(`  ${line === null ? file : `${file}:${line}`}: ${describeFault(t, fault)}`);
		}
	}
	return lines.join('\n');
}
