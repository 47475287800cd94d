import { describe, expect, it } from 'vitest';
import check from '../../../../locales/en/check.json' with { type: 'json' };
import faults from '../../../../locales/en/faults.json' with { type: 'json' };
import { PACKAGE_FAULTS } from './faults.ts';
import { SOURCE_FAULTS } from './source/faults.ts';

describe('the codes of packages', () => {
	it('have one sentence each', () => {
		for (const code of PACKAGE_FAULTS) expect(faults).toHaveProperty([code]);
	});

	it('of what authors write have one sentence each, and no sentence is without a code', () => {
		expect(Object.keys(check).sort()).toEqual([...SOURCE_FAULTS].sort());
	});
});
