import { expect, it } from 'vitest';
import faults from '../../../../locales/en/faults.json' with { type: 'json' };
import { TRUST_FAULTS } from './types.ts';

it('every code of trust has one sentence, and no sentence is without a code', () => {
	const sentences = Object.keys(faults).filter((code) => code.startsWith('trust/'));
	expect(sentences.sort()).toEqual([...TRUST_FAULTS].sort());
});
