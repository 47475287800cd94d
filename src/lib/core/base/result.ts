/** What can go wrong in ordinary life is a value: the caller has to look at `ok` before there is a `value`. */
export type Result<Value, Fault> = { ok: true; value: Value } | { ok: false; fault: Fault };

/** A fault with a stable code, which has one sentence in every interface language, and what that sentence names. */
export interface Fault<Code extends string = string> {
	code: Code;
	params?: Record<string, string | number>;
}

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

/** Makes a failed result of a code and what its sentence names (`fail('package/bad-digest', { path })`). */
export const fail = <Code extends string>(
	code: Code,
	params?: Record<string, string | number>
): { ok: false; fault: Fault<Code> } => ({ ok: false, fault: params ? { code, params } : { code } });
