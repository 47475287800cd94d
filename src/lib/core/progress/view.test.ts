import { expect, it } from 'vitest';
import type { Event, Happening } from './event.ts';
import { EARLIEST } from './hybrid-time.ts';
import { project } from './project.ts';
import { nextStep, packageProgress, unitProgress } from './view.ts';

let n = 0;
const did = (v: 'initialized' | 'completed', p: string, u: string): Event => {
	n += 1;
	const id = `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}`;
	return { i: id, t: [EARLIEST + n, 0], v, o: { p, u }, c: { l: 'th' } } as Happening & Event;
};
const courses = [
	{ id: 'solar', units: ['one', 'two', 'three'] },
	{ id: 'photos', units: ['light'] }
];

it('counts what is done, and knows nothing of what was never opened', () => {
	const progress = packageProgress(
		project([did('completed', 'solar', 'one'), did('initialized', 'solar', 'two')]),
		'solar'
	);
	expect(progress).toMatchObject({ done: 1, lastUnit: 'two' });
	expect(unitProgress(progress, 'two').state).toBe('begun');
	expect(unitProgress(progress, 'three')).toMatchObject({ state: 'new', share: 0 });
	expect(unitProgress(null, 'one').state).toBe('new');
});

it('the next step goes on where something was begun', () => {
	const facts = project([
		did('initialized', 'solar', 'two'),
		did('completed', 'solar', 'one'),
		did('initialized', 'solar', 'two')
	]);
	expect(nextStep(facts, courses)).toEqual({ package: 'solar', unit: 'two', begun: true });
});

it('the next step is the unit after the last one done, then what was left out before it', () => {
	expect(nextStep(project([did('completed', 'solar', 'one')]), courses)).toMatchObject({
		unit: 'two',
		begun: false
	});
	expect(nextStep(project([did('completed', 'solar', 'three')]), courses)).toMatchObject({ unit: 'one' });
});

it('the next step leaves a package that is done for one that is not, and ends when all is', () => {
	const solar = ['one', 'two', 'three'].map((unit) => did('completed', 'solar', unit));
	expect(nextStep(project(solar), courses)).toEqual({ package: 'photos', unit: 'light', begun: false });
	expect(nextStep(project([...solar, did('completed', 'photos', 'light')]), courses)).toBeNull();
	expect(nextStep({}, [])).toBeNull();
});
