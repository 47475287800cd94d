/** A phone whose camera the page cannot have: what is said, and how a step gets its photo all the same (DRA-35). */
import { expect, test } from '@playwright/test';
import { beginCourse, lo } from '../factories/course-in-lao.ts';
import { newDevice, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { word } from '../factories/student.ts';

let server: RunningServer;
let device: Device;

test.beforeAll(async () => {
	server = await startServer();
	// This machine has no camera, and this browser no fake one.
	device = await newDevice({ locale: 'lo' });
});
test.afterAll(async () => {
	await device?.dispose();
	await server?.dispose();
});

test('DRA-35 says that the camera cannot be used, and opens the phone’s own from then on', async () => {
	const { page } = device;
	await signIn(page, server, { name: 'demo-teacher', language: 'lo' });
	const draft = await beginCourse(page, server.origin);
	await page.goto(`${server.origin}${draft}/unit-2`);
	const photo = page.getByRole('button', { name: lo('photo'), exact: true });
	await photo.click();
	await expect(page.getByRole('alert')).toHaveText(word('lo', 'work-faults', 'draft/no-camera'));
	await expect(page.getByRole('dialog')).toBeHidden();
	const [chooser] = await Promise.all([page.waitForEvent('filechooser'), photo.click()]);
	expect(await chooser.element().getAttribute('capture')).toBe('environment');
});
