import { refuseFault } from '$lib/server/http/account.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** All that a person did, as a file of xAPI statements. */
export const GET: RequestHandler = async (event) => {
	const { identity, progress } = await services();
	const person = await identity.person(event.request.headers);
	if (!person) return refuseFault(event, { code: 'account/signed-out' });
	const statements = progress.statements(person.id, person.name, event.url.origin);
	return new Response(toJson(statements), {
		headers: {
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="setara-my-data.json"',
			'cache-control': 'no-store'
		}
	});
};

/** One JSON array, written as its members come. */
function toJson(members: AsyncGenerator<unknown>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let before = '[';
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await members.next();
			if (done) {
				controller.enqueue(encoder.encode(before === '[' ? '[]\n' : '\n]\n'));
				controller.close();
				return;
			}
			controller.enqueue(encoder.encode(`${before}\n${JSON.stringify(value)}`));
			before = ',';
		}
	});
}
