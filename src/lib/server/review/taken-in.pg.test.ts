/** What came from a folder, among what the committee sees (REV-65). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildOf, valueOf } from '../../../../tests/factories/built-package.ts';
import {
	openCommittee,
	putExpert,
	recallBy,
	type Committee,
	type TestExpert
} from '../../../../tests/factories/committee.ts';
import { NOW, openTestGround, publishSource, type TestGround } from '../../../../tests/factories/ground.ts';
import { makeSource } from '../../../../tests/factories/package-source.ts';
import { ok } from '../../core/base/result.ts';
import type { QueueEntry } from '../../core/protocol/review.ts';
import { createCommittee } from './committee.ts';
import { takeIn } from './taken-in.ts';

let ground: TestGround;
let committee: Committee;
let expert: TestExpert;

beforeAll(async () => {
	ground = await openTestGround();
	committee = openCommittee(ground, () => Promise.resolve(ok(null)));
	expert = await putExpert(ground, 'Bounmy', 'LA');
});
afterAll(() => ground.close());

const desk = () => createCommittee(committee, () => NOW);
const out = async (): Promise<QueueEntry[]> =>
	valueOf(await desk().queue(expert, { show: 'published' }, 'en')).entries;

it('is listed once, under who made it, and is recalled by any one registered expert', async () => {
	valueOf(await publishSource(ground));
	await Promise.all([takeIn(committee, NOW), takeIn(committee, NOW)]);
	const built = await buildOf();
	const [entry, ...more] = await out();
	expect(more).toEqual([]);
	const [first] = built.parts[0]!.part.contributors;
	expect(entry).toMatchObject({
		...{ package: 'little-sun', version: '1.0.0', state: 'published', languages: [], waitsForMe: false },
		...{
			maker: { name: first!.name, institution: first!.institution },
			handedInAt: new Date(NOW).toISOString()
		}
	});
	expect(entry!.reviewBy).not.toBeNull();

	const page = valueOf(await desk().page(expert, entry!.id));
	expect(page.me).toMatchObject({ mayRecall: true });
	expect(page.log).toMatchObject([{ action: 'publish', who: null }]);
	expect(page.submission.languages).toMatchObject([
		{ language: 'en', approved: true, published: true },
		{ language: 'th', approved: true, published: true }
	]);
	const statement = await recallBy(expert, built, { reason: 'The voltage is wrong.' });
	const recalled = valueOf(await desk().recall(expert, entry!.id, statement));
	expect(recalled.submission).toMatchObject({
		state: 'recalled',
		recall: { reason: 'The voltage is wrong.' }
	});
	await takeIn(committee, NOW);
	expect((await out()).map(({ state }) => state)).toEqual(['recalled']);
});

it('makes room for its next version', async () => {
	const next = makeSource().edit('package.json', (json) => {
		json.id = 'other-sun';
	});
	valueOf(await publishSource(ground, next));
	await takeIn(committee, NOW);
	const later = makeSource().edit('package.json', (json) => {
		Object.assign(json, { id: 'other-sun', version: '1.1.0' });
	});
	valueOf(await publishSource(ground, later, NOW + 1000));
	await takeIn(committee, NOW + 2000);
	const states = (await out()).filter((entry) => entry.package === 'other-sun');
	expect(states.map(({ version, state }) => `${version} ${state}`)).toEqual([
		'1.0.0 superseded',
		'1.1.0 published'
	]);
});
