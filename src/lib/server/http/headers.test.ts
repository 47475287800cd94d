import type { Config } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { APP_POLICY } from './headers.ts';

const KEYWORDS = new Set(['self', 'none']);

describe('the policy of pages (SRV-3)', () => {
	it('is the same in the build and in what stands before it', async () => {
		// JavaScript without types of its own.
		const path: string = '../../../../svelte.config.js';
		const { default: config } = (await import(path)) as { default: Config };
		const directives = Object.entries(config.kit?.csp?.directives ?? {}).map(([name, sources]) =>
			[name, ...(sources as string[]).map((source) => (KEYWORDS.has(source) ? `'${source}'` : source))].join(
				' '
			)
		);
		expect(directives.sort()).toEqual(APP_POLICY.split('; ').sort());
	});

	it('lets nothing run that did not come with the build', () => {
		expect(APP_POLICY).toContain("script-src 'self';");
		expect(APP_POLICY).not.toMatch(/unsafe|\*|script-src [^;]*(http|data|blob)/);
	});
});
