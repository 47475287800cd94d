/** The list of drafts on a real IndexedDB (DRA-3): it follows what is taken off it and brought back. */
import { expect, test } from '@playwright/test';
import { DraftPhone, hostDrafts, type DraftHost } from '../factories/draft-phone.ts';

let host: DraftHost;
let phone: DraftPhone;

test.beforeAll(async () => {
	host = await hostDrafts();
});
test.afterAll(() => host.close());
test.beforeEach(async () => {
	phone = new DraftPhone(host.origin);
	await phone.open();
});
test.afterEach(() => phone.dispose());

test('DRA-3 a list that is looked at follows what is removed and restored', async () => {
	const seen = await phone.page.evaluate(async () => {
		const id = await drafting.begin();
		const counts: number[] = [];
		const rest = () => new Promise((done) => setTimeout(done, 300));
		const end = drafting.drafts.watch((all) => counts.push(all.length));
		await rest();
		await drafting.drafts.remove(id);
		await rest();
		await drafting.drafts.restore(id);
		await rest();
		end();
		return counts;
	});
	expect(seen).toEqual([1, 0, 1]);
});
