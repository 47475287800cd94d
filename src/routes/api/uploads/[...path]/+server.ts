import { refuseFault } from '$lib/server/http/account.ts';
import { isFromHere } from '$lib/server/http/body.ts';
import { requireRight } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestEvent } from '@sveltejs/kit';

/** A blob of a hand-in, piece by piece, by the tus protocol 1.0.0: begin (POST), where was it (HEAD), go on (PATCH). */
async function upload(event: RequestEvent): Promise<Response> {
	const answered = await answer(event);
	answered.headers.set('cache-control', 'no-store');
	if (!answered.headers.has('tus-resumable')) answered.headers.set('tus-resumable', '1.0.0');
	return answered;
}

async function answer(event: RequestEvent): Promise<Response> {
	// The browser would send the cookie along with another site's request, and these are no forms that SvelteKit looks at.
	if (!isFromHere(event)) return refuseFault(event, { code: 'account/other-site' });
	const person = await requireRight(event, 'hand-in');
	if (!person.ok) return refuseFault(event, person.fault);
	const { review } = await services();
	const answered = await review.handIns.uploads.handle(event.request, person.value.id);
	return answered.ok ? answered.value : refuseFault(event, answered.fault);
}

export { upload as HEAD, upload as OPTIONS, upload as PATCH, upload as POST };
