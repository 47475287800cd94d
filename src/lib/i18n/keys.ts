/** The keys that `t` takes, read off the English catalogues, so that a missing key is a type error. */
import type account from '../../../locales/en/account.json';
import type common from '../../../locales/en/common.json';
import type faults from '../../../locales/en/faults.json';
import type lesson from '../../../locales/en/lesson.json';
import type library from '../../../locales/en/library.json';
import type settings from '../../../locales/en/settings.json';
import type sync from '../../../locales/en/sync.json';

interface Namespaces {
	account: typeof account;
	common: typeof common;
	faults: typeof faults;
	lesson: typeof lesson;
	library: typeof library;
	settings: typeof settings;
	sync: typeof sync;
}

/** `units_one` and `units_other` are both asked for as `units`. */
export type WithoutPlural<Key> =
	Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Key;

export type Key = {
	[Namespace in keyof Namespaces]: `${Namespace}.${WithoutPlural<keyof Namespaces[Namespace] & string>}`;
}[keyof Namespaces];
