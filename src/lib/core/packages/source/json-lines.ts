/** Where in a JSON file a value stands, so that a fault can name its line. */

/** A name or index at each level down to a value. */
export type JsonPath = readonly (string | number)[];

export interface JsonLines {
	/** The line, from 1, of the value at a path, or of the nearest one around it. */
	lineOf(path: JsonPath): number;
	/** Names that an object has twice, of which `JSON.parse` kept only the last. */
	duplicates: { name: string; line: number }[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g;

interface Level {
	path: JsonPath;
	names: Set<string>;
	isList: boolean;
	next: string | number;
}

/** Reads the lines of a text that `JSON.parse` takes. */
export function jsonLines(text: string): JsonLines {
	const lines = new Map<string, number>([['[]', 1]]);
	const duplicates: JsonLines['duplicates'] = [];
	const levels: Level[] = [];
	let line = 1;
	let expectsName = false;
	for (const [token] of text.matchAll(TOKEN)) {
		const level = levels.at(-1);
		if (token === '\n') line += 1;
		else if (token === '}' || token === ']') levels.pop();
		else if (token === ':') expectsName = false;
		else if (token === ',') {
			if (level?.isList) level.next = (level.next as number) + 1;
			else expectsName = true;
		} else if (expectsName && level && !level.isList) {
			level.next = JSON.parse(token) as string;
			if (level.names.has(level.next)) duplicates.push({ name: level.next, line });
			level.names.add(level.next);
			lines.set(JSON.stringify([...level.path, level.next]), line);
		} else {
			const path: JsonPath = level ? [...level.path, level.next] : [];
			if (level?.isList) lines.set(JSON.stringify(path), line);
			if (token === '{' || token === '[') {
				levels.push({ path, names: new Set(), isList: token === '[', next: 0 });
				expectsName = token === '{';
			}
		}
		if (token === '}' || token === ']') expectsName = false;
	}
	return {
		duplicates,
		lineOf(path) {
			for (let depth = path.length; depth > 0; depth -= 1) {
				const found = lines.get(JSON.stringify(path.slice(0, depth)));
				if (found !== undefined) return found;
			}
			return 1;
		}
	};
}
