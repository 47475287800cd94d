/**
 * Which modules of the app are nobody's but authors', the committee's or administrators': what only the routes of one of
 * them reach. What a student's page reaches too is the student's, whoever else uses it.
 */
import type { Rolldown } from 'vite';

export type Area = 'teach' | 'review' | 'people';
/** Folder of `src/routes` that belongs to an area. */
const ROOTS: Record<string, Area> = { teach: 'teach', review: 'review', admin: 'people' };
const ROOT = /\/src\/routes\/\((teach|review|admin)\)\//;
/** What a student's page loads only for somebody who has more to do than learn. */
const DOOR = /\/src\/lib\/(?:i18n\/work-catalogue|device\/sync\/person)\./;
const NODE = /\/client-optimized\/nodes\/(\d+)\.js$/;

type Graph = Pick<Rolldown.PluginContext, 'getModuleIds' | 'getModuleInfo'>;

export interface Areas {
	/** `work`: of several areas. Null: a student's. */
	of(module: string): Area | 'work' | null;
	/** The area of a page or layout, by the number that SvelteKit gives it. */
	ofNode(number: string): Area | null;
}

export function readAreas(graph: Graph): Areas {
	const rootOf = (id: string): Area | 'work' | undefined =>
		DOOR.test(id) ? 'work' : ROOTS[ROOT.exec(id)?.[1] ?? ''];
	const imports = (id: string): string[] => {
		const info = graph.getModuleInfo(id);
		return info ? [...info.importedIds, ...info.dynamicallyImportedIds] : [];
	};
	const reach = (from: string[], enters: (id: string) => boolean): Set<string> => {
		const found = new Set<string>();
		const waiting = from.filter(enters);
		for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
			if (found.has(id)) continue;
			found.add(id);
			waiting.push(...imports(id).filter(enters));
		}
		return found;
	};
	const all = [...graph.getModuleIds()];
	const nodes = new Map<string, Area>();
	for (const id of all) {
		const number = NODE.exec(id)?.[1];
		const area = imports(id).map(rootOf).find(Boolean);
		if (number !== undefined && area && area !== 'work') nodes.set(number, area);
	}
	const entries = all.filter((id) => graph.getModuleInfo(id)?.isEntry);
	const students = reach(entries, (id) => rootOf(id) === undefined);
	const own = new Map(
		(['work', ...Object.values(ROOTS)] as const).map((area) => [
			area,
			reach(
				all.filter((id) => rootOf(id) === area),
				(id) => !students.has(id)
			)
		])
	);
	return {
		of(module) {
			const areas = [...own].flatMap(([area, modules]) => (modules.has(module) ? [area] : []));
			return areas.length > 1 ? 'work' : (areas[0] ?? null);
		},
		ofNode: (number) => nodes.get(number) ?? null
	};
}
