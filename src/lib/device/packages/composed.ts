/**
 * Units as they were composed, the next one in advance: going on to the next unit is then only drawing it (DEV-31).
 * What is kept is of parts that this tab has checked, under their digests; the checks themselves are made each time.
 */
import { composeUnitPage, type ComposeFault, type UnitSource } from '../../core/lessons/compose.ts';
import type { Result } from '../../core/base/result.ts';
import type { UnitPage } from '../../core/lessons/unit-page.ts';
import type { OpenedLanguage } from './open-language.ts';

type Composed = Result<UnitPage, ComposeFault>;

const composed = new Map<string, Composed>();
/** The unit that is read, the ones before and after it, in two languages. */
const MAX_KEPT = 6;

/** By then the page that was asked for is drawn; before that an idle moment is one of waiting for it. */
const AT_REST = 500;

/** What a unit is composed of, besides its own files. */
export interface Composing {
	opened: OpenedLanguage;
	files: UnitSource['files'];
	/** Languages that are stored. */
	languages: string[];
	/** Media that are whole on this phone. */
	here: ReadonlySet<string>;
}

/** One unit's page; the next unit's is composed when the page is at rest. */
export function composeStored(of: Composing, unit: string): Composed {
	const page = compose(of, unit);
	const next = page.ok ? page.value.next?.id : undefined;
	if (next !== undefined && 'requestIdleCallback' in globalThis)
		setTimeout(() => requestIdleCallback(() => compose(of, next)), AT_REST);
	return page;
}

function compose({ opened, files, languages, here }: Composing, unit: string): Composed {
	const { shared, part, seal, wanted } = opened;
	const key = [wanted.manifest, wanted.statements, part.digest, unit, ...languages, ...here].join(' ');
	const known = composed.get(key);
	if (known) return known;
	const page = composeUnitPage(
		{
			...{ shared, language: part, files, languages, checkers: seal.people },
			checked: 'this-phone',
			urls: {
				media: ({ digest, path }) => ({
					url: `/media/${digest}.${path.slice(path.lastIndexOf('.') + 1)}`,
					here: here.has(digest)
				}),
				simulation: (simulation, tag) => `/sim/${shared.part.package}/${simulation}/${tag}`
			}
		},
		unit
	);
	if (composed.size >= MAX_KEPT) composed.delete(composed.keys().next().value!);
	composed.set(key, page);
	return page;
}
