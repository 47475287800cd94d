/** What a student in Laos does with the course, by the words that the pages show: looks, marks a paragraph, answers. */
import { expect, type Page } from '@playwright/test';
import * as course from './course-in-lao.ts';
import { hydrated, word } from './student.ts';

/** What is said of the paragraph. */
export const SAID = 'ບ່ອນນີ້ບໍ່ເຂົ້າໃຈ';

/** `library`: the package's address. */
export async function learnInLao(page: Page, library: string): Promise<void> {
	const w = (key: string) => word('lo', 'lesson', key);
	await page.goto(`${library}/unit-2`);
	await expect(page.getByRole('img', { name: course.PHOTO })).toBeVisible();
	await page.goto(`${library}/unit-1`);
	await hydrated(page);
	await page.getByRole('button', { name: w('mark-place') }).click();
	await page
		.getByRole('button', { name: w('mark-this') })
		.nth(1)
		.click();
	await page.getByRole('radio', { name: w('mark-unclear') }).check();
	await page.getByLabel(w('mark-words')).fill(SAID);
	await page.getByRole('button', { name: w('mark-save'), exact: true }).click();
	await expect(page.getByText(w('mark-saved'))).toBeVisible();
	await page.goto(`${library}/unit-1#quiz`);
	const quiz = page.locator('form.quiz');
	await quiz.locator('label', { hasText: course.WRONG }).click();
	await page.getByRole('button', { name: w('check') }).click();
	await expect(page.getByText(w('not-right'))).toBeVisible();
}
