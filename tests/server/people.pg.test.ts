/** People through the routes that pages call (docs/spec/people.md): rights, reach, invites, holding, the log. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/lib/core/protocol/account.ts';
import { ROLES, may, type Action, type Role } from '../../src/lib/core/identity/rights.ts';
import { makeInstitution } from '../../src/lib/server/identity/institutions.ts';
import { handOver, services } from '../../src/lib/server/start/services.ts';
import { POST as join } from '../../src/routes/api/account/join/+server.ts';
import { GET as me } from '../../src/routes/api/account/me/+server.ts';
import { POST as resetCode } from '../../src/routes/api/account/reset-code/+server.ts';
import { POST as reset } from '../../src/routes/api/account/reset/+server.ts';
import { POST as signIn } from '../../src/routes/api/account/sign-in/+server.ts';
import { GET as people } from '../../src/routes/api/people/+server.ts';
import { GET as audit } from '../../src/routes/api/people/audit/+server.ts';
import {
	GET as institutions,
	POST as addInstitution
} from '../../src/routes/api/people/institutions/+server.ts';
import { POST as rename } from '../../src/routes/api/people/institutions/rename/+server.ts';
import { GET as invites, POST as invite } from '../../src/routes/api/people/invites/+server.ts';
import { POST as endInvite } from '../../src/routes/api/people/invites/end/+server.ts';
import { POST as role } from '../../src/routes/api/people/role/+server.ts';
import { POST as suspend } from '../../src/routes/api/people/suspend/+server.ts';
import { POST as sync } from '../../src/routes/api/progress/+server.ts';
import { call, type Asked, type Handler } from '../factories/call.ts';
import { openTestGround, type TestGround } from '../factories/ground.ts';
import { completed, newId, pushOf } from '../factories/people.ts';

let ground: TestGround;
beforeAll(async () => {
	ground = await openTestGround();
	handOver(ground);
	for (const [id, name, country] of [
		['school', 'Pakse Technical College', 'LA'],
		['works', 'Vientiane Solar Works', 'LA'],
		['poly', 'Kunming Polytechnic', 'CN']
	] as const) {
		const kind = id === 'works' ? 'enterprise' : 'school';
		expect(await makeInstitution(ground.database, null, { name, country, kind }, id)).toMatchObject({
			ok: true
		});
	}
});
afterAll(() => ground.close());
// A school joins here within seconds.
beforeEach(() => ground.database.pool.query('delete from rate_limits'));

const PASSWORD = 'three dry roofs';
let count = 0;
interface Somebody {
	id: string;
	name: string;
	cookies: string;
	token: string;
}

async function somebody(role: Role = 'learner', institution: string | null = null): Promise<Somebody> {
	const name = `person${count++}x`;
	const joined = await call(join, { body: { name, password: PASSWORD, language: 'lo' } });
	expect(joined.status).toBe(200);
	const { person, token } = joined.json as unknown as { person: Person; token: string };
	const { identity } = await services();
	await identity.setRole(person.id, role, institution);
	return { id: person.id, name, cookies: joined.cookies, token };
}

const as = (who: Somebody | null, handler: Handler, asked: Asked = {}) =>
	call(handler, { ...asked, ...(who ? { cookies: who.cookies } : {}) });
const whoIs = async (who: Somebody) =>
	((await as(who, me)).json as unknown as { person: Person | null }).person;

/** Every endpoint behind a right, with a form that passes; what it does then is beside the point. */
const GUARDED: [string, Action, Handler, unknown][] = [
	['GET people', 'people/read', people, undefined],
	['GET institutions', 'people/read', institutions, undefined],
	['POST institutions', 'institutions/manage', addInstitution, { name: 'x', country: 'LA', kind: 'school' }],
	['POST institutions/rename', 'institutions/manage', rename, { id: 'nowhere', name: 'A new name' }],
	['GET invites', 'people/invite', invites, undefined],
	['POST invites', 'people/invite', invite, { role: 'learner', institution: 'nowhere', uses: 1, days: 1 }],
	['POST invites/end', 'people/invite', endInvite, { id: newId() }],
	['POST role', 'people/set-role', role, { id: newId(), role: 'learner', institution: null }],
	['POST suspend', 'people/suspend', suspend, { id: newId(), suspended: true }],
	['GET audit', 'audit/read', audit, undefined],
	['POST reset-code', 'people/reset-password', resetCode, { name: 'nobody.here' }]
];

describe('PPL-11 the table of rights, over HTTP', () => {
	for (const who of ROLES) {
		it(`holds for ${who}`, async () => {
			const person = await somebody(who, 'school');
			for (const [name, action, handler, body] of GUARDED) {
				const { status, json } = await as(person, handler, { body });
				const code = json?.['code'] as string | undefined;
				if (may(who, action)) expect(['people/not-allowed', 'account/signed-out'], name).not.toContain(code);
				else expect({ status, code }, name).toEqual({ status: 403, code: 'people/not-allowed' });
			}
		});
	}

	it('PPL-12 answers 401 to nobody, and 403 to a form of another site', async () => {
		const admin = await somebody('administrator');
		for (const [name, , handler, body] of GUARDED) {
			expect((await as(null, handler, { body })).status, name).toBe(401);
			if (body === undefined) continue;
			const elsewhere = await as(admin, handler, { body, headers: { origin: 'https://evil.example' } });
			expect(elsewhere, name).toMatchObject({ status: 403, json: { code: 'account/other-site' } });
		}
	});
});

