import { answer, parse, refuse } from '$lib/server/http/answer.ts';
import { addressOf, LibraryQuery } from '$lib/server/http/queries.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** The packages that can be had, titled in the language asked for. */
export const GET: RequestHandler = async (event) => {
	const asked = parse(LibraryQuery, addressOf(event));
	if (!asked.ok) return refuse(event, 400, asked.fault);
	const { library } = await services();
	const { lang, in: content } = asked.value;
	return answer(
		event,
		await library.list({ language: lang ?? event.locals.language, content: content ?? null })
	);
};
