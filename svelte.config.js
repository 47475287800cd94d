import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: true }),
		inlineStyleThreshold: 60_000,
		// A deep link that the worker answers with the shell must find its scripts from any depth.
		paths: { relative: false },
		serviceWorker: { register: false },
		typescript: {
			config: (config) => {
				config.include.push('../tests/**/*.ts', '../bench/**/*.ts', '../src/cli/**/*.ts');
			}
		}
	}
};
