/**
 * The circle: made on a phone in Laos with no link, read and signed by experts in China and Thailand, learned on a
 * student's phone, and back: what learners say reaches the author, whose next version reaches them; a recall locks it.
 */
import { expect, test, type Page } from '@playwright/test';
import type { UnitPage } from '../../src/lib/core/lessons/unit-page.ts';
import * as course from '../factories/course-in-lao.ts';
import { lo } from '../factories/course-in-lao.ts';
import { startCuttingLink, type CuttingLink } from '../factories/cutting-link.ts';
import { inReview, says, scrap, standsAt } from '../factories/handing-in-lao.ts';
import { learnerSays } from '../factories/learners.ts';
import { learnInLao, SAID } from '../factories/learning-in-lao.ts';
import {
	askForChanges,
	makeKey,
	newDevice,
	recall,
	signAsRead,
	signIn,
	type Device
} from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { hydrated, saved, word } from '../factories/student.ts';
import { authoringKept, lessonsKept } from '../factories/work-on-phone.ts';

const LAPTOP = { width: 1280, height: 800 };
const ASKED = '请说明为什么那里会变热。';
const NOTES = 'ອະທິບາຍໃຫ້ແຈ້ງຂຶ້ນວ່າເປັນຫຍັງຈຶ່ງຮ້ອນ.';
/** What students are led to when it is recalled. */
const INSTEAD = 'isolate-and-lock';
const REASON = 'ຂັ້ນຕອນທີ 2 ຂາດການຕັດໄຟກ່ອນ.';

let server: RunningServer;
let link: CuttingLink;
const devices: Device[] = [];
let author: Device;
let china: Device;
let thailand: Device;
let student: Device;
/** Address of the draft, ids of the package and of what was handed in. */
let draft: string;
let packageId: string;
let submission: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test.beforeAll(async () => {
	link = await startCuttingLink();
	// Everybody comes over this link: the server knows itself by its address.
	server = await startServer({ ORIGIN: link.origin });
	link.target = server.port;
});
test.afterAll(async () => {
	for (const device of devices) await device.dispose();
	await link?.close();
	await server?.dispose();
});

async function device(...options: Parameters<typeof newDevice>): Promise<Device> {
	const made = await newDevice(...options);
	devices.push(made);
	return made;
}

const enter = (page: Page, name: string, language: string) =>
	signIn(page, server, { name, language, origin: link.origin });

/** What was handed in, on an expert's page, in Lao alone. */
const reviewAt = (language: string) => `${link.origin}/${language}/review/${submission}?in=lo&with=none`;

test('a teacher in Laos signs in once, then writes, photographs and asks with no link', async () => {
	author = await device({ locale: 'lo', camera: true });
	await enter(author.page, 'demo-teacher', 'lo');
	await author.page.goto(`${link.origin}/lo/teach`);
	await authoringKept(author.page);
	link.left = 0;
	await author.close();
	const page = await author.open();
	draft = link.origin + (await course.beginCourse(page, link.origin));
	await course.writeTheory(page, draft);
	await course.writePractice(page, draft);
	await course.writeAssessment(page, draft);
	await page.goto(draft);
	await expect(page.getByText(lo('missing-none'))).toBeVisible();
	await page.getByRole('button', { name: lo('hand-in') }).click();
	await expect(page.getByText(lo('state-here')).first()).toBeVisible();
});

test('a link that comes in scraps, and a server that is killed, bring it to the committee', async () => {
	const { page } = author;
	// The first breaks in the middle of the text, the second in the middle of the photo.
	for (const bytes of [12_000, 60_000]) {
		const { cuts } = link;
		await scrap(page, link, bytes);
		await expect.poll(() => link.cuts).toBe(cuts + 1);
		await expect(says(page, 'state-sending')).toBeVisible();
	}
	await scrap(page, link, 40_000);
	await server.stop('SIGKILL');
	await expect(says(page, 'state-in-review')).toBeVisible();
	await expect(says(page, 'state-media')).toBeVisible();
	await page.context().setOffline(true);
	await server.start();
	link.left = Infinity;
	await page.context().setOffline(false);
	await expect(says(page, 'state-media')).toBeHidden({ timeout: 30_000 });
	await expect(says(page, 'state-in-review')).toBeVisible();
	({ id: submission, package: packageId } = await inReview(author.page));
});

