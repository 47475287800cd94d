/** Learners who have no browser: they join, answer and mark through the API, as their phones would. */
import type { Mark } from '../../src/lib/core/progress/marks.ts';
import type { UnitPage } from '../../src/lib/core/lessons/unit-page.ts';
import { eventText, newId, pushOf } from './people.ts';

export interface Said {
	place: string;
	mark: Mark;
	isRight: boolean;
	/** Beside the mark. */
	words?: string;
	/** Read in it. */
	language?: string;
}

/** Joins, marks the place and answers the unit's first question of one choice, and pushes both. */
export async function learnerSays(
	origin: string,
	name: string,
	page: Pick<UnitPage, 'package' | 'unit' | 'languagePart' | 'sharedPart' | 'quiz'>,
	{ place, mark, isRight, words, language = 'lo' }: Said
): Promise<void> {
	const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
		fetch(`${origin}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin, ...headers },
			body: JSON.stringify(body)
		});
	const joined = await post('/api/account/join', { name, password: `${name} reads a lot`, language: 'lo' });
	if (!joined.ok) throw new Error(`${name} did not join: ${await joined.text()}`);
	const { token } = (await joined.json()) as { token: string };

	const { id } = page.package;
	const unit = page.unit.id;
	const keys = page.quiz?.items.map(({ key }) => key) ?? [];
	const item = keys.find((key) => key.kind === 'single');
	if (!item) throw new Error('the unit has no question of one choice');
	const choice = isRight ? item.key : item.options.find((each) => each !== item.key)!;
	const events = [
		eventText({
			v: 'commented',
			o: { p: id, u: unit },
			r: { k: place, m: mark, ...(words === undefined ? {} : { x: words }) },
			c: { l: language, d: page.languagePart }
		}),
		eventText({
			v: 'answered',
			o: { p: id, u: unit, q: item.id },
			r: { a: { kind: 'single', choice }, y: isRight },
			c: { l: language, d: page.sharedPart, a: newId() }
		})
	];
	const pushed = await post('/api/progress', pushOf(newId(), events, 1, null), {
		authorization: `Bearer ${token}`
	});
	const answer = (await pushed.json()) as { refused?: unknown[] };
	if (!pushed.ok || answer.refused?.length !== 0) throw new Error(JSON.stringify(answer));
}
