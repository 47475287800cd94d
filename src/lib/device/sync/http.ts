/** What sync says to the server: events, compressed. */
import type { Result } from '../../core/base/result.ts';
import { SyncAnswer, type SyncRequest } from '../../core/protocol/sync.ts';
import { ask, type AskFault } from '../ask.ts';
import type { Purse } from '../purse.ts';

/** Below this gzip saves less than its own header costs. */
const WORTH_PACKING = 400;

/** One exchange, by the profile's token: no cookie goes with it, so it is about nobody else. */
export async function postSync(
	request: SyncRequest,
	token: string,
	purse: Purse
): Promise<Result<SyncAnswer, AskFault>> {
	const { body, encoding } = await pack(JSON.stringify(request));
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...encoding };
	return ask('/api/progress', SyncAnswer, { method: 'POST', credentials: 'omit', headers, body }, purse);
}

async function pack(text: string): Promise<{ body: BodyInit; encoding: Record<string, string> }> {
	if (text.length < WORTH_PACKING || typeof CompressionStream === 'undefined')
		return { body: text, encoding: {} };
	const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
	return { body: await new Response(packed).arrayBuffer(), encoding: { 'content-encoding': 'gzip' } };
}