test('an expert in China asks about a paragraph, and the author reads it there, and changes it', async () => {
	china = await device({ locale: 'zh-Hans', viewport: LAPTOP });
	await enter(china.page, 'demo-expert-china', 'zh-Hans');
	await makeKey(china.page, 'zh-Hans', ['zh-Hans', 'lo']);
	await china.page.goto(`${link.origin}/zh-Hans/review/${submission}?unit=unit-1&in=lo`);
	await askForChanges(china.page, 'zh-Hans', { about: course.PARAGRAPH, says: ASKED });

	await standsAt(author.page, draft, 'changes-asked');
	// Read with no link, at the paragraph.
	link.left = 0;
	await author.page.goto(`${draft}/unit-1`);
	await expect(author.page.getByRole('article').getByText(ASKED)).toBeVisible();
	const text = author.page.getByLabel(lo('text'), { exact: true });
	await text.fill((await text.inputValue()).replace(course.PARAGRAPH, course.BETTER));
	await course.draftSaved(author.page);
	await author.page.goto(draft);
	await author.page.getByRole('button', { name: lo('hand-in-again') }).click();
	await expect(author.page.getByText(lo('state-here')).first()).toBeVisible();
	link.left = Infinity;
	await standsAt(author.page, draft, 'in-review');
});

test('both experts sign what they read, and it is published by that', async () => {
	({ id: submission } = await inReview(author.page));
	await signAsRead(china.page, 'zh-Hans', reviewAt('zh-Hans'));
	await expect(china.page.getByText(word('zh-Hans', 'review', 'signed-waits'))).toBeVisible();
	thailand = await device({ locale: 'th', viewport: LAPTOP });
	await enter(thailand.page, 'demo-expert-thailand', 'th');
	await makeKey(thailand.page, 'th', ['th', 'lo']);
	await signAsRead(thailand.page, 'th', reviewAt('th'));
	await expect(thailand.page.locator(`#panel a[href="/th/library/${packageId}"]`)).toBeVisible();
	await standsAt(author.page, draft, 'published');
});

test('a student has it five seconds later, and learns it with no link', async () => {
	student = await device({ locale: 'lo' });
	await enter(student.page, 'demo-learner', 'lo');
	await expect
		.poll(async () => (await fetch(`${link.origin}/api/library/${packageId}?lang=lo`)).status, {
			timeout: 5_000
		})
		.toBe(200);
	const page = student.page;
	await page.goto(`${link.origin}/lo/library/${packageId}`);
	await hydrated(page);
	await page.getByRole('radio', { name: word('lo', 'library', 'tier-pictures') }).check();
	await page.getByRole('button', { name: word('lo', 'library', 'save') }).click();
	await saved(page, 'lo');
	await expect(page.getByText('demo-teacher').first()).toBeVisible();
	await lessonsKept(page);
	link.left = 0;
	await student.close();
	await student.open();
	await learnInLao(student.page, `${link.origin}/lo/library/${packageId}`);
});

test('what learners say reaches the author by paragraph and question, once five have', async () => {
	link.left = Infinity;
	await student.page.goto(`${link.origin}/lo/status`);
	await expect(student.page.getByText(word('lo', 'sync', 'nothing-waits'))).toBeVisible({ timeout: 30_000 });
	const answer = await fetch(`${link.origin}/api/library/${packageId}/unit-1?lang=lo`);
	const page = (await answer.json()) as UnitPage;
	const block = page.blocks.findIndex((each) => JSON.stringify(each).includes(course.BETTER));
	const say = (name: string, isRight: boolean) =>
		learnerSays(link.origin, name, page, { place: `b${block}`, mark: 'unclear', isRight });
	for (const name of ['learner-one', 'learner-two', 'learner-three']) await say(name, true);
	const feedback = () => author.page.goto(`${draft}/feedback`);
	await feedback();
	await expect(author.page.getByText(lo('feedback-fewer')).first()).toBeVisible();
	await expect(author.page.getByText(SAID)).toBeHidden();
	await say('learner-four', false);
	await expect(async () => {
		await feedback();
		const unit = author.page.locator('section.unit').first();
		await expect(unit.getByText(course.BETTER)).toBeVisible({ timeout: 3_000 });
		await expect(unit.locator('.count').getByText('5')).toBeVisible({ timeout: 1_000 });
		await expect(unit.getByText(SAID)).toBeVisible({ timeout: 1_000 });
		await expect(unit.getByText(/60/)).toBeVisible({ timeout: 1_000 });
	}).toPass({ timeout: 30_000 });
});

