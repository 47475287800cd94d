import { isLanguage } from '$lib/core/base/languages.ts';
import { answer } from '$lib/server/http/answer.ts';
import type { RequestHandler } from './$types';
import { firstVisitCost } from './cost.ts';

/** What the first page needs to know of a phone that was never here: its language, and what going on costs. */
export const GET: RequestHandler = async (event) => {
	const { language } = event.locals;
	const chosen = event.cookies.get('language') ?? '';
	return answer(event, {
		language,
		chosen: isLanguage(chosen) ? chosen : null,
		bytes: await firstVisitCost(language, event.fetch)
	});
};
