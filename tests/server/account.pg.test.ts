/** Accounts through the routes that pages call (SYN-100 to SYN-115), and the one endpoint of progress (SYN-55). */
import { gzipSync } from 'node:zlib';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/lib/core/identity/rights.ts';
import { accounts } from '../../src/lib/server/db/progress-tables.ts';
import { openAccount } from '../../src/lib/server/identity/accounts.ts';
import { ensureDemoPeople } from '../../src/lib/server/identity/demonstration.ts';
import { handOver, services } from '../../src/lib/server/start/services.ts';
import { POST as deleteAccount } from '../../src/routes/api/account/delete/+server.ts';
import { GET as exportData } from '../../src/routes/api/account/export/+server.ts';
import { POST as join } from '../../src/routes/api/account/join/+server.ts';
import { GET as me } from '../../src/routes/api/account/me/+server.ts';
import { POST as resetCode } from '../../src/routes/api/account/reset-code/+server.ts';
import { POST as reset } from '../../src/routes/api/account/reset/+server.ts';
import { POST as signIn } from '../../src/routes/api/account/sign-in/+server.ts';
import { POST as signOut } from '../../src/routes/api/account/sign-out/+server.ts';
import { GET as authGet, POST as authPost } from '../../src/routes/api/auth/[...all]/+server.ts';
import { POST as sync } from '../../src/routes/api/progress/+server.ts';
import { call as ask, type Handler } from '../factories/call.ts';
import { openTestGround, type TestGround } from '../factories/ground.ts';
import { completed, newId, pushOf } from '../factories/people.ts';

let ground: TestGround;
beforeAll(async () => {
	ground = await openTestGround();
	handOver(ground);
});
afterAll(() => ground.close());

const PASSWORD = 'three dry roofs';
let people = 0;
async function newPerson(name = `learner${people++}x`) {
	const joined = await ask(join, { body: { name, password: PASSWORD, language: 'th' } });
	expect(joined.status).toBe(200);
	const { token, person } = joined.json as unknown as { token: string; person: { id: string; name: string } };
	return { name, token, person, cookies: joined.cookies };
}

describe('joining', () => {
	it('SYN-100 needs a name and a password, and signs in', async () => {
		const { cookies, person, name } = await newPerson('สมชาย');
		const asked = await ask(me, { cookies });
		expect(asked.json).toEqual({
			person: { id: person.id, name, role: 'learner', institution: null, suspended: false }
		});
	});

	it('SYN-103 a name that looks like one that is there is taken', async () => {
		await newPerson('somsak01');
		for (const name of ['SomSak01', 'somsak.ol', 'somsakO1']) {
			const asked = await ask(join, { body: { name, password: PASSWORD, language: 'en' } });
			expect(asked).toMatchObject({ status: 409, json: { code: 'account/name-taken' } });
		}
	});

	it.each([1, 2, 3, 4])('SYN-103 of two who join with one name at the same moment one has it', async (n) => {
		const both = await Promise.all(
			[`maria${n}1`, `maria${n}l`].map((name) =>
				ask(join, { body: { name, password: PASSWORD, language: 'pt' } })
			)
		);
		expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	});

	it('SYN-103 a name whose join broke off is free again, once none can be under way', async () => {
		const id = await openAccount(ground.database, 'brokeoff');
		const again = () => ask(join, { body: { name: 'brokeoff', password: PASSWORD, language: 'en' } });
		expect(await again()).toMatchObject({ status: 409 });
		await ground.database.query
			.update(accounts)
			.set({ createdAt: new Date(Date.now() - 61_000) })
			.where(eq(accounts.accountId, id!));
		expect(await again()).toMatchObject({ status: 200 });
	});

	it.each([
		['ab', PASSWORD, 'account/name-short'],
		['som<b>chai', PASSWORD, 'account/name-letters'],
		['somชาย', PASSWORD, 'account/name-mixed'],
		['rightname', 'short', 'account/password-short'],
		['rightname', 'password123', 'account/password-common']
	])('SYN-105 says what is wrong with %s, %s', async (name, password, code) => {
		const asked = await ask(join, { body: { name, password, language: 'en' } });
		expect(asked).toMatchObject({ status: 400, json: { code } });
	});

	it('SYN-109 is refused from another site, and when it is no form of ours', async () => {
		const body = { name: 'othersite', password: PASSWORD, language: 'en' };
		const elsewhere = await ask(join, { body, headers: { origin: 'https://evil.example' } });
		expect(elsewhere).toMatchObject({ status: 403, json: { code: 'account/other-site' } });
		expect(await ask(join, { body: { ...body, role: 'administrator' } })).toMatchObject({
			status: 400,
			json: { code: 'http/bad-request' }
		});
	});

	it('SYN-110 the cookie is for https alone where people come by https, and never for scripts', async () => {
		const { setCookie } = await ask(join, { body: { name: 'cookies', password: PASSWORD, language: 'en' } });
		expect(setCookie[0]).toMatch(/HttpOnly/i);
		expect(setCookie[0]).toMatch(/SameSite=Lax/i);
		expect(setCookie[0]).toMatch(/Max-Age=15552000/);
	});
});

