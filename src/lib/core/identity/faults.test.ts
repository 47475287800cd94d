import { expect, it } from 'vitest';
import sentences from '../../../../locales/en/work-faults.json' with { type: 'json' };
import { PEOPLE_FAULTS } from './faults.ts';

it('every code of people has one sentence, and every sentence its code', () => {
	const written = Object.keys(sentences).filter((code) => code.startsWith('people/'));
	expect(written.sort()).toEqual([...PEOPLE_FAULTS].sort());
});
