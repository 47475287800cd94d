/** A micro-course as a teacher in Savannakhet writes it on the phone, in Lao, by the words that the pages show. */
import { expect, type Page } from '@playwright/test';
import { word } from './student.ts';

/** A text of the pages of authors in Lao. */
export const lo = (key: string, values: Record<string, string | number> = {}): string =>
	Object.entries(values).reduce(
		(text, [name, value]) => text.replaceAll(`{{${name}}}`, String(value)),
		word('lo', 'teach', key)
	);

export const TITLE = 'ປອກສາຍໄຟບໍ່ໃຫ້ບາດເສັ້ນທອງແດງ';
const GOAL = 'ຜູ້ຮຽນປອກສາຍໄຟ 2,5 mm² ໄດ້ສະອາດ, ບໍ່ມີເສັ້ນໃດຂາດ.';
/** The paragraph that an expert will ask about, and what it becomes. */
export const PARAGRAPH = 'ສາຍທີ່ຖືກບາດມີທອງແດງໜ້ອຍລົງ, ແຕ່ກະແສໄຟຍັງເທົ່າເກົ່າ.';
export const BETTER = 'ສາຍທີ່ຖືກບາດມີທອງແດງໜ້ອຍລົງ ແຕ່ກະແສໄຟຍັງເທົ່າເກົ່າ, ບ່ອນນັ້ນຈຶ່ງຮ້ອນ.';
const FIRST_UNIT = 'ເປັນຫຍັງສາຍທີ່ຖືກບາດຈຶ່ງຮ້ອນ';
export const BEST = `${BETTER} ຄືທໍ່ນ້ຳທີ່ແຄບລົງ.`;
const MISTAKE = 'ຢ່າກົດມີດແຮງ: ຮອຍບາດເບິ່ງບໍ່ເຫັນກໍເຮັດໃຫ້ສາຍຂາດພາຍຫຼັງ.';
const STEPS = [
	['ໝາຍຄວາມຍາວ', 'ວັດ 10 mm ຈາກປາຍສາຍ ແລ້ວໝາຍໄວ້.'],
	['ບາດອ້ອມເປືອກ', 'ໝຸນມີດອ້ອມສາຍເບົາໆ, ບໍ່ໃຫ້ເຖິງທອງແດງ.'],
	['ດຶງເປືອກອອກ', 'ງໍສາຍໜ້ອຍໜຶ່ງ ແລ້ວດຶງເປືອກອອກຊື່ໆ.']
] as const;
/** What the photo shows, and an answer that is not right. */
export const PHOTO = 'ມີດແລະສາຍໄຟທີ່ໝາຍໄວ້';
export const WRONG = 'ເປືອກບາງລົງ';
const OPTIONS = [
	['ທອງແດງໜ້ອຍລົງ ແຕ່ກະແສເທົ່າເກົ່າ', 'ຖືກ: ບ່ອນແຄບມີຄວາມຕ້ານທານສູງກວ່າ.'],
	[WRONG, 'ເປືອກບໍ່ນຳກະແສ, ມັນບໍ່ເຮັດໃຫ້ຮ້ອນ.'],
	['ສາຍຍາວຂຶ້ນ', 'ຄວາມຍາວບໍ່ປ່ຽນຍ້ອນຮອຍບາດ.']
] as const;

/** Nothing is said to be saved that is not. */
export const draftSaved = (page: Page): Promise<void> =>
	expect(page.getByText(lo('saved-here')).first()).toBeVisible();

/** Begins it from the template; answers the address of the draft. */
export async function beginCourse(page: Page, origin: string): Promise<string> {
	await page.goto(`${origin}/lo/teach`);
	await page.getByRole('link', { name: lo('start') }).click();
	await page.getByRole('radio', { name: lo('template-one-skill') }).check();
	await page.getByRole('button', { name: lo('begin') }).click();
	await page.waitForURL(/\/teach\/[0-9a-f-]{36}/);
	await page.getByLabel(lo('title'), { exact: true }).fill(TITLE);
	await page.getByLabel(lo('goal'), { exact: true }).fill(GOAL);
	await page.getByLabel(lo('occupation'), { exact: true }).fill('7411');
	await draftSaved(page);
	return new URL(page.url()).pathname;
}

