/**
 * `npm run bench`: what is promised, measured here and now. `--json`: a line a figure; `--only PREFIX`: some of them;
 * `--runs N`: how many runs each figure's median is of (5).
 */
import { parseArgs } from 'node:util';
import { startServer } from '../tests/factories/running-server.ts';
import type { RunningServer } from '../tests/factories/running-server.ts';
import { measureAppUpdate } from './app-update.ts';
import { measureCatalogue } from './catalogue.ts';
import { measureDraft } from './drafts.ts';
import type { Figure } from './figure.ts';
import { measureFirstVisit } from './first-visit.ts';
import { measureHandIn } from './hand-in.ts';
import { measureImport } from './import.ts';
import { measureInstall } from './install.ts';
import { measureLesson } from './lesson.ts';
import { measureVideoMemory } from './memory.ts';
import { measureResume } from './resume.ts';
import { measureReview } from './review.ts';
import { measureServing } from './serve.ts';
import { measureStore } from './store.ts';
import { measureUpdates } from './updates.ts';

type Measure = (server: RunningServer, runs: number) => Promise<Figure[]>;

/** Each group of figures by the beginning of their names. */
const GROUPS: Record<string, Measure> = {
	appupdate: measureAppUpdate,
	catalogue: measureCatalogue,
	'first-visit': measureFirstVisit,
	'handin.draft': measureDraft,
	'handin.bytes': measureHandIn,
	import: measureImport,
	install: measureInstall,
	lesson: measureLesson,
	memory: measureVideoMemory,
	resume: measureResume,
	review: measureReview,
	serve: measureServing,
	store: measureStore,
	update: measureUpdates
};

export async function run(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			json: { type: 'boolean', default: false },
			only: { type: 'string', default: '' },
			runs: { type: 'string', default: '5' }
		}
	});
	const runs = Math.max(1, Number(values.runs) || 5);
	const server = await startServer();
	let kept = true;
	try {
		for (const [group, measure] of Object.entries(GROUPS)) {
			if (!group.startsWith(values.only) && !values.only.startsWith(group)) continue;
			for (const figure of await measure(server, runs)) {
				if (!figure.name.startsWith(values.only)) continue;
				kept &&= figure.ratio === null || figure.ratio <= 1;
				console.log(values.json ? JSON.stringify(figure) : describe(figure));
			}
		}
	} finally {
		await server.dispose();
	}
	return kept ? 0 : 1;
}

const describe = ({ name, value, unit, min, max, limit, ratio, runs }: Figure): string =>
	`${name.padEnd(26)}${String(value).padStart(9)} ${unit.padEnd(9)} ${min}–${max} in ${runs}` +
	(ratio === null ? '' : `, limit ${limit}${ratio <= 1 ? '' : ' OVER'}`);
