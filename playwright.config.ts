import { defineConfig } from '@playwright/test';

/** Browser tests: a real Chromium, the built app, a server a file (tests/e2e/server.ts). One at a time: 2 cores. */
export default defineConfig({
	testDir: 'tests',
	testMatch: ['e2e/**/*.e2e.ts', '**/*.browser.ts'],
	workers: 1,
	fullyParallel: false,
	retries: 0,
	timeout: 120_000,
	reporter: 'list'
});