export async function writeTheory(page: Page, draft: string): Promise<void> {
	await page.goto(`${draft}/unit-1`);
	await titleAndSummary(page, FIRST_UNIT, 'ຮອຍບາດນ້ອຍໆເຮັດຫຍັງກັບສາຍ');
	await page
		.getByLabel(lo('text'), { exact: true })
		.fill(`## ${lo('word-why')}\n\n${PARAGRAPH}\n\n## ${lo('word-mistakes')}\n\n${MISTAKE}\n`);
	await choices(page, 'q-1', 'ເປັນຫຍັງສາຍທີ່ຖືກບາດຈຶ່ງຮ້ອນ?');
	await draftSaved(page);
}

/** With a photo of the first step, as this phone's camera sees it. */
export async function writePractice(page: Page, draft: string): Promise<void> {
	await page.goto(`${draft}/unit-2`);
	await titleAndSummary(page, 'ປອກສາຍດ້ວຍມີດ', 'ສາມຂັ້ນຕອນກັບສາຍເສດ');
	await page.getByLabel(lo('practice-goal'), { exact: true }).fill('ປອກສາຍເສດສາມທ່ອນ.');
	await page.getByLabel(lo('safety-do'), { exact: true }).fill('ຕັດໄຟກ່ອນ. ບາດອອກຈາກຕົວ.');
	await page.getByLabel(lo('tool', { number: 1 }), { exact: true }).fill('ມີດປອກສາຍ');
	for (const [at, [title, text]] of STEPS.entries()) {
		await page.getByLabel(lo('step-title'), { exact: true }).fill(title);
		await page.getByLabel(lo('step-text'), { exact: true }).fill(text);
		if (at === 0) await photograph(page);
		if (at < STEPS.length - 1) await page.getByRole('button', { name: lo('step-after') }).click();
	}
	const order = page.locator('#item-q-1');
	await order.getByLabel(lo('prompt'), { exact: true }).fill('ຮຽງຂັ້ນຕອນໃຫ້ຖືກ.');
	const entries = await order.locator('ol > li').count();
	for (let at = 0; at < entries; at++) {
		await order.getByLabel(lo('entry', { number: at + 1 }), { exact: true }).fill(STEPS[at]![0]);
	}
	await order.getByLabel(lo('explain'), { exact: true }).fill('ໝາຍກ່ອນ, ບາດ, ແລ້ວຈຶ່ງດຶງ.');
	await draftSaved(page);
}

export async function writeAssessment(page: Page, draft: string): Promise<void> {
	await page.goto(`${draft}/unit-3`);
	await titleAndSummary(page, 'ທົດສອບຕົນເອງ', 'ສອງຄຳຖາມສຸດທ້າຍ');
	await choices(page, 'q-1', 'ຮອຍບາດເຮັດໃຫ້ເກີດຫຍັງ?');
	await choices(page, 'q-2', 'ຂໍ້ໃດຖືກ?');
	await draftSaved(page);
}

async function titleAndSummary(page: Page, title: string, summary: string): Promise<void> {
	await page.getByLabel(lo('title'), { exact: true }).fill(title);
	await page.getByLabel(lo('summary'), { exact: true }).fill(summary);
}

/** Fills a question of choices; the first is right. */
async function choices(page: Page, id: string, prompt: string): Promise<void> {
	const item = page.locator(`#item-${id}`);
	await item.getByLabel(lo('prompt'), { exact: true }).fill(prompt);
	const why = item.getByLabel(lo('choice-why'), { exact: true });
	for (let at = 0; at < (await why.count()); at++) {
		const letter = String.fromCharCode(65 + at);
		const [text, reason] = OPTIONS[at] ?? [`ຄຳຕອບ ${letter}`, `ເຫດຜົນ ${letter}`];
		await item.getByLabel(lo('choice', { letter }), { exact: true }).fill(text);
		await why.nth(at).fill(reason);
	}
	await item.locator('input[type=radio], input[type=checkbox]').first().check();
}

/** With the camera, in the page. */
async function photograph(page: Page): Promise<void> {
	await page.getByRole('button', { name: lo('photo'), exact: true }).click();
	const sheet = page.getByRole('dialog');
	const seen = () => sheet.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth);
	await expect.poll(seen).toBeGreaterThan(0);
	await sheet.getByRole('button', { name: lo('photo'), exact: true }).click();
	await expect(page.getByRole('button', { name: lo('photo-remove') })).toBeVisible({ timeout: 30_000 });
	await page.getByLabel(lo('alt'), { exact: true }).fill(PHOTO);
}
