/**
 * What one change did to a draft, small enough to be kept for undo: only what differs, and of a text only the piece
 * that was typed (DRA-21). It goes forward and back.
 */
import type { Draft } from './draft.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
/** Names and indexes down to a value. */
type Path = (string | number)[];

/** A value put in another's place; left out, there was or is none. */
interface Replaced {
	path: Path;
	from?: Json;
	to?: Json;
}
/** A piece of a text put in another's place. */
interface Spliced {
	path: Path;
	at: number;
	cut: string;
	put: string;
}
export type Patch = (Replaced | Spliced)[];

/** What leads from one draft to another. Branches that are the same object are not looked at. */
export function diffDrafts(before: Draft, after: Draft): Patch {
	const patch: Patch = [];
	diff(before as unknown as Json, after as unknown as Json, [], patch);
	return patch;
}

/** The draft after a change. Throws where it is not a change of this draft, which only a bug can bring here. */
export const applyPatch = (draft: Draft, patch: Patch): Draft =>
	patch.reduce((value, step) => put(value, step.path, step), draft as unknown as Json) as unknown as Draft;

/** The change that takes a change back. */
export const invertPatch = (patch: Patch): Patch =>
	patch.toReversed().map((step) => {
		if ('cut' in step) return { path: step.path, at: step.at, cut: step.put, put: step.cut };
		return {
			path: step.path,
			...('to' in step ? { from: step.to! } : {}),
			...('from' in step ? { to: step.from! } : {})
		};
	});

function diff(before: Json, after: Json, path: Path, patch: Patch): void {
	if (before === after) return;
	if (typeof before === 'string' && typeof after === 'string') {
		patch.push(splice(before, after, path));
	} else if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
		after.forEach((value, index) => diff(before[index]!, value, [...path, index], patch));
	} else if (isRecord(before) && isRecord(after)) {
		for (const name of Object.keys(before)) {
			if (!Object.hasOwn(after, name)) patch.push({ path: [...path, name], from: before[name]! });
		}
		for (const [name, value] of Object.entries(after)) {
			if (Object.hasOwn(before, name)) diff(before[name]!, value, [...path, name], patch);
			else patch.push({ path: [...path, name], to: value });
		}
	} else patch.push({ path, from: before, to: after });
}

const isRecord = (value: Json): value is { [name: string]: Json } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function splice(before: string, after: string, path: Path): Spliced {
	const shorter = Math.min(before.length, after.length);
	let at = 0;
	while (at < shorter && before[at] === after[at]) at += 1;
	let end = 0;
	while (end < shorter - at && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
	return { path, at, cut: before.slice(at, before.length - end), put: after.slice(at, after.length - end) };
}

function put(value: Json, path: Path, step: Patch[number]): Json {
	const [name, ...rest] = path;
	if (name === undefined) {
		if (!('cut' in step)) return step.to!;
		const text = value as string;
		if (text.slice(step.at, step.at + step.cut.length) !== step.cut) throw new TypeError('another text');
		return text.slice(0, step.at) + step.put + text.slice(step.at + step.cut.length);
	}
	if (Array.isArray(value)) {
		return value.map((each, index) => (index === name ? put(each, rest, step) : each));
	}
	const record = value as { [name: string]: Json };
	if (rest.length === 0 && !('cut' in step) && !('to' in step)) {
		return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
	}
	// Made by entries: a name like `__proto__` is a name like any other.
	return Object.fromEntries([
		...Object.entries(record).filter(([each]) => each !== name),
		[name, put(Object.hasOwn(record, name) ? record[name]! : null, rest, step)]
	]);
}
