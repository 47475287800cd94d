/** An endpoint behind a right, from form to answer: our own page's form, a right, the act, its answer or its fault. */
import type { RequestEvent } from '@sveltejs/kit';
import type * as v from 'valibot';
import type { Fault, Result } from '../../core/base/result.ts';
import type { Action } from '../../core/identity/rights.ts';
import type { Person } from '../../core/protocol/account.ts';
import { answerPerson, readForm, refuseFault } from '../http/account.ts';
import { parse } from '../http/answer.ts';
import { requireRight } from './rights.ts';
import { services, type Services } from './services.ts';

/** Somebody does something by a form. */
export async function act<Schema extends v.GenericSchema>(
	event: RequestEvent,
	action: Action,
	schema: Schema,
	work: (who: Person, form: v.InferOutput<Schema>, services: Services) => Promise<Result<unknown, Fault>>
): Promise<Response> {
	const form = await readForm(event, schema);
	if (!form.ok) return refuseFault(event, form.fault);
	const who = await requireRight(event, action);
	if (!who.ok) return refuseFault(event, who.fault);
	const done = await work(who.value, form.value, await services());
	return done.ok ? answerPerson(done.value) : refuseFault(event, done.fault);
}

/** Somebody looks at something; the query is parsed. */
export async function look<Schema extends v.GenericSchema>(
	event: RequestEvent,
	action: Action,
	schema: Schema,
	work: (who: Person, query: v.InferOutput<Schema>, services: Services) => Promise<unknown>
): Promise<Response> {
	const query = parse(schema, Object.fromEntries(event.url.searchParams));
	if (!query.ok) return refuseFault(event, query.fault);
	const who = await requireRight(event, action);
	if (!who.ok) return refuseFault(event, who.fault);
	return answerPerson(await work(who.value, query.value, await services()));
}
