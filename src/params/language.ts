import { isLanguage } from '$lib/core/base/languages.ts';

export const match = (param: string): boolean => isLanguage(param);
