/**
 * The one way in which a manifest is written (RFC 8785, JSON Canonicalization Scheme), so that the same package has
 * the same digest wherever it is built (PKG-3, docs/adr/0020-manifests-are-rfc-8785.md).
 */
export type Json =
	string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * JSON without white space, names in the order of their UTF-16 units, numbers as ECMAScript writes them. Members
 * that are undefined are left out. Throws on what JSON cannot hold (NaN, lone surrogates).
 */
export function canonicalJson(value: Json): string {
	if (typeof value === 'string') {
		if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form');
		return JSON.stringify(value);
	}
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
		return JSON.stringify(value);
	}
	if (value === null || typeof value === 'boolean') return String(value);
	if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const members = Object.keys(value)
		.filter((name) => value[name] !== undefined)
		.sort()
		.map((name) => `${canonicalJson(name)}:${canonicalJson(value[name]!)}`);
	return `{${members.join(',')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
