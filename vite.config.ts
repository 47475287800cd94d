import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { catalogues } from './vite/catalogues.ts';
import { icons } from './vite/icons.ts';

export default defineConfig({
	plugins: [catalogues(), icons(), sveltekit()],
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		environment: 'node'
	}
});
