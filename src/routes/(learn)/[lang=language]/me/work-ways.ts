/** The ways from the page of `me` to what somebody makes, reviews or administers. */
import pencil from 'virtual:icon/pencil-simple';
import seal from 'virtual:icon/seal-check';
import user from 'virtual:icon/user';
import type { Language } from '$lib/core/base/languages.ts';
import { may, type Action } from '$lib/core/identity/rights.ts';
import type { Key } from '$lib/i18n/keys.ts';
import { createTranslate } from '$lib/i18n/translate.ts';

/** What somebody may do besides learning. */
export interface Work {
	ways: WorkWay[];
	/** A sentence, where their rights are on hold. */
	held: string | null;
}

interface WorkWay {
	href: string;
	icon: string;
	title: string;
	note: string;
}

const WAYS: readonly { right: Action; path: string; icon: string; title: Key; note: Key }[] = [
	{ right: 'hand-in', path: 'teach', icon: pencil, title: 'teach.mine', note: 'teach.mine-note' },
	{
		...{ right: 'review/read', path: 'review', icon: seal },
		...{ title: 'people.way-review', note: 'people.way-review-note' }
	},
	{ right: 'people/invite', path: 'admin', icon: user, title: 'people.way', note: 'people.way-note' },
	{
		...{ right: 'people/read', path: 'admin', icon: user },
		...{ title: 'people.way-learners', note: 'people.way-learners-note' }
	},
	{
		...{ right: 'audit/read', path: 'admin/log', icon: user },
		...{ title: 'people.section-log', note: 'people.log-text' }
	}
];

/** What this account may do besides learning; with no link, what it could do when the server last said. */
export async function findWork(account: string, language: Language): Promise<Work> {
	const { personHere } = await import('$lib/device/sync/person.ts');
	const person = await personHere(account);
	if (!person) return { ways: [], held: null };
	const open = WAYS.filter(({ right }) => may(person.role, right));
	// An administrator has one way to people, and finds the log there.
	const shown = open.filter(({ path }, at) => {
		const [place] = path.split('/');
		return open.findIndex((each) => each.path.split('/')[0] === place) === at;
	});
	if (shown.length === 0) return { ways: [], held: null };
	const { loadWorkCatalogue } = await import('$lib/i18n/work-catalogue.ts');
	const t = createTranslate(language, await loadWorkCatalogue(language));
	if (person.suspended) return { ways: [], held: t('faults.people/suspended') };
	const ways = shown.map(({ path, icon, title, note }) => ({
		...{ href: `/${language}/${path}`, icon },
		...{ title: t(title), note: t(note) }
	}));
	return { ways, held: null };
}
