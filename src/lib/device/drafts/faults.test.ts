import { expect, it } from 'vitest';
import teach from '../../../../locales/en/teach.json' with { type: 'json' };
import faults from '../../../../locales/en/work-faults.json' with { type: 'json' };
import { DRAFT_PROBLEMS } from '../../core/drafts/problem.ts';
import { TEMPLATE_WORDS } from '../../core/drafts/templates.ts';
import { WORK_FAULTS } from '../../core/drafts/work-file.ts';
import { DRAFT_FAULTS } from './api.ts';

const OF_FILES = WORK_FAULTS.filter((code) => code.startsWith('work-file/'));

it.each([...DRAFT_FAULTS, ...DRAFT_PROBLEMS, ...OF_FILES])(
	'DRA-11 says %s in one sentence or two',
	(code) => {
		expect((faults as Record<string, string>)[code]).toMatch(/^[A-Z].*\.$/);
	}
);

it.each(TEMPLATE_WORDS)('DRA-5 has a word for %s', (word) => {
	expect((teach as Record<string, string>)[`word-${word}`]).toBeTruthy();
});
