/** What the environment says, parsed once (SRV-1). Every name stands in docs/operations.md. */
import { resolve } from 'node:path';
import * as v from 'valibot';
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

const path = (otherwise: string) =>
	v.pipe(
		v.optional(v.pipe(v.string(), v.minLength(1)), otherwise),
		v.transform((text) => resolve(text))
	);
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const Settings = v.object({
	PORT: v.pipe(
		v.optional(v.string(), '3000'),
		v.regex(/^\d{1,5}$/),
		v.transform(Number),
		v.minValue(1),
		v.maxValue(65535)
	),
	HOST: v.optional(v.pipe(v.string(), v.minLength(1)), '0.0.0.0'),
	/** The address that people use, when it is not the one that we listen on: `https://learn.example.org`. */
	ORIGIN: v.optional(v.pipe(v.string(), v.regex(/^https?:\/\//), v.check(isOrigin))),
	DATA_DIR: path('data'),
	CONTENT_DIR: path('content'),
	DATABASE_URL: v.optional(v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//))),
	SETARA_ROOT: v.optional(
		v.pipe(
			v.string(),
			v.minLength(1),
			v.transform((text) => resolve(text))
		)
	),
	/** `0` or `off`: no demonstration accounts. */
	SETARA_DEMO: v.pipe(
		v.optional(v.picklist(['1', '0', 'on', 'off']), 'on'),
		v.transform((set) => set === 'on' || set === '1')
	)
});

export type Settings = v.InferOutput<typeof Settings>;

/** Reads the settings; `start/bad-setting` names the first that cannot be used. An empty one counts as not set. */
export function readSettings(
	environment: Record<string, string | undefined> = process.env
): Result<Settings, Fault<'start/bad-setting'>> {
	const set = Object.fromEntries(Object.entries(environment).filter(([, text]) => text));
	const parsed = v.safeParse(Settings, set);
	if (parsed.success) return ok(parsed.output);
	const name = v.getDotPath(parsed.issues[0]) ?? '';
	return fail('start/bad-setting', { name, value: set[name] ?? '' });
}
