/** The server's side of handing in, over HTTP: forms, and uploads by tus (docs/spec/hand-in.md). */
import { Upload as TusUpload, type DetailedError } from 'tus-js-client';
import { fail, ok, type Result } from '../../core/base/result.ts';
import { Me } from '../../core/protocol/account.ts';
import { HandInAnswer, HandInList } from '../../core/protocol/hand-in.ts';
import { ask, postForm, type AskFault } from '../ask.ts';
import type { Purse } from '../purse.ts';
import type { HandInServer, Upload } from './hand-in-engine.ts';

/** A cut in the middle of a piece costs at most this much again, and mostly nothing: the server keeps what came. */
const PIECE = 256 * 1024;
/** An upload of which nothing moves for this long is given up, and goes on later. */
const PATIENCE = 45_000;

/** @param spending runs what is asked with a purse for the time of it */
export const httpHandIns = (
	spending: <Value>(work: (purse: Purse) => Promise<Value>) => Promise<Value>
): HandInServer => ({
	account: () =>
		spending(async (purse) => {
			const answer = await ask('/api/account/me', Me, {}, purse);
			return answer.ok ? ok(answer.value.person?.id ?? null) : answer;
		}),
	handIn: (request) => spending((purse) => postForm('/api/hand-in', HandInAnswer, request, purse)),
	list: () => spending((purse) => ask('/api/hand-in', HandInList, {}, purse)),
	withdraw: (submission) =>
		spending((purse) => postForm(`/api/hand-in/${submission}/withdraw`, HandInAnswer, {}, purse)),
	upload: (each) => spending((purse) => upload(each, purse))
});

function upload(
	{ submission, digest, bytes, url, onSent }: Upload,
	purse: Purse
): Promise<Result<null, AskFault>> {
	// A piece is paid for before it is sent.
	const pay = (sent: number) => purse.begin(Math.min(PIECE, bytes.length - sent));
	let outlay = pay(0);
	if (!outlay) return Promise.resolve(fail('budget/spent'));
	return new Promise((resolve) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let writing: Promise<unknown> = Promise.resolve();
		const end = (result: Result<null, AskFault>) => {
			clearTimeout(timer);
			outlay?.end();
			// What is known of the upload reaches the disk before it is spoken of.
			void writing.catch(() => {}).then(() => resolve(result));
		};
		const patient = () => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				void tus.abort();
				end(fail('network/offline'));
			}, PATIENCE);
		};
		const keep = (sent: number) => {
			const at = tus.url;
			if (at !== null) writing = writing.then(() => onSent(at, sent));
		};
		const tus = new TusUpload(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
			// Absolute: what the server answers is resolved against it.
			endpoint: new URL('/api/uploads', location.origin).href,
			uploadUrl: url,
			chunkSize: PIECE,
			metadata: { submission, digest },
			// The engine tries again, and keeps the address itself: it outlives the tab.
			retryDelays: null,
			storeFingerprintForResuming: false,
			onUploadUrlAvailable: () => keep(0),
			onChunkComplete: (piece, accepted) => {
				keep(accepted);
				outlay?.came(piece);
				outlay?.end();
				outlay = accepted < bytes.length ? pay(accepted) : null;
				if (outlay || accepted >= bytes.length) return;
				void tus.abort();
				end(fail('budget/spent'));
			},
			onProgress: patient,
			onSuccess: () => end(ok(null)),
			onError: (error) => end({ ok: false, fault: faultOf(error) })
		});
		patient();
		tus.start();
	});
}

/** The server's own code where it gave one; no answer is no link. */
function faultOf(error: Error | DetailedError): AskFault {
	const response = 'originalResponse' in error ? error.originalResponse : null;
	if (!response) return fail('network/offline').fault;
	try {
		const { code, message } = JSON.parse(response.getBody()) as Partial<AskFault>;
		if (typeof code === 'string') return { code, ...(typeof message === 'string' ? { message } : {}) };
	} catch {
		// A proxy's page.
	}
	const status = response.getStatus();
	return status >= 500 || status === 429 || status === 423
		? fail('network/busy').fault
		: fail('network/refused', { status }).fault;
}
