/** Values that a schema takes, made out of the schema itself: so that a test of every body needs no list of bodies. */
import fc from 'fast-check';
import * as v from 'valibot';

interface Node {
	type: string;
	kind: string;
	pipe?: readonly Node[];
	requirement?: unknown;
	entries?: Record<string, Node>;
	item?: Node;
	wrapped?: Node;
	options?: readonly (Node | string | number)[];
	literal?: unknown;
	key?: Node;
	value?: Node;
}

/** What `schema` takes, each value of it checked by the schema. */
export const valuesOf = <Schema extends v.GenericSchema>(
	schema: Schema
): fc.Arbitrary<v.InferInput<Schema>> =>
	build(schema as unknown as Node).filter((value) => v.is(schema, value)) as fc.Arbitrary<
		v.InferInput<Schema>
	>;

function build(node: Node): fc.Arbitrary<unknown> {
	switch (node.type) {
		case 'string':
			return strings(rulesOf(node));
		case 'number':
			return numbers(rulesOf(node));
		case 'boolean':
			return fc.boolean();
		case 'literal':
			return fc.constant(node.literal);
		case 'picklist':
			return fc.constantFrom(...(node.options as string[]));
		case 'nullable':
			return fc.option(build(node.wrapped!));
		case 'optional':
			return build(node.wrapped!);
		case 'array': {
			const { min_length: least = 0, max_length: most = 3, length } = rulesOf(node) as Record<string, number>;
			const minLength = length ?? least;
			return fc.array(build(node.item!), { minLength, maxLength: Math.max(minLength, Math.min(most, 3)) });
		}
		case 'strict_object':
		case 'object':
		case 'loose_object': {
			const entries = Object.entries(node.entries!);
			const requiredKeys = entries.flatMap(([name, { type }]) => (type === 'optional' ? [] : [name]));
			return fc.record(Object.fromEntries(entries.map(([name, entry]) => [name, build(entry)])), {
				requiredKeys
			});
		}
		case 'record':
			return fc.dictionary(build(node.key!) as fc.Arbitrary<string>, build(node.value!), { maxKeys: 3 });
		case 'union':
		case 'variant':
			return fc.oneof(...(node.options as Node[]).map(build));
		default:
			throw new Error(`no values of a schema of type ${node.type}`);
	}
}

/** What the actions behind a schema ask of its value, by their names. */
const rulesOf = ({ pipe = [] }: Node): Record<string, unknown> =>
	Object.fromEntries(pipe.slice(1).map(({ type, requirement }) => [type, requirement]));

/** What databases, logs and lines of text stumble over: nothing, half a character, turned about, joined, no width. */
const ODD = [
	'\0',
	'\ud800',
	'\udc00',
	'\u202e',
	'\u200d',
	'\ufeff',
	'\r',
	'\n',
	'\t',
	'\x7f',
	'\u2028',
	'é',
	'👩‍🏫',
	"'",
	'"',
	'\\',
	'%',
	'_'
];

function strings(rules: Record<string, unknown>): fc.Arbitrary<string> {
	if (rules['regex']) return fc.stringMatching(rules['regex'] as RegExp);
	if ('iso_date' in rules) return fc.constantFrom('2026-11-25', '2024-02-29');
	const minLength = Number(rules['min_length'] ?? 0);
	const length = { minLength, maxLength: Math.min(Number(rules['max_length'] ?? 40), minLength + 40) };
	return fc.oneof(
		fc.string(length),
		fc.string({ ...length, unit: 'binary' }),
		fc.string({ ...length, unit: fc.constantFrom(...ODD) })
	);
}

function numbers(rules: Record<string, unknown>): fc.Arbitrary<number> {
	const [min, max] = [Number(rules['min_value'] ?? -1e6), Number(rules['max_value'] ?? 1e6)];
	return 'integer' in rules
		? fc.integer({ min, max: Math.min(max, 2 ** 31) })
		: fc.double({ min, max, noNaN: true });
}