describe('a suspended person', () => {
	it('PPL-13 has no right of any role, and learns on', async () => {
		const admin = await somebody('administrator');
		for (const who of ROLES) {
			const person = await somebody(who);
			const held = await as(admin, suspend, { body: { id: person.id, suspended: true } });
			expect(held).toMatchObject({ status: 200, json: { person: { suspended: true, role: who } } });
			for (const [name, action, handler, body] of GUARDED) {
				expect(await as(person, handler, { body }), `${who} ${name} ${action}`).toMatchObject({
					status: 403,
					json: { code: 'people/suspended' }
				});
			}
			const headers = { authorization: `Bearer ${person.token}` };
			const push = await call(sync, { body: pushOf(newId(), [completed('one')]), headers });
			expect(push).toMatchObject({ status: 200, json: { outcome: 'stored' } });
			expect(await whoIs(person)).toMatchObject({ id: person.id, suspended: true });
			expect((await call(signIn, { body: { name: person.name, password: PASSWORD } })).status).toBe(200);
		}
	});

	it('PPL-14 gets the rights back, and nobody suspends themselves', async () => {
		const [admin, teacher] = [await somebody('administrator'), await somebody('teacher', 'school')];
		for (const suspended of [true, true, false]) {
			await as(admin, suspend, { body: { id: teacher.id, suspended } });
		}
		expect((await as(teacher, people)).status).toBe(200);
		const { rows } = await ground.database.pool.query(
			'select action from audit_log where subject = $1 order by id',
			[teacher.id]
		);
		expect(rows.map(({ action }) => action)).toEqual(['suspended', 'unsuspended']);
		expect(await as(admin, suspend, { body: { id: admin.id, suspended: true } })).toMatchObject({
			status: 409,
			json: { code: 'people/yourself' }
		});
	});
});

describe('how far rights reach', () => {
	it('PPL-20 an administrator of a school reaches its people and nobody else', async () => {
		const admin = await somebody('administrator', 'school');
		const [own, other, free] = [
			await somebody('teacher', 'school'),
			await somebody('teacher', 'works'),
			await somebody()
		];
		for (const { id } of [other, free]) {
			for (const [handler, body] of [
				[suspend, { id, suspended: true }],
				[role, { id, role: 'learner', institution: 'school' }]
			] as const) {
				expect(await as(admin, handler, { body })).toMatchObject({
					status: 403,
					json: { code: 'people/out-of-reach' }
				});
			}
		}
		expect((await as(admin, suspend, { body: { id: own.id, suspended: true } })).status).toBe(200);
		for (const body of [
			{ id: own.id, role: 'expert', institution: 'school' },
			{ id: own.id, role: 'teacher', institution: 'works' },
			{ id: own.id, role: 'administrator', institution: null }
		]) {
			expect(await as(admin, role, { body })).toMatchObject({ json: { code: 'people/out-of-reach' } });
		}
		const listed = (await as(admin, people)).json as unknown as { people: Person[] };
		expect(new Set(listed.people.map(({ institution }) => institution?.id))).toEqual(new Set(['school']));
		const places = (await as(admin, institutions)).json as unknown as { institutions: { id: string }[] };
		expect(places.institutions.map(({ id }) => id)).toEqual(['school']);
		const made = await as(admin, addInstitution, {
			body: { name: 'Another one', country: 'LA', kind: 'school' }
		});
		expect(made).toMatchObject({ status: 403, json: { code: 'people/out-of-reach' } });
		const renamed = await as(admin, rename, { body: { id: 'works', name: 'Taken over' } });
		expect(renamed).toMatchObject({ status: 403, json: { code: 'people/out-of-reach' } });
		const given = await as(admin, invite, {
			body: { role: 'teacher', institution: 'works', uses: 1, days: 1 }
		});
		expect(given).toMatchObject({ status: 403, json: { code: 'people/out-of-reach' } });
	});

	it('PPL-20 nor may it demote an expert of its own, whom it did not name', async () => {
		const [admin, expert] = [await somebody('administrator', 'poly'), await somebody('expert', 'poly')];
		const body = { id: expert.id, role: 'learner', institution: 'poly' };
		expect(await as(admin, role, { body })).toMatchObject({ json: { code: 'people/out-of-reach' } });
		expect(await whoIs(expert)).toMatchObject({ role: 'expert' });
	});

	it('PPL-21 a teacher makes codes for learners of the same school', async () => {
		const teacher = await somebody('teacher', 'school');
		const own = await somebody('learner', 'school');
		for (const other of [
			await somebody(),
			await somebody('learner', 'works'),
			await somebody('teacher', 'school')
		]) {
			expect(await as(teacher, resetCode, { body: { name: other.name } })).toMatchObject({
				status: 403,
				json: { code: 'people/out-of-reach' }
			});
		}
		const made = await as(teacher, resetCode, { body: { name: own.name } });
		const { code } = made.json as unknown as { code: string };
		const body = { name: own.name, code, password: 'another dry roof' };
		expect((await call(reset, { body })).status).toBe(200);
	});

	it('PPL-24 roles change at once, for sessions that are there already', async () => {
		const [admin, person] = [await somebody('administrator'), await somebody()];
		const give = (to: Role, institution: string | null) =>
			as(admin, role, { body: { id: person.id, role: to, institution } });
		expect((await give('teacher', null)).json).toMatchObject({ code: 'people/needs-institution' });
		expect((await give('teacher', 'nowhere')).json).toMatchObject({ code: 'people/unknown-institution' });
		expect((await as(person, people)).status).toBe(403);
		expect((await give('teacher', 'school')).json).toMatchObject({
			person: { role: 'teacher', institution: { id: 'school', country: 'LA' } }
		});
		expect((await as(person, people)).status).toBe(200);
		await give('learner', null);
		expect((await as(person, people)).status).toBe(403);
	});
});
