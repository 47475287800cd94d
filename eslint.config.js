import boundaries from 'eslint-plugin-boundaries';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The rooms of the house (docs/adr/0001-the-house.md), innermost first: the first pattern that fits names the room. */
const ROOMS = [
	['core-base', 'src/lib/core/base/**'],
	['core-protocol', 'src/lib/core/protocol/**'],
	['core', 'src/lib/core/*/**'],
	['library', 'src/lib/library/**'],
	['device-db', 'src/lib/device/db/**'],
	['device-sync', 'src/lib/device/sync/**'],
	['device', 'src/lib/device/*/**'],
	['device', 'src/lib/device/*.ts'],
	['server-base', 'src/lib/server/base/**'],
	['server-db', 'src/lib/server/db/**'],
	['server-http', 'src/lib/server/http/**'],
	['server-start', 'src/lib/server/start/**'],
	['server', 'src/lib/server/*/**'],
	['i18n', 'src/lib/i18n/**'],
	['ui-kit', 'src/lib/ui/kit/**'],
	['ui', 'src/lib/ui/*/**'],
	['hooks', 'src/{hooks.server,hooks}.ts'],
	['worker', 'src/service-worker/**'],
	['cli', 'src/cli/**'],
	['api', 'src/routes/{api,blob,healthz,media,package,pack,readyz,sim,tuf}/**'],
	['pages', 'src/{routes,params}/**']
];

/** A room may use these rooms, and within a layer of nouns only its own noun unless `across` says more. */
const MAY = {
	'core-protocol': ['core-base'],
	core: ['core-base', 'core-protocol'],
	library: ['core-base', 'core-protocol', 'core', 'device'],
	'device-db': ['core-base', 'core-protocol', 'core'],
	'device-sync': ['core-base', 'core-protocol', 'core', 'device-db', 'device'],
	device: ['core-base', 'core-protocol', 'core', 'device-db'],
	'server-db': ['core-base'],
	'server-http': ['core-base', 'core-protocol', 'core', 'server-base', 'i18n'],
	server: ['core-base', 'core-protocol', 'core', 'server-base', 'server-db'],
	'server-start': [
		'core-base',
		'core-protocol',
		'core',
		'server-base',
		'server-db',
		'server-http',
		'server',
		'i18n'
	],
	i18n: ['core-base'],
	'ui-kit': ['core-base', 'core-protocol', 'core', 'i18n'],
	ui: ['core-base', 'core-protocol', 'core', 'i18n', 'ui-kit'],
	hooks: ['core-base', 'server-start', 'server-http', 'i18n'],
	worker: ['core-base', 'core-protocol', 'core', 'device-db', 'device', 'device-sync'],
	cli: ['core-base', 'core-protocol', 'core', 'server-db', 'server', 'server-start', 'i18n'],
	api: ['core-base', 'core-protocol', 'core', 'server', 'server-start', 'server-http', 'i18n'],
	pages: ['core-base', 'core-protocol', 'core', 'library', 'device', 'device-sync', 'ui', 'ui-kit', 'i18n']
};

/** Which noun of a layer may use which other nouns of it. */
const ACROSS = {
	core: {
		// A draft becomes a package source, and its text is a lesson's.
		drafts: ['packages', 'lessons'],
		// What makers see is what logs say.
		feedback: ['progress'],
		lessons: ['packages'],
		packages: ['lessons', 'trust'],
		progress: ['packages', 'lessons'],
		// The joint rule is trust's, and who may do what begins with a person's role.
		review: ['packages', 'lessons', 'trust', 'identity']
	},
	// A draft is the profile's in use, and may be made from a package that is saved here.
	device: { drafts: ['progress', 'packages'] },
	server: { feedback: ['packages'], packages: ['trust'], review: ['packages', 'trust'] },
	// A form that asks the server, with its fault below, is the account's.
	ui: { review: ['lessons', 'account'], drafts: ['lessons'], people: ['account'] }
};

const NOUNS = new Set(Object.keys(ACROSS));
const elementOf = (type, noun) => ({ element: noun ? { type, captured: { noun } } : { type } });

const policies = [
	{ allow: { to: { module: { origin: ['external', 'core'] } } } },
	...ROOMS.map(([type]) => type)
		.filter((type) => !NOUNS.has(type))
		.map((type) => ({ from: elementOf(type), allow: { to: elementOf(type) } })),
	...Object.entries(MAY).map(([from, to]) => ({
		from: elementOf(from),
		allow: { to: { element: { types: { anyOf: to } } } }
	})),
	...Object.keys(ACROSS).map((layer) => ({
		from: elementOf(layer),
		allow: { to: elementOf(layer, '{{ from.element.captured.noun }}') }
	})),
	...Object.entries(ACROSS).flatMap(([layer, nouns]) =>
		Object.entries(nouns).flatMap(([from, to]) =>
			to.map((noun) => ({ from: elementOf(layer, from), allow: { to: elementOf(layer, noun) } }))
		)
	)
];

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'data/', 'content/', 'static/', 'node_modules/', '.cache/'] },
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		files: ['**/*.{ts,svelte}'],
		rules: {
			// The type checker knows every name; every address is made by a function of ours with the language in it.
			'no-undef': 'off',
			'svelte/no-navigation-without-resolve': 'off',
			'max-lines': ['error', { max: 400 }]
		}
	},
	{
		files: ['src/**/*.{ts,svelte}'],
		ignores: ['src/**/*.test.ts'],
		plugins: { boundaries },
		settings: {
			'import/resolver': { typescript: { project: 'tsconfig.json' } },
			'boundaries/elements': ROOMS.map(([type, pattern]) => ({
				type,
				partialMatch: false,
				pattern,
				capture: pattern.includes('/*/**') ? ['noun'] : []
			}))
		},
		rules: { 'boundaries/dependencies': ['error', { default: 'disallow', policies }] }
	}
);
