/** Codes to join by, the first administrator, lists and the log (docs/spec/people.md), through the routes of the pages. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../src/lib/core/protocol/account.ts';
import type { AuditPage, InviteRequest, MadeInvite, PeoplePage } from '../../src/lib/core/protocol/people.ts';
import type { Role } from '../../src/lib/core/identity/rights.ts';
import { MOST_TRIES } from '../../src/lib/server/identity/limits.ts';
import { handOver, openPeople, services } from '../../src/lib/server/start/services.ts';
import { POST as useCode } from '../../src/routes/api/account/code/+server.ts';
import { POST as join } from '../../src/routes/api/account/join/+server.ts';
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
import { call } from '../factories/call.ts';
import { openTestGround, type TestGround } from '../factories/ground.ts';

const PASSWORD = 'three dry roofs';
let ground: TestGround;
let admin: { id: string; name: string; cookies: string };
let school: string;
let count = 0;

beforeAll(async () => {
	ground = await openTestGround();
	handOver(ground);
	const person = await newPerson();
	await (await services()).identity.setRole(person.id, 'administrator');
	admin = person;
	const body = { name: 'Pakse Technical College', country: 'LA', kind: 'school' };
	const added = await call(addInstitution, { body, cookies: admin.cookies });
	school = (added.json as unknown as { institution: { id: string } }).institution.id;
});
afterAll(() => ground.close());
// A school joins here within seconds.
beforeEach(() => ground.database.pool.query('delete from rate_limits'));

const joinWith = (name: string, code?: string, address?: string) =>
	call(join, {
		body: { name, password: PASSWORD, language: 'lo', ...(code === undefined ? {} : { code }) },
		...(address ? { address } : {})
	});

async function newPerson(name = `somebody${count++}x`, code?: string) {
	const joined = await joinWith(name, code);
	expect(joined.status).toBe(200);
	const { person } = joined.json as unknown as { person: Person };
	return { ...person, cookies: joined.cookies };
}

async function newCode(request: Partial<InviteRequest> = {}): Promise<MadeInvite> {
	const body = { role: 'teacher', institution: school, uses: 1, days: 7, ...request };
	const made = await call(invite, { body, cookies: admin.cookies });
	expect(made.status).toBe(200);
	return made.json as unknown as MadeInvite;
}

const openCodes = async () =>
	((await call(invites, { cookies: admin.cookies })).json as unknown as { invites: { id: string }[] })
		.invites;

describe('a code', () => {
	it('PPL-40 gives its role and institution to whoever joins with it, however it is typed', async () => {
		const { code, invite: made } = await newCode();
		expect(code).toMatch(/^([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}$/);
		const person = await newPerson(undefined, ` ${code.toLowerCase().replaceAll('-', ' ')}`);
		expect(person).toMatchObject({ role: 'teacher', institution: { id: school, country: 'LA' } });
		expect((await openCodes()).map(({ id }) => id)).not.toContain(made.id);
	});

	it('PPL-41 is kept as a digest alone', async () => {
		const { code } = await newCode();
		const { rows } = await ground.database.pool.query(`select row_to_json(i)::text as row from invites i`);
		for (const { row } of rows) {
			expect(row).not.toContain(code);
			expect(row).not.toContain(code.replaceAll('-', ''));
		}
	});

	it('PPL-42 of ten who come with the last three uses at once three come in', async () => {
		const { code } = await newCode({ role: 'learner', uses: 3 });
		const all = await Promise.all(Array.from({ length: 10 }, (_, n) => joinWith(`racer${n}x${count}`, code)));
		expect(all.filter(({ status }) => status === 200)).toHaveLength(3);
		for (const { status, json } of all.filter((each) => each.status !== 200)) {
			expect({ status, code: json['code'] }).toEqual({ status: 403, code: 'people/used-code' });
		}
	});

	it('PPL-43 says which is wrong, used, expired or ended, and makes no account by it', async () => {
		const [old, ended] = [await newCode(), await newCode()];
		await ground.database.pool.query(
			`update invites set expires_at = now() - interval '1 second' where id = $1`,
			[old.invite.id]
		);
		expect((await call(endInvite, { body: { id: ended.invite.id }, cookies: admin.cookies })).status).toBe(
			200
		);
		for (const [code, fault] of [
			['AAAA-BBBB-CCCC', 'people/wrong-code'],
			[old.code, 'people/expired-code'],
			[ended.code, 'people/wrong-code']
		] as const) {
			expect(await joinWith('with.a.code', code)).toMatchObject({ status: 403, json: { code: fault } });
		}
		await newPerson('with.a.code');
		const again = await call(endInvite, { body: { id: ended.invite.id }, cookies: admin.cookies });
		expect(again).toMatchObject({ status: 404, json: { code: 'people/unknown-invite' } });
	});

	it('PPL-44 is not used up by a name that is taken or a password that is refused', async () => {
		const { code } = await newCode();
		await newPerson('name.is.taken');
		expect(await joinWith('name.is.taken', code)).toMatchObject({ status: 409 });
		const body = { name: 'another.name', password: 'password1', language: 'lo', code };
		expect(await call(join, { body })).toMatchObject({ status: 400 });
		expect(await newPerson('another.name', code)).toMatchObject({ role: 'teacher' });
	});

	it('PPL-45 is good for a number of uses that fits the role', async () => {
		for (const [role, uses] of [
			['administrator', 2],
			['expert', 2],
			['teacher', 51],
			['learner', 501]
		] as [Role, number][]) {
			const body = { role, institution: school, uses, days: 1 };
			expect(await call(invite, { body, cookies: admin.cookies })).toMatchObject({
				status: 400,
				json: { code: 'people/too-many-uses' }
			});
		}
		const body = { role: 'teacher', institution: null, uses: 1, days: 1 };
		expect(await call(invite, { body, cookies: admin.cookies })).toMatchObject({
			json: { code: 'people/needs-institution' }
		});
		for (const wrong of [{ days: 91 }, { uses: 0 }, { uses: 1.5 }, { role: 'root' }]) {
			const bad = { role: 'teacher', institution: school, uses: 1, days: 1, ...wrong };
			expect((await call(invite, { body: bad, cookies: admin.cookies })).status).toBe(400);
		}
	});

	it('PPL-46 is tried thirty times a minute by one address', async () => {
		const person = await newPerson();
		const tries = await Promise.all(
			Array.from({ length: 40 }, () =>
				call(useCode, { body: { code: 'AAAA-BBBB-CCCC' }, cookies: person.cookies, address: '198.51.100.9' })
			)
		);
		expect(tries.filter(({ status }) => status === 403)).toHaveLength(30);
		expect(tries.filter(({ status }) => status === 429)).toHaveLength(10);
		const joins = await Promise.all(
			Array.from({ length: 130 }, (_, n) => joinWith(`guess${n}x`, 'AAAA-BBBB-CCCC', '198.51.100.10'))
		);
		expect(joins.filter(({ status }) => status === 429)).toHaveLength(10);
	});

	it('PPL-47 makes a learner who is here already what it gives, and takes nobody a role away', async () => {
		const person = await newPerson();
		const { code } = await newCode({ uses: 2 });
		const used = await call(useCode, { body: { code }, cookies: person.cookies });
		expect(used).toMatchObject({
			status: 200,
			json: { person: { role: 'teacher', institution: { id: school } } }
		});
		const again = await call(useCode, { body: { code }, cookies: person.cookies });
		expect(again).toMatchObject({ status: 409, json: { code: 'people/has-role' } });
		expect(await call(useCode, { body: { code } })).toMatchObject({ status: 401 });
	});
});

describe('the first administrator', () => {
	it('PPL-50 comes in by a code of the server, once, and no other is made while there is one', async () => {
		const empty = await openTestGround();
		const { identity } = await openPeople(empty);
		const first = (await identity.makeFirstCode())!;
		const second = (await identity.makeFirstCode())!;
		const asked = { name: 'first.one', password: PASSWORD, language: 'en' } as const;
		expect(await identity.join({ ...asked, code: first }, 'x')).toMatchObject({ ok: false });
		// Whoever joins before does not take it away.
		expect(await identity.join({ ...asked, name: 'a.learner' }, 'x')).toMatchObject({ ok: true });
		expect(await identity.join({ ...asked, code: second }, 'x')).toMatchObject({
			ok: true,
			value: { person: { role: 'administrator', institution: null } }
		});
		expect(await identity.join({ ...asked, name: 'second.one', code: second }, 'x')).toMatchObject({
			fault: { code: 'people/used-code' }
		});
		expect(await identity.makeFirstCode()).toBeNull();
		await empty.close();
	});

	it('PPL-51 has a day for it', async () => {
		const empty = await openTestGround();
		const { identity } = await openPeople(empty);
		const code = (await identity.makeFirstCode())!;
		const { rows } = await empty.database.pool.query(
			`update invites set expires_at = expires_at - interval '1 day' returning expires_at < now() as over`
		);
		expect(rows).toEqual([{ over: true }]);
		const asked = { name: 'too.late', password: PASSWORD, language: 'en', code } as const;
		expect(await identity.join(asked, 'x')).toMatchObject({ fault: { code: 'people/expired-code' } });
		await empty.close();
	});
});

describe('institutions', () => {
	const add = (name: string, country = 'LA') =>
		call(addInstitution, { body: { name, country, kind: 'school' }, cookies: admin.cookies });

	it('PPL-31 keep what was typed as text, and refuse invisible signs', async () => {
		const name = '<img src=x onerror=alert(1)> College';
		expect(await add(name)).toMatchObject({ status: 200, json: { institution: { name, people: 0 } } });
		for (const bad of ['\u202eegelloC', 'x', '   ']) {
			expect(await add(bad)).toMatchObject({ status: 400, json: { code: 'people/institution-name' } });
		}
	});

	it('PPL-32 do not read alike in one country, and may in two', async () => {
		expect((await add('Luang Prabang College')).status).toBe(200);
		expect(await add('luang  prabang-college')).toMatchObject({
			status: 409,
			json: { code: 'people/institution-taken' }
		});
		expect((await add('Luang Prabang College', 'TH')).status).toBe(200);
	});

	it('PPL-33 are renamed under the same id', async () => {
		const body = { id: school, name: 'Pakse Polytechnic' };
		expect((await call(rename, { body, cookies: admin.cookies })).json).toMatchObject({
			institution: { id: school, name: 'Pakse Polytechnic' }
		});
		const taken = await call(rename, {
			body: { id: school, name: 'Luang Prabang College' },
			cookies: admin.cookies
		});
		expect(taken).toMatchObject({ status: 409, json: { code: 'people/institution-taken' } });
		const gone = await call(rename, { body: { id: 'nowhere', name: 'A new name' }, cookies: admin.cookies });
		expect(gone).toMatchObject({ status: 404, json: { code: 'people/unknown-institution' } });
		const { json } = await call(institutions, { cookies: admin.cookies });
		expect(JSON.stringify(json)).toContain('Pakse Polytechnic');
	});
});

describe('lists', () => {
	it('PPL-25 of people go on page by page, each person once, and are narrowed by name, role and institution', async () => {
		await ground.database.pool.query(
			`insert into users (id, name, email, email_verified, username, display_username, role, language, created_at, updated_at)
			 select gen_random_uuid(), 'many' || n, 'many' || n || '@people.invalid', false, 'many' || lpad(n::text, 3, '0'),
			 'Many' || lpad(n::text, 3, '0'), 'learner', 'en', now(), now() from generate_series(1, 120) n`
		);
		const seen: string[] = [];
		let after: string | null = '';
		while (after !== null) {
			const path = `/api/people?name=MANY${after ? `&after=${after}` : ''}`;
			const page = (await call(people, { path, cookies: admin.cookies })).json as unknown as PeoplePage;
			expect(page.people.length).toBeLessThanOrEqual(50);
			seen.push(...page.people.map(({ name }) => name));
			after = page.next;
		}
		expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => `Many${String(n + 1).padStart(3, '0')}`));
		const narrowed = async (query: string) =>
			(
				(await call(people, { path: `/api/people?${query}`, cookies: admin.cookies }))
					.json as unknown as PeoplePage
			).people;
		expect((await narrowed('role=administrator')).map(({ name }) => name)).toEqual([admin.name]);
		for (const { institution } of await narrowed(`institution=${school}`))
			expect(institution?.id).toBe(school);
		for (const { institution } of await narrowed('institution=none')) expect(institution).toBeNull();
		expect(await narrowed('name=%25')).toEqual([]);
		expect((await call(people, { path: '/api/people?role=root', cookies: admin.cookies })).status).toBe(400);
	});

	it('PPL-60 the log says who did what to whom, the newest first, page by page', async () => {
		const person = await newPerson();
		for (let n = 0; n < 60; n++) {
			await call(resetCode, { body: { name: person.name }, cookies: admin.cookies });
		}
		const first = (await call(audit, { cookies: admin.cookies })).json as unknown as AuditPage;
		expect(first.entries).toHaveLength(50);
		expect(first.entries[0]).toMatchObject({
			actor: { id: admin.id, name: admin.name },
			action: 'reset-code',
			subject: { id: person.id, name: person.name }
		});
		const path = `/api/people/audit?before=${first.next}`;
		const second = (await call(audit, { path, cookies: admin.cookies })).json as unknown as AuditPage;
		const ids = [...first.entries, ...second.entries].map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids).toEqual([...ids].sort().reverse());
		expect(second.entries.map(({ action }) => action)).toContain('invite-used');
		expect(JSON.stringify([first, second])).not.toMatch(/password"/);
	});
});

it('PPL-55 after a hundred wrong passwords in a row only a one-time code helps', async () => {
	const person = await newPerson();
	await ground.database.pool.query(
		`insert into sign_in_tries (username, tries, last_at) values ($1, $2, now() - interval '1 day')`,
		[person.name, MOST_TRIES - 1]
	);
	const right = { name: person.name, password: PASSWORD };
	expect((await call(signIn, { body: { ...right, password: 'not this one' } })).status).toBe(401);
	await ground.database.pool.query(`update sign_in_tries set last_at = now() - interval '1 day'`);
	expect(await call(signIn, { body: right })).toMatchObject({
		status: 429,
		json: { code: 'people/password-locked' }
	});
	const made = await call(resetCode, { body: { name: person.name }, cookies: admin.cookies });
	const { code } = made.json as unknown as { code: string };
	const fresh = { name: person.name, password: 'another dry roof' };
	expect((await call(reset, { body: { ...fresh, code } })).status).toBe(200);
	expect((await call(signIn, { body: fresh })).status).toBe(200);
});