describe('signing in', () => {
	it('SYN-106 takes the name as it is compared', async () => {
		await newPerson('Nguyễn.An');
		const asked = await ask(signIn, { body: { name: 'nguyễn.an'.normalize('NFD'), password: PASSWORD } });
		expect(asked).toMatchObject({ status: 200, json: { person: { name: 'Nguyễn.An' } } });
	});

	it('SYN-107 answers a wrong password and an unknown name alike, and slows a guesser down', async () => {
		const { name } = await newPerson();
		const wrong = { name, password: 'not this one' };
		const unknown = await ask(signIn, { body: { ...wrong, name: 'nobody.here' } });
		for (let tries = 0; tries < 5; tries++) {
			const asked = await ask(signIn, { body: wrong });
			expect(asked).toMatchObject({ status: 401, json: unknown.json });
		}
		expect(await ask(signIn, { body: { name, password: PASSWORD } })).toMatchObject({ status: 429 });
		await new Promise((done) => setTimeout(done, 1100));
		expect(await ask(signIn, { body: { name, password: PASSWORD } })).toMatchObject({ status: 200 });
	});

	it('SYN-108 counts how often one address tries', async () => {
		const tries = await Promise.all(
			Array.from({ length: 130 }, (_, n) =>
				ask(signIn, { body: { name: `guess.${n}a`, password: 'x' }, address: '198.51.100.7' })
			)
		);
		expect(tries.filter(({ status }) => status === 429)).toHaveLength(10);
	});

	it('SYN-111 signing out ends the session; the token goes on until nothing waits', async () => {
		const { cookies, token } = await newPerson();
		await ask(signOut, { body: { token: null }, cookies });
		expect((await ask(me, { cookies })).json).toEqual({ person: null });
		const headers = { authorization: `Bearer ${token}` };
		expect(await ask(sync, { body: pushOf(newId(), [completed('one')]), headers })).toMatchObject({
			status: 200
		});
		await ask(signOut, { body: { token } });
		expect(await ask(sync, { body: pushOf(newId(), []), headers })).toMatchObject({
			status: 401,
			json: { code: 'account/signed-out' }
		});
	});
});

describe("better-auth's own endpoints", () => {
	it('SYN-112 answer sessions, and let nobody join past our rules', async () => {
		const { cookies } = await newPerson();
		const session = await ask(authGet as Handler, { path: '/api/auth/get-session', cookies });
		expect(session.json).toHaveProperty('session');
		for (const path of [
			'sign-up/email',
			'sign-in/username',
			'update-user',
			'change-email',
			'reset-password'
		]) {
			const body = {
				email: 'a@b.example',
				name: 'x',
				password: '12345678',
				username: 'admin',
				language: 'en'
			};
			expect(
				(await ask(authPost as Handler, { path: `/api/auth/${path}`, body, cookies })).status,
				path
			).toBe(404);
		}
	});
});

describe('a forgotten password', () => {
	async function administrator() {
		const who = await newPerson();
		await (await services()).identity.setRole(who.person.id, 'administrator');
		return who;
	}

	it('SYN-113 is replaced by a code that works once, and everybody else is signed out', async () => {
		const [admin, learner] = [await administrator(), await newPerson()];
		const made = await ask(resetCode, { body: { name: learner.name }, cookies: admin.cookies });
		const { code } = made.json as unknown as { code: string };
		expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
		const body = { name: learner.name, code: code.toLowerCase(), password: 'another dry roof' };
		expect(await ask(reset, { body })).toMatchObject({ status: 200 });
		expect(await ask(reset, { body })).toMatchObject({ status: 403, json: { code: 'account/wrong-code' } });
		expect((await ask(me, { cookies: learner.cookies })).json).toEqual({ person: null });
		expect((await ask(signIn, { body: { name: learner.name, password: PASSWORD } })).status).toBe(401);
		expect((await ask(signIn, { body: { name: learner.name, password: body.password } })).status).toBe(200);
		const { rows } = await ground.database.pool.query(
			'select actor, action from audit_log where subject = $1 order by at',
			[learner.person.id]
		);
		expect(rows).toEqual([
			{ actor: admin.person.id, action: 'reset-code' },
			{ actor: null, action: 'password-reset' }
		]);
	});

	it('SYN-114 takes five tries, and no code from anyone but an administrator', async () => {
		const [admin, learner] = [await administrator(), await newPerson()];
		expect(await ask(resetCode, { body: { name: admin.name }, cookies: learner.cookies })).toMatchObject({
			status: 403,
			json: { code: 'people/not-allowed' }
		});
		expect(await ask(resetCode, { body: { name: admin.name } })).toMatchObject({ status: 401 });
		const made = await ask(resetCode, { body: { name: learner.name }, cookies: admin.cookies });
		const { code } = made.json as unknown as { code: string };
		const right = { name: learner.name, code, password: 'another dry roof' };
		for (let tries = 0; tries < 5; tries++) await ask(reset, { body: { ...right, code: 'AAAAA-AAAAA' } });
		expect(await ask(reset, { body: right })).toMatchObject({ status: 403 });
	});
});