test('the next version reaches the student as an update of what changed, and progress stays', async () => {
	await author.page.goto(draft);
	await author.page.getByRole('button', { name: lo('next-version') }).click();
	await author.page.getByLabel(lo('release-notes'), { exact: true }).fill(NOTES);
	await author.page.goto(`${draft}/unit-1`);
	const text = author.page.getByLabel(lo('text'), { exact: true });
	await text.fill((await text.inputValue()).replace(course.BETTER, course.BEST));
	await course.draftSaved(author.page);
	await author.page.goto(draft);
	await author.page.getByRole('button', { name: lo('hand-in') }).click();
	await expect(author.page.getByText(lo('handed-in'))).toBeVisible();
	await standsAt(author.page, draft, 'in-review');
	({ id: submission } = await inReview(author.page));
	await signAsRead(china.page, 'zh-Hans', reviewAt('zh-Hans'));
	await signAsRead(thailand.page, 'th', reviewAt('th'));
	await standsAt(author.page, draft, 'published');

	const { page } = student;
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	const update = page.getByRole('button', { name: word('lo', 'library', 'update') });
	await expect(async () => {
		await page.goto(`${link.origin}/lo/library/${packageId}`);
		await expect(update).toBeVisible({ timeout: 5_000 });
	}).toPass({ timeout: 30_000 });
	await update.click();
	// What is new is said before any of it is fetched.
	await expect(page.getByText(NOTES)).toBeVisible();
	await expect(
		page.getByText(word('lo', 'library', 'update-languages').replace('{{languages}}', 'ລາວ'))
	).toBeVisible();
	expect(asked.filter((path) => /^\/(?:pack|blob)\//.test(path))).toEqual([]);
	await page.getByRole('button', { name: word('lo', 'library', 'update-fetch') }).click();
	await expect(page.getByText(NOTES)).toBeVisible({ timeout: 30_000 });
	await saved(page, 'lo');
	await expect(update).toBeHidden();
	// One language's text changed: its pack travels, the shared one and the photo do not.
	expect(asked.filter((path) => path.startsWith('/pack/')).length).toBe(1);
	expect(asked.filter((path) => path.startsWith('/blob/'))).toEqual([]);
	await page.goto(`${link.origin}/lo/library/${packageId}/unit-1`);
	await expect(page.getByText(course.BEST)).toBeVisible();
	await page.getByRole('button', { name: word('lo', 'lesson', 'mark-place') }).click();
	await expect(page.getByText(word('lo', 'lesson', 'mark-unclear'))).toBeVisible();
});

test('a recall locks it on the student\u2019s phone, says why, and stays with no link', async () => {
	const address = `${link.origin}/zh-Hans/review/${submission}`;
	await recall(china.page, 'zh-Hans', { address, reason: REASON, instead: INSTEAD });
	// The next look at the catalogue, whatever it is for.
	await expect(async () => {
		await student.page.goto(`${link.origin}/lo/library/${packageId}/unit-1`);
		await expect(student.page.getByText(REASON)).toBeVisible({ timeout: 5_000 });
	}).toPass({ timeout: 30_000 });
	// REV-66, LIB-7: to what is learned instead, by its title while there is a link, and offline all the same.
	const instead = () => student.page.locator(`a[href="/lo/library/${INSTEAD}"]`);
	await expect(instead()).toContainText(word('lo', 'library', 'instead'));
	const titled = (await instead().locator('b').textContent())!;
	expect(titled).not.toBe(word('lo', 'library', 'instead'));
	await instead().click();
	await expect(student.page.getByRole('heading', { level: 1 })).toHaveText(titled);
	link.left = 0;
	await server.stop();
	await student.close();
	await student.open();
	await student.page.goto(`${link.origin}/lo/library/${packageId}/unit-1`);
	await expect(student.page.getByText(REASON)).toBeVisible();
	await expect(student.page.getByRole('heading', { name: word('lo', 'library', 'refused') })).toBeVisible();
	await expect(student.page.getByText(course.BEST)).toBeHidden();
	await expect(instead()).toContainText(word('lo', 'library', 'instead'));
});
