import adapter from '@sveltejs/adapter-node';
import { release } from './vite/release.ts';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: release(adapter({ precompress: true })),
		// Which release it is stands in the page, not in scripts (vite/import-map.ts).
		version: { name: 'setara' },
		inlineStyleThreshold: 60_000,
		// A deep link that the worker answers with the shell must find its scripts from any depth.
		paths: { relative: false },
		serviceWorker: { register: false },
		// Our hooks refuse forms of other sites themselves, at least as strictly (isForeignForm; ADR 0121).
		csrf: { trustedOrigins: ['*'] },
		// The same list as APP_POLICY in src/lib/server/http/headers.ts (a test compares them); rendered pages get
		// nonces, prerendered ones hashes. Blobs may come from other sources, a hub on the local network say.
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:'],
				'frame-src': ['self'],
				'frame-ancestors': ['none'],
				'connect-src': ['self', 'http:', 'https:'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self']
			}
		},
		typescript: {
			config: (config) => {
				config.include.push('../tests/**/*.ts', '../bench/**/*.ts', '../src/cli/**/*.ts');
				// The worker is checked with the rest: it uses nothing of a worker's own types (service-worker/scope.ts).
				config.exclude = config.exclude.filter((path) => !path.includes('service-worker'));
			}
		}
	}
};
