/**
 * A backup's file: a POSIX tar (ustar), so that any machine can look into it, whose last entry is the SHA-256 of all
 * that stands before it, so that a cut or damaged one is seen before anything is made of it.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

const BLOCK = 512;
const END = 'end.json';
/** Four times the largest video variant; a batch of rows is far smaller. */
const MAX_ENTRY = 80 * 1024 * 1024;

export interface Entry {
	name: string;
	/** Permission bits. */
	mode: number;
	bytes: Buffer;
}

export interface TarWriter {
	add: (name: string, bytes: Uint8Array, mode?: number) => Promise<void>;
	/** Writes the end and makes the file safe on disk. */
	end: () => Promise<void>;
}

export function writeTar(file: FileHandle): TarWriter {
	const hash = createHash('sha256');
	async function put(bytes: Uint8Array): Promise<void> {
		hash.update(bytes);
		await file.writeFile(bytes);
	}
	async function add(name: string, bytes: Uint8Array, mode = 0o600): Promise<void> {
		await put(header(name, bytes.length, mode));
		await put(bytes);
		await put(Buffer.alloc(padding(bytes.length)));
	}
	return {
		add,
		async end() {
			const bytes = Buffer.from(JSON.stringify({ sha256: hash.digest('hex') }));
			await file.writeFile(
				Buffer.concat([
					header(END, bytes.length, 0o600),
					bytes,
					Buffer.alloc(padding(bytes.length) + 2 * BLOCK)
				])
			);
			await file.sync();
		}
	};
}

/**
 * Reads an archive from its beginning, entry by entry. Answers once it has reached the end and the digest is right;
 * until then nothing that `onEntry` got may be trusted.
 */
export async function readTar(
	file: FileHandle,
	onEntry: (entry: Entry) => Promise<void>
): Promise<Result<null, Fault<'backup/damaged'>>> {
	const hash = createHash('sha256');
	let at = 0;
	async function take(length: number): Promise<Buffer | null> {
		const bytes = Buffer.alloc(length);
		const { bytesRead } = await file.read(bytes, 0, length, at);
		at += bytesRead;
		return bytesRead === length ? bytes : null;
	}
	for (;;) {
		const head = await take(BLOCK);
		const entry = head && readHeader(head);
		if (!entry || entry.size > MAX_ENTRY) return fail('backup/damaged', { at });
		const body = await take(entry.size + padding(entry.size));
		if (!body) return fail('backup/damaged', { at });
		const bytes = body.subarray(0, entry.size);
		if (entry.name === END) {
			const right = bytes.toString() === JSON.stringify({ sha256: hash.digest('hex') });
			return right ? ok(null) : fail('backup/damaged', { at });
		}
		hash.update(head).update(body);
		await onEntry({ name: entry.name, mode: entry.mode, bytes });
	}
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

function header(path: string, size: number, mode: number): Buffer {
	const [prefix, name] = split(path);
	const head = Buffer.alloc(BLOCK);
	const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0') + '\0';
	head.write(name, 0, 100);
	head.write(octal(mode, 8), 100);
	head.write(octal(0, 8), 108);
	head.write(octal(0, 8), 116);
	head.write(octal(size, 12), 124);
	head.write(octal(0, 12), 136);
	head.write('        ', 148);
	head.write('0', 156);
	head.write('ustar\0' + '00', 257);
	head.write(prefix, 345, 155);
	head.write(octal(checksum(head), 7) + ' ', 148);
	return head;
}

/** A path of more than 100 bytes is written in two (POSIX.1-1988). */
function split(path: string): [string, string] {
	if (Buffer.byteLength(path) <= 100) return ['', path];
	const cut = path.lastIndexOf('/', 155);
	if (cut < 1 || path.length - cut - 1 > 100) throw new RangeError(`${path} is too long for an archive`);
	return [path.slice(0, cut), path.slice(cut + 1)];
}

function readHeader(head: Buffer): { name: string; size: number; mode: number } | null {
	const text = (start: number, length: number) =>
		head
			.subarray(start, start + length)
			.toString()
			.split('\0', 1)[0]!;
	const octal = (start: number, length: number) => parseInt(text(start, length).trim(), 8);
	const sum = octal(148, 8);
	head = Buffer.from(head);
	const [name, prefix, size, mode] = [text(0, 100), text(345, 155), octal(124, 12), octal(100, 8)];
	const isFile = head[156] === 0x30 && text(257, 5) === 'ustar';
	head.write('        ', 148);
	if (!isFile || checksum(head) !== sum || !(size >= 0) || !(mode >= 0)) return null;
	return { name: prefix ? `${prefix}/${name}` : name, size, mode };
}

const checksum = (head: Buffer): number => head.reduce((sum, byte) => sum + byte, 0);
