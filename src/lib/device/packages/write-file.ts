/** A file onto this device's disk, or to another app: by a stream where the browser has one, so that memory holds a chunk. */
import type { FileToWrite } from './export.ts';

/** `given-up`: the person chose no place. */
export type Written = 'written' | 'not-written' | 'given-up';
type OnBytes = (done: number) => void;

interface Picker {
	showSaveFilePicker?(options: { suggestedName: string }): Promise<{
		createWritable(): Promise<{
			write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
			close(): Promise<void>;
			abort(): Promise<void>;
		}>;
	}>;
}

/** Writes it where the person says, or among the downloads of a browser that does not ask. */
export async function writeFile(file: FileToWrite, onBytes: OnBytes): Promise<Written> {
	const picker = window as Picker;
	if (!picker.showSaveFilePicker) return download(file, onBytes);
	const place = await picker.showSaveFilePicker({ suggestedName: file.name }).catch(() => null);
	if (!place) return 'given-up';
	try {
		const stream = await place.createWritable();
		let done = 0;
		try {
			for await (const piece of file.pieces()) {
				await stream.write(piece);
				onBytes((done += piece.length));
			}
		} catch (error) {
			await stream.abort().catch(() => undefined);
			throw error;
		}
		await stream.close();
		return 'written';
	} catch {
		return 'not-written';
	}
}

/** Each piece goes to the browser's own store at once, which lies on the disk: nothing grows here. */
async function gather(file: FileToWrite, onBytes: OnBytes): Promise<File> {
	const pieces: Blob[] = [];
	let done = 0;
	for await (const piece of file.pieces()) {
		pieces.push(new Blob([piece]));
		onBytes((done += piece.length));
	}
	return new File(pieces, file.name, { type: TYPE });
}

const TYPE = 'application/octet-stream';

async function download(file: FileToWrite, onBytes: OnBytes): Promise<Written> {
	try {
		const url = URL.createObjectURL(await gather(file, onBytes));
		const link = document.createElement('a');
		Object.assign(link, { href: url, download: file.name });
		link.click();
		// A large one is still being copied.
		setTimeout(() => URL.revokeObjectURL(url), 60_000);
		return 'written';
	} catch {
		return 'not-written';
	}
}

/** Whether this browser hands such files to other apps; Chromium does not yet. */
export const canShare = ({ name }: Pick<FileToWrite, 'name'>): boolean =>
	navigator.canShare?.({ files: [new File([''], name, { type: TYPE })] }) ?? false;

export async function shareFile(file: FileToWrite, onBytes: OnBytes): Promise<Written> {
	try {
		const files = [await gather(file, onBytes)];
		await navigator.share({ files });
		return 'written';
	} catch (error) {
		return (error as Error).name === 'AbortError' ? 'given-up' : 'not-written';
	}
}
