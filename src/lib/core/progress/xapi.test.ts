import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyEvent } from '../../../../tests/factories/events.ts';
import { toStatement } from './xapi.ts';

it('SYN-80 every event is a statement with the parts that xAPI asks for', () => {
	fc.assert(
		fc.property(anyEvent, (event) => {
			const statement = toStatement(event, 'สมชาย', 'https://learn.example');
			expect(statement).toMatchObject({
				id: event.i,
				actor: { objectType: 'Agent', account: { homePage: 'https://learn.example', name: 'สมชาย' } },
				verb: { id: `http://adlnet.gov/expapi/verbs/${event.v}` },
				object: { objectType: 'Activity' },
				context: { language: 'th' }
			});
			expect(new URL(statement.object.id).pathname).toBe(`/library/${event.o.p}/${event.o.u}`);
			expect(new Date(statement.timestamp).getTime()).toBe(event.t[0]);
			// Extensions are named by IRIs (xAPI 1.0.3, Data 4.1.12).
			const extensions = { ...(statement.result?.['extensions'] as object), ...statement.context.extensions };
			for (const key of Object.keys(extensions)) expect(URL.canParse(key)).toBe(true);
		})
	);
});
