import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { isLanguage } from '$lib/core/base/languages.ts';
import { answer } from '$lib/server/http/answer.ts';
import type { RequestHandler } from './$types';

/** Written by the build (`vite/first-visit.ts`): what a first visit fetches in each language, in bytes. */
const FirstVisit = v.record(v.string(), v.number());
let cost: Promise<Record<string, number>> | undefined;

const firstVisit = () =>
	(cost ??= readFile('build/first-visit.json', 'utf8')
		.then((json) => v.parse(FirstVisit, JSON.parse(json)))
		// In development nothing was built: then no cost is shown.
		.catch((): Record<string, number> => ({})));

/** What the first page needs to know of a phone that was never here: its language, and what going on costs. */
export const GET: RequestHandler = async (event) => {
	const { language } = event.locals;
	const chosen = event.cookies.get('language') ?? '';
	return answer(event, {
		language,
		chosen: isLanguage(chosen) ? chosen : null,
		bytes: (await firstVisit())[language] ?? null
	});
};
