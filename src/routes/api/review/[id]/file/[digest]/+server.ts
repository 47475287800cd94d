import { refuseFault } from '$lib/server/http/account.ts';
import { parse } from '$lib/server/http/answer.ts';
import { serveBytes } from '$lib/server/http/bytes.ts';
import { addressOf } from '$lib/server/http/queries.ts';
import { ReviewFileAddress } from '$lib/server/http/review-queries.ts';
import { requirePerson } from '$lib/server/start/rights.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A medium of a submission: for the committee and its author, never by its digest alone. */
export const GET: RequestHandler = async (event) => {
	const address = parse(ReviewFileAddress, addressOf(event));
	if (!address.ok) return refuseFault(event, address.fault);
	const person = await requirePerson(event);
	if (!person.ok) return refuseFault(event, person.fault);
	const { id, digest } = address.value;
	const { review } = await services();
	const file = await review.committee.file(person.value, id, digest);
	if (!file.ok) return refuseFault(event, file.fault);
	const response = await serveBytes(event.request, { ...file.value, etag: `"${digest}"` });
	// Not published: nobody between the server and this person keeps it, and no other site reads it.
	response.headers.set('cache-control', 'private, no-store');
	response.headers.set('cross-origin-resource-policy', 'same-origin');
	response.headers.delete('access-control-allow-origin');
	return response;
};
