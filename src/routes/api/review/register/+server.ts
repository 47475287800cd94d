import { refuseFault } from '$lib/server/http/account.ts';
import { isFromHere, readBytes } from '$lib/server/http/body.ts';
import { answerResult } from '$lib/server/start/committee.ts';
import { requireRight } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A register of 5,000 experts; adapter-node's own limit (BODY_SIZE_LIMIT) is above it. */
const MAX_TARGETS = 900_000;

/** A signed `N.targets.json`, whose register counts once root's threshold of targets keys has signed it. */
export const POST: RequestHandler = async (event) => {
	if (!isFromHere(event)) return refuseFault(event, { code: 'account/other-site' });
	const person = await requireRight(event, 'register/manage');
	if (!person.ok) return refuseFault(event, person.fault);
	const bytes = await readBytes(event.request, MAX_TARGETS);
	if (!bytes) return refuseFault(event, { code: 'http/too-large', params: { limit: MAX_TARGETS } });
	const { committee } = (await services()).review;
	return answerResult(event, await committee.takeRegister(bytes));
};
