/** The keys that `t` takes, read off the English catalogues, so that a missing key is a type error. */
import type account from '../../../locales/en/account.json';
import type check from '../../../locales/en/check.json';
import type common from '../../../locales/en/common.json';
import type faults from '../../../locales/en/faults.json';
import type lesson from '../../../locales/en/lesson.json';
import type file from '../../../locales/en/file.json';
import type library from '../../../locales/en/library.json';
import type people from '../../../locales/en/people.json';
import type review from '../../../locales/en/review.json';
import type room from '../../../locales/en/room.json';
import type settings from '../../../locales/en/settings.json';
import type sources from '../../../locales/en/sources.json';
import type sync from '../../../locales/en/sync.json';
import type teach from '../../../locales/en/teach.json';
import type week from '../../../locales/en/week.json';
import type workFaults from '../../../locales/en/work-faults.json';

interface Namespaces {
	account: typeof account;
	check: typeof check;
	common: typeof common;
	faults: typeof faults & typeof workFaults;
	lesson: typeof lesson;
	file: typeof file;
	library: typeof library;
	people: typeof people;
	review: typeof review;
	room: typeof room;
	settings: typeof settings;
	sources: typeof sources;
	sync: typeof sync;
	teach: typeof teach;
	week: typeof week;
}

/** `units_one` and `units_other` are both asked for as `units`. */
export type WithoutPlural<Key> =
	Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Key;

export type Key = {
	[Namespace in keyof Namespaces]: `${Namespace}.${WithoutPlural<keyof Namespaces[Namespace] & string>}`;
}[keyof Namespaces];
