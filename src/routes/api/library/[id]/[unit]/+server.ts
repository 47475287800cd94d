import { answer, parse, refuse } from '$lib/server/http/answer.ts';
import { addressOf, UnitAddress } from '$lib/server/http/queries.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

const STATUS: Record<string, number> = { 'lesson/bad-content': 500, 'trust/recalled': 410 };

/** One unit with its text, figures, quiz and guide, for reading online. */
export const GET: RequestHandler = async (event) => {
	const asked = parse(UnitAddress, addressOf(event));
	if (!asked.ok) return refuse(event, 400, asked.fault);
	const { library } = await services();
	const { lang, in: content, id, unit } = asked.value;
	const page = await library.unit(
		{ language: lang ?? event.locals.language, content: content ?? null },
		id,
		unit
	);
	if (page.ok) return answer(event, page.value);
	return refuse(event, STATUS[page.fault.code] ?? 404, page.fault);
};