/** Every field of text that a schema has, list members and names of records written `*`. */
const textFieldsOf = (schema: v.GenericSchema): string[] => [
	...new Set(fieldsOf(schema as unknown as Node, []).map((path) => path.join('.')))
];

function fieldsOf(node: Node, path: string[], counts: (text: Node) => boolean = () => true): string[][] {
	if (node.type === 'string') return counts(node) ? [path] : [];
	if (node.wrapped) return fieldsOf(node.wrapped, path, counts);
	if (node.item) return fieldsOf(node.item, [...path, '*'], counts);
	if (node.entries) {
		return Object.entries(node.entries).flatMap(([name, entry]) => fieldsOf(entry, [...path, name], counts));
	}
	if (node.type === 'record') return fieldsOf(node.value!, [...path, '*'], counts);
	if (node.type !== 'union' && node.type !== 'variant') return [];
	return (node.options as Node[]).flatMap((option) => fieldsOf(option, path, counts));
}

/** For every field of text that the schema has: a value that it takes, and where in it the field stands. */
export function eachTextField<Schema extends v.GenericSchema>(
	schema: Schema,
	seed: number
): { field: string; value: v.InferInput<Schema>; place: string[] }[] {
	const wanted = new Set(textFieldsOf(schema));
	const found = [];
	for (const value of wanted.size === 0 ? [] : fc.sample(valuesOf(schema), { seed, numRuns: 300 })) {
		for (const place of textsIn(value)) {
			const field = [...wanted].find((each) => isAt(each.split('.'), place));
			if (field === undefined) continue;
			wanted.delete(field);
			found.push({ field, value, place });
		}
	}
	if (wanted.size > 0) throw new Error(`no value found with text at ${[...wanted].join(', ')}`);
	return found;
}

const isAt = (field: string[], place: string[]): boolean =>
	field.length === place.length && field.every((name, at) => name === '*' || name === place[at]);

/** Where in a value its pieces of text stand. */
function textsIn(value: unknown, path: string[] = []): string[][] {
	if (typeof value === 'string') return [path];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...path, name]));
}

/** Every place in a value, itself included. */
export function placesIn(value: unknown, path: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([name, each]) => placesIn(each, [...path, name]))];
}

/** The value with something else at one place. */
export function putAt(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
	if (name === undefined) return other;
	const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
	copy[name] = putAt(copy[name], rest, other);
	return copy;
}

/** The free text in a value, by the schema that takes it: whatever no pattern holds. `field` as in `freeTextOf`. */
export const freeTextIn = (schema: v.GenericSchema, value: unknown): { field: string; place: string[] }[] =>
	freeIn(schema as unknown as Node, value, [], []);

/** Every field of free text that a schema has. */
export const freeTextOf = (schema: v.GenericSchema): string[] => [
	...new Set(fieldsOf(schema as unknown as Node, [], isFree).map((path) => path.join('.')))
];

const isFree = (node: Node): boolean => !('regex' in rulesOf(node)) && !('iso_date' in rulesOf(node));

function freeIn(
	node: Node,
	value: unknown,
	place: string[],
	field: string[]
): { field: string; place: string[] }[] {
	if (value === null || value === undefined) return [];
	if (node.type === 'string') return isFree(node) ? [{ field: field.join('.'), place }] : [];
	if (node.wrapped) return freeIn(node.wrapped, value, place, field);
	if (node.type === 'union' || node.type === 'variant') {
		const option = (node.options as Node[]).find((each) => v.is(each as unknown as v.GenericSchema, value));
		return option ? freeIn(option, value, place, field) : [];
	}
	return Object.entries(value).flatMap(([name, each]) => {
		const inner = node.item ?? node.value ?? node.entries?.[name];
		const step = node.entries ? name : '*';
		return inner ? freeIn(inner, each, [...place, name], [...field, step]) : [];
	});
}
