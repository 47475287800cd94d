import { answer, parse, refuse } from '$lib/server/http/answer.ts';
import { addressOf, PackageAddress } from '$lib/server/http/queries.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A package's own page: what is in it, who approved it, what each language and tier costs to fetch. */
export const GET: RequestHandler = async (event) => {
	const asked = parse(PackageAddress, addressOf(event));
	if (!asked.ok) return refuse(event, 400, asked.fault);
	const { library } = await services();
	const { lang, in: content, id } = asked.value;
	const page = await library.package(
		{ language: lang ?? event.locals.language, content: content ?? null },
		id
	);
	if (page.ok) return answer(event, page.value);
	return refuse(event, page.fault.code === 'trust/recalled' ? 410 : 404, page.fault);
};
