/** What that stopped a download has changed by itself, so that it goes on without being asked. */
import type { Databases } from '../db/schema.ts';
import type { SaveFault } from '../faults.ts';
import { isMetered } from '../link.ts';
import { leftNow } from '../purse.ts';
import { roomLeft } from './room.ts';

/** With less left of the week than this a run would only pay for finding out that it cannot go on. */
const WORTH_IT = 96 * 1024;

export async function mayGoOn({ code, params }: SaveFault, databases: Databases): Promise<boolean> {
	const db = databases.safe;
	if (code.startsWith('network/') || code === 'storage/evicted') return true;
	if (code === 'budget/spent') return (await leftNow(db)) > WORTH_IT;
	if (code === 'storage/over-limit') return (await roomLeft(databases)) >= Number(params?.needed);
	return code === 'budget/waits-for-wifi' && !isMetered();
}
