import { expect, it } from 'vitest';
import words from '../../../locales/en/faults.json' with { type: 'json' };
import { DEVICE_FAULTS } from './faults.ts';

it.each(DEVICE_FAULTS)('says %s in one sentence or two (DEV-40)', (code) => {
	expect((words as Record<string, string>)[code]).toMatch(/^[A-Z].*\.$/);
});