describe('progress', () => {
	const gzip = { 'content-encoding': 'gzip' };

	it('SYN-55 comes in gzip, and what unpacks to too much is given up', async () => {
		const { token } = await newPerson();
		const headers = { ...gzip, authorization: `Bearer ${token}` };
		const raw = gzipSync(JSON.stringify(pushOf(newId(), [completed('one')])));
		expect(await ask(sync, { raw, headers })).toMatchObject({ status: 200, json: { outcome: 'stored' } });
		const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
		expect(bomb.length).toBeLessThan(256 * 1024);
		expect(await ask(sync, { raw: bomb, headers })).toMatchObject({
			status: 413,
			json: { code: 'http/too-large' }
		});
		expect(await ask(sync, { raw: Buffer.alloc(300_000), headers })).toMatchObject({ status: 413 });
		expect(await ask(sync, { raw: raw.subarray(0, 40), headers })).toMatchObject({ status: 400 });
	});

	it('SYN-55 is refused without an account, and when it is malformed', async () => {
		const { token, cookies } = await newPerson();
		const push = pushOf(newId(), [completed('one')]);
		expect((await ask(sync, { body: push })).status).toBe(401);
		expect((await ask(sync, { body: push, headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
		expect(
			(await ask(sync, { body: push, cookies, headers: { origin: 'https://evil.example' } })).status
		).toBe(403);
		expect((await ask(sync, { body: push, cookies })).status).toBe(200);
		const headers = { authorization: `Bearer ${token}` };
		for (const body of [
			{ ...push, v: 2 },
			{ ...push, device: 'me' },
			{ ...push, account: 'another' },
			{ ...push, push: { ...push.push, events: Array(201).fill('{}') } },
			{ ...push, push: { ...push.push, events: ['\0'] } },
			[]
		]) {
			expect(await ask(sync, { body, headers })).toMatchObject({
				status: 400,
				json: { code: 'http/bad-request' }
			});
		}
	});
});

describe("a person's data", () => {
	it('SYN-80 and SYN-81 is taken away as a file, and deleted after the name was typed again', async () => {
		const { name, token, cookies, person } = await newPerson();
		const headers = { authorization: `Bearer ${token}` };
		await ask(sync, { body: pushOf(newId(), [completed('one'), completed('two')]), headers });
		const file = await ask(exportData, { cookies });
		expect(file.json).toHaveLength(2);
		expect(await ask(deleteAccount, { body: { name: 'somebody' }, cookies })).toMatchObject({
			status: 400,
			json: { code: 'account/other-name' }
		});
		expect(await ask(deleteAccount, { body: { name: name.toUpperCase() }, cookies })).toMatchObject({
			status: 200
		});
		for (const [table, key] of Object.entries({
			users: 'id',
			sessions: 'user_id',
			credentials: 'user_id',
			device_tokens: 'user_id',
			usernames: 'account_id',
			device_owners: 'account_id',
			accounts: 'account_id',
			events: 'account_id'
		})) {
			const { rowCount } = await ground.database.pool.query(`select 1 from ${table} where ${key} = $1`, [
				person.id
			]);
			expect(rowCount, table).toBe(0);
		}
		// The name is free again.
		await newPerson(name);
	});
});

it('SYN-115 the people of a demonstration are made where nobody is, and never again', async () => {
	const empty = await openTestGround();
	const { openPeople } = await import('../../src/lib/server/start/services.ts');
	const { identity } = await openPeople(empty);
	const made = await ensureDemoPeople(empty.database, identity);
	expect(new Set(made.map(({ role }) => role))).toEqual(new Set(ROLES));
	const places = made.flatMap(({ institution }) => institution ?? []);
	expect(new Set(places.map(({ name }) => name)).size).toBe(4);
	expect(new Set(places.map(({ country }) => country))).toEqual(new Set(['LA', 'CN', 'TH']));
	for (const { name, password, role } of made) {
		expect(await identity.signIn({ name, password }, 'x')).toMatchObject({
			ok: true,
			value: { person: { role } }
		});
	}
	expect(await ensureDemoPeople(empty.database, identity)).toEqual([]);
	expect(await identity.makeFirstCode()).toBeNull();
	await empty.close();
});
