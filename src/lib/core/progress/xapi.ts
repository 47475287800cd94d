/** Events as xAPI statements (IEEE 9274.1.1), for the file in which a learner takes their data away (SYN-80). */
import type { Event, Verb } from './event.ts';

/** The verbs' IRIs, of ADL's vocabulary. */
const VERBS: Record<Verb, string> = {
	initialized: 'http://adlnet.gov/expapi/verbs/initialized',
	progressed: 'http://adlnet.gov/expapi/verbs/progressed',
	answered: 'http://adlnet.gov/expapi/verbs/answered',
	completed: 'http://adlnet.gov/expapi/verbs/completed',
	passed: 'http://adlnet.gov/expapi/verbs/passed',
	failed: 'http://adlnet.gov/expapi/verbs/failed',
	commented: 'http://adlnet.gov/expapi/verbs/commented',
	scored: 'http://adlnet.gov/expapi/verbs/scored'
};

/** What xAPI calls a statement. */
export interface Statement {
	id: string;
	actor: { objectType: 'Agent'; account: { homePage: string; name: string } };
	verb: { id: string };
	object: { objectType: 'Activity'; id: string };
	result?: Record<string, unknown>;
	context: { language: string; registration?: string; extensions?: Record<string, unknown> };
	timestamp: string;
}

/** One event as a statement of `account` at the server `origin`. */
export function toStatement(event: Event, account: string, origin: string): Statement {
	const item = event.v === 'answered' ? `#${event.o.q}` : event.v === 'commented' ? `#${event.r.k}` : '';
	const result = resultOf(event, origin);
	return {
		id: event.i,
		actor: { objectType: 'Agent', account: { homePage: origin, name: account } },
		verb: { id: VERBS[event.v] },
		object: { objectType: 'Activity', id: `${origin}/library/${event.o.p}/${event.o.u}${item}` },
		...(result ? { result } : {}),
		context:
			'd' in event.c
				? {
						language: event.c.l,
						...('a' in event.c ? { registration: event.c.a } : {}),
						extensions: { [`${origin}/xapi/part`]: event.c.d }
					}
				: { language: event.c.l },
		timestamp: new Date(event.t[0]).toISOString()
	};
}

function resultOf(event: Event, origin: string): Record<string, unknown> | null {
	switch (event.v) {
		case 'initialized':
			return null;
		case 'progressed':
			return { extensions: { [`${origin}/xapi/place`]: event.r } };
		case 'completed':
			return { completion: true };
		case 'answered':
			return { success: event.r.y, response: JSON.stringify(event.r.a) };
		case 'passed':
		case 'failed':
			return {
				success: event.v === 'passed',
				score: { raw: event.r.n, min: 0, max: event.r.m, scaled: event.r.n / event.r.m },
				extensions: { [`${origin}/xapi/answers`]: event.r.a }
			};
		case 'commented':
			return {
				...(event.r.x === undefined ? {} : { response: event.r.x }),
				extensions: { [`${origin}/xapi/mark`]: event.r.m }
			};
		case 'scored':
			return { score: { raw: event.r.n, max: event.r.m } };
	}
}
