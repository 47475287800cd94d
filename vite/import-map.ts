/**
 * Vite plugin: files of the app import one another by names without a hash, and each page has the one list that says
 * which file that is now (an import map, put into pages by vite/release.ts). So a release renames what it changed and
 * nothing else: with hashes in their imports, one changed word gave 65 of 142 files new names and new bytes
 * (docs/adr/0108-a-release-changes-few-files.md).
 */
import type { Plugin } from 'vite';

/** As Vite writes it beside the files. */
export const IMPORT_MAP = 'importmap.json';
const HASHED = /[\w.-]+\.[\w-]{8}\.(?:js|css)\b/g;
/** Where a running page finds what release it is of: `app.html` says it, since in a script it would be a change each time. */
const RELEASE = 'document.head.dataset.release';

export function importMap(): Plugin {
	return {
		name: 'setara-import-map',
		apply: 'build',
		config: {
			order: 'post',
			handler: (config) => ({
				build: { chunkImportMap: true },
				// SvelteKit asks with it whether the page is of an older release when a file of it is gone.
				...(config.build?.ssr ? {} : { define: { __SVELTEKIT_APP_VERSION__: RELEASE } })
			})
		},
		generateBundle: {
			order: 'post',
			handler(_options, bundle) {
				const asset = bundle[IMPORT_MAP];
				if (asset?.type !== 'asset') return;
				const { imports } = JSON.parse(String(asset.source)) as { imports: Record<string, string> };
				// Vite's names have a hash too, of what the file is for. A file's own name is enough, and half as long in each page.
				const short = new Map<string, string>();
				const shortened: Record<string, string> = {};
				for (const [name, file] of Object.entries(imports).sort(([, a], [, b]) => (a < b ? -1 : 1))) {
					const plain = name.replace(/\.[\w-]{8}(\.\w+)$/, '$1');
					if (shortened[plain])
						this.error(`${file} and ${shortened[plain]} have one name: see vite/chunk-names.ts`);
					shortened[plain] = file;
					short.set(name.slice(name.lastIndexOf('/') + 1), plain.slice(plain.lastIndexOf('/') + 1));
				}
				asset.source = JSON.stringify({ imports: shortened });
				for (const file of Object.values(bundle)) {
					if (file.type === 'chunk') file.code = file.code.replace(HASHED, (name) => short.get(name) ?? name);
				}
			}
		}
	};
}
