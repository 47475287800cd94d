import { sveltekit } from '@sveltejs/kit/vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { announcer } from './vite/announcer.ts';
import { catalogues } from './vite/catalogues.ts';
import { chunkNames } from './vite/chunk-names.ts';
import { firstVisit } from './vite/first-visit.ts';
import { icons } from './vite/icons.ts';
import { importMap } from './vite/import-map.ts';
import { root } from './vite/root.ts';

export default defineConfig({
	plugins: [announcer(), catalogues(), icons(), root(), chunkNames(), sveltekit(), importMap(), firstVisit()],
	// Its ES module, which is a quarter smaller than the wrapped CommonJS that its package names first.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.min.mjs' }] },
	test: {
		environment: 'node',
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
					exclude: [...configDefaults.exclude, '**/*.pg.test.ts']
				}
			},
			{
				// One PostgreSQL for all of them, started only when one of them runs.
				extends: true,
				test: {
					name: 'pg',
					include: ['src/**/*.pg.test.ts', 'tests/**/*.pg.test.ts'],
					globalSetup: 'tests/factories/postgres.ts',
					testTimeout: 20_000,
					hookTimeout: 30_000
				}
			}
		]
	}
});
