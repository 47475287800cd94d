import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { expect, it } from 'vitest';
import { sha256, utf8 } from '../base/hash.ts';
import { UnitPageSchema } from '../lessons/unit-schema.ts';
import { Event, EVENT_VERSION } from '../progress/event.ts';
import * as account from './account.ts';
import * as feedback from './feedback.ts';
import * as handIn from './hand-in.ts';
import * as library from './library.ts';
import * as people from './people.ts';
import * as review from './review.ts';
import * as sync from './sync.ts';
import { HISTORY } from './version.ts';

const travelling: [string, unknown][] = Object.entries({
	...account,
	...feedback,
	...handIn,
	...library,
	...people,
	...review,
	...sync,
	Event,
	UnitPageSchema
});
const schemas = new Map(
	travelling.flatMap(([name, value]): [string, GenericSchema][] =>
		typeof value === 'object' ? [[name, value as GenericSchema]] : []
	)
);

it('SYN-59 a change on the wire needs a version and a line of history', async () => {
	const limits = Object.entries(sync).filter(([, value]) => typeof value === 'number');
	const text = JSON.stringify([
		EVENT_VERSION,
		limits.sort(),
		[...schemas.keys()]
			.sort()
			.map((name) => [name, toJsonSchema(schemas.get(name)!, { errorMode: 'ignore' })])
	]);
	const last = HISTORY.at(-1)!;
	expect(
		await sha256(utf8(text)),
		'a schema of the wire changed: add a version and say what changed (core/protocol/version.ts)'
	).toBe(last.schemas);
});

it('SYN-59 versions count up, and each says what changed', () => {
	expect(HISTORY.map(({ version }) => version)).toEqual(HISTORY.map((_, index) => index + 1));
	for (const { change } of HISTORY) expect(change.length).toBeGreaterThan(20);
});

it('SYN-59 every schema that travels is hashed', () => {
	expect([...schemas.keys()]).toEqual(
		expect.arrayContaining([
			'Event',
			'SyncRequest',
			'SyncAnswer',
			'SignedIn',
			'LibraryPage',
			'UnitPageSchema'
		])
	);
});
