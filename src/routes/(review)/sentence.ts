/** What went wrong, in the language of the page: what the server said, else the sentence of the code. */
import type { Key } from '$lib/i18n/keys.ts';
import type { Translate } from '$lib/i18n/translate.ts';

export const sentence = (
	{ code, message, params }: { code: string; message?: string; params?: Record<string, string | number> },
	t: Translate
): string => message ?? t(`faults.${code}` as Key, params);
