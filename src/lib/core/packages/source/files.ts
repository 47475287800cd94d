/** A package's folder as values: every file by its path, and the reading of them that collects faults. */
import * as v from 'valibot';
import { fromUtf8 } from '../../base/hash.ts';
import type { SourceFault, SourceFaultCode } from './faults.ts';
import { jsonLines, type JsonLines, type JsonPath } from './json-lines.ts';

/** Bytes by path inside the package's folder, `/` between names. */
export type SourceFiles = ReadonlyMap<string, Uint8Array>;

/** A JSON file that has been read: its value, and where each piece of it stands. */
export interface SourceJson<Value> {
	file: string;
	value: Value;
	lineOf: JsonLines['lineOf'];
}

/** Reads the files of a source and keeps what is wrong with them. */
export class SourceReader {
	readonly files: SourceFiles;
	readonly faults: SourceFault[] = [];
	/** Paths that somebody asked for: what is left over belongs to nothing. */
	readonly asked = new Set<string>();

	constructor(files: SourceFiles) {
		this.files = files;
	}

	report(
		code: SourceFaultCode,
		file: string,
		line: number | null,
		params?: Record<string, string | number>
	): void {
		this.faults.push(params ? { code, file, line, params } : { code, file, line });
	}

	/** Reports a fault at a piece of a JSON file. */
	reportAt(
		code: SourceFaultCode,
		json: SourceJson<unknown>,
		path: JsonPath,
		params?: Record<string, string | number>
	): void {
		this.report(code, json.file, json.lineOf(path), params);
	}

	has(file: string): boolean {
		this.asked.add(file);
		return this.files.has(file);
	}

	bytes(file: string): Uint8Array | null {
		this.asked.add(file);
		return this.files.get(file) ?? null;
	}

	/** A text file, or null where there is none or it is not UTF-8, which is reported. */
	text(file: string): string | null {
		const bytes = this.bytes(file);
		if (!bytes) return null;
		try {
			return fromUtf8(bytes);
		} catch {
			this.report('source/bad-text', file, null);
			return null;
		}
	}

	/** A JSON file under a schema, or null where there is none or it does not hold, which is reported. */
	json<Schema extends v.GenericSchema>(
		file: string,
		schema: Schema
	): SourceJson<v.InferOutput<Schema>> | null {
		const text = this.text(file);
		if (text === null) return null;
		const read = readJson(text);
		if (!read.ok) {
			this.report('source/bad-json', file, read.line, { detail: read.detail });
			return null;
		}
		const value = read.value;
		const { lineOf, duplicates } = jsonLines(text);
		for (const { name, line } of duplicates) this.report('source/duplicate-name', file, line, { name });
		const parsed = v.safeParse(schema, value);
		if (parsed.success) return { file, value: parsed.output, lineOf };
		for (const issue of parsed.issues) this.reportIssue(issue, file, lineOf);
		return null;
	}

	private reportIssue(issue: v.BaseIssue<unknown>, file: string, lineOf: JsonLines['lineOf']): void {
		// A name that a record refuses is the value's key; the path to it is the same.
		const path = (issue.path ?? []).map((item) => item.key as string | number);
		const name = path.at(-1);
		const code =
			name === 'licence'
				? 'source/no-licence'
				: name === 'alt'
					? 'source/image-without-alt'
					: 'source/bad-shape';
		this.report(code, file, lineOf(path), {
			path: path.join('.'),
			figure: path[0] ?? '',
			expected: issue.expected ?? issue.message,
			received: issue.received
		});
	}
}

type Read = { ok: true; value: unknown } | { ok: false; line: number; detail: string };

function readJson(text: string): Read {
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch (error) {
		return { ok: false, line: brokenLine(text), detail: (error as Error).message.slice(0, 120) };
	}
}

/** The first line with which a text is no longer the beginning of JSON; engines do not say it of every fault. */
function brokenLine(text: string): number {
	const lines = text.split('\n');
	let [well, broken] = [0, lines.length];
	while (broken - well > 1) {
		const middle = (well + broken) >> 1;
		if (isBroken(lines.slice(0, middle).join('\n'))) broken = middle;
		else well = middle;
	}
	return broken;
}

function isBroken(beginning: string): boolean {
	try {
		JSON.parse(beginning);
		return false;
	} catch (error) {
		const { message } = error as Error;
		const position = /at position (\d+)/.exec(message)?.[1];
		return position === undefined
			? message.startsWith('Unexpected token')
			: Number(position) < beginning.trimEnd().length;
	}
}
