/** What is left of a body when its request was answered before its end (SRV-9). */
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Reads it away, so that the next request on this connection, which behind a proxy may be somebody else's, does not wait
 * for bytes that nobody reads; beyond `most` bytes the connection is cut.
 */
export function passRestOfBody(request: IncomingMessage, response: ServerResponse, most: number): void {
	response.once('finish', () => {
		if (request.complete) return;
		// Kit's own reader stops the stream when nobody takes from it.
		request.removeAllListeners('data');
		let left = most;
		request.on('data', (piece: Buffer) => {
			left -= piece.length;
			if (left < 0) request.destroy();
		});
		request.resume();
	});
}
