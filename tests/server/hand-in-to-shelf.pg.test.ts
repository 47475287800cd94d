/** From a phone's hand-in to a version that is out, and to the next one (HND-10, HND-22, REV-50), over HTTP and tus. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { currentManifest } from '../../src/lib/server/packages/repository.ts';
import { services } from '../../src/lib/server/start/services.ts';
import { approvalBy, putExpert, type TestExpert } from '../factories/committee.ts';
import { openHandInDesk, rolesOf, type HandInDesk } from '../factories/hand-in-desk.ts';
import { courseBy, handedIn, type HandedIn } from '../factories/handed-in.ts';
import { valueOf } from '../factories/built-package.ts';

let desk: HandInDesk;
let experts: TestExpert[];
beforeAll(async () => {
	desk = await openHandInDesk();
	experts = [await putExpert(desk.ground, 'Wei', 'CN'), await putExpert(desk.ground, 'Malee', 'TH')];
});
afterAll(() => desk.close());

async function approve(work: HandedIn, id: string, languages = ['en', 'th']): Promise<void> {
	const { committee } = (await services()).review;
	for (const expert of experts) {
		const now = Date.now();
		valueOf(await committee.approve(expert, id, await approvalBy(expert, work.built, { languages, now })));
	}
}

it('what was approved while its film was on its way goes out with the last byte; the next version follows', async () => {
	const who = await desk.author();
	const source = courseBy(who.name);
	const work = await handedIn(source);
	const { submission, missing } = await desk.handIn(who, work.request);
	const [media, text] = [true, false].map((isMedia) =>
		missing.filter((digest) => (rolesOf(work, [digest])[0] === 'video') === isMedia)
	);
	for (const digest of text!) await desk.sendOne(who, work, submission.id, digest);
	await approve(work, submission.id);
	expect((await desk.look(who, submission.id)).submission.state).toBe('approved');
	expect(await currentManifest(desk.ground.database, work.request.package)).toBeNull();
	for (const digest of media!) await desk.sendOne(who, work, submission.id, digest);
	const out = await desk.look(who, submission.id);
	expect(out.submission.state).toBe('published');
	expect(out.submission.languages.map(({ published }) => published)).toEqual([true, true]);
	const page = await desk.get(who, `/api/library/${work.request.package}?lang=th`);
	expect(await page.json()).toMatchObject({ version: '1.0.0' });

	source
		.edit('package.json', (json) =>
			Object.assign(json, { version: '1.1.0', supersedes: work.request.manifest })
		)
		.replace('th/units/hands.md', 'Do it.', 'Do it well.');
	// Built with the version before at hand, as a phone has it: what did not change is that, byte for byte.
	const next = await handedIn(source, work.request.draft, work);
	const answer = await desk.handIn(who, next.request);
	expect(rolesOf(next, answer.missing)).toEqual(['manifest', 'part', 'pack']);
	const read = await desk.sendAll(who, next, answer);
	expect(read.submission).toMatchObject({ state: 'in-review', faults: [] });
	await approve(next, answer.submission.id, ['th']);
	// English did not change, and keeps its readers' approval.
	const list = await desk.list(who);
	expect(list[0]!.languages.map(({ published }) => published)).toEqual([true, true]);
	const states = list.map(({ version, state }) => [version, state]);
	expect(states).toEqual([
		['1.1.0', 'published'],
		['1.0.0', 'superseded']
	]);
	expect(await currentManifest(desk.ground.database, work.request.package)).toBe(next.request.manifest);
});
