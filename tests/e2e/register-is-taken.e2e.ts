/**
 * TRU-35, TRU-36: an expert asks for a key, those who hold the targets keys sign the register elsewhere by the command
 * line, an administrator sends it in by the page, and it counts from then on.
 */
import { spawnSync } from 'node:child_process';
import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { newDevice, passwordOf, signIn, type Device } from '../factories/people-on-pages.ts';
import { startServer, type RunningServer } from '../factories/running-server.ts';
import { word } from '../factories/student.ts';

const LANGUAGE = 'km';
const w = (key: string, values: Record<string, string | number> = {}) =>
	Object.entries(values).reduce(
		(text, [name, value]) => text.replace(`{{${name}}}`, String(value)),
		word(LANGUAGE, 'people', key)
	);

let server: RunningServer;
let device: Device;

test.beforeAll(async () => {
	server = await startServer();
	device = await newDevice({ locale: LANGUAGE, viewport: { width: 360, height: 740 } });
});
test.afterAll(async () => {
	await device?.dispose();
	await server?.dispose();
});

/** Adds a party to a copy of the register, as a ceremony does, and answers the file that it made. */
async function signElsewhere(): Promise<string> {
	const ceremony = join(server.data, 'ceremony');
	await cp(join(server.data, 'trust/demonstration'), ceremony, { recursive: true });
	const party = join(server.data, 'party.json');
	await writeFile(party, JSON.stringify({ id: 'college-kh', name: 'Demonstration College', country: 'KH' }));
	const keys = join(server.data, 'trust/demonstration-keys');
	const key = (await readdir(keys)).find((name) => name.startsWith('targets'))!;
	const asked = ['trust', 'enrol', '--dir', ceremony, '--party', party, '--key', join(keys, key)];
	const { status, stderr } = spawnSync(process.execPath, ['src/cli/setara.ts', ...asked], {
		encoding: 'utf8'
	});
	expect([status, stderr]).toEqual([0, '']);
	const made = (await readdir(ceremony)).filter((name) => name.endsWith('.targets.json'));
	return join(ceremony, made.sort((a, b) => parseInt(a) - parseInt(b)).at(-1)!);
}

test('TRU-36 a register that was signed elsewhere is sent in by a page, and the same again is not', async () => {
	expect(passwordOf(server, 'demo-administrator')).not.toBe('');
	const { page } = device;
	await signIn(page, server, { name: 'demo-administrator', language: LANGUAGE });
	await page.goto(`${server.origin}/${LANGUAGE}/admin/register`);
	const send = page.getByRole('button', { name: w('register-send') });
	await send.click();
	await expect(page.getByText(w('register-choose'))).toBeVisible();

	const file = await signElsewhere();
	const version = parseInt(file.split('/').at(-1)!);
	await page.getByLabel(w('register-file')).setInputFiles(file);
	await send.click();
	await expect(page.getByText(w('register-taken', { version }))).toBeVisible();
	const catalogue = await fetch(`${server.origin}/tuf/${version}.targets.json`);
	expect(await catalogue.text()).toContain('college-kh');

	await page.getByLabel(w('register-file')).setInputFiles(file);
	await send.click();
	await expect(page.getByText(word(LANGUAGE, 'work-faults', 'review/register-older'))).toBeVisible();
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
