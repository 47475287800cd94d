/**
 * Vite plugin: `virtual:root` is the root that the app is built with (`SETARA_ROOT`, a TUF root.json), as text, or ''
 * where the phone takes it with the first catalogue (docs/adr/0040-whose-root.md).
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ID = 'virtual:root';

export function root(path = process.env.SETARA_ROOT): Plugin {
	return {
		name: 'setara-root',
		resolveId: (id) => (id === ID ? `\0${ID}` : null),
		load(id) {
			if (id !== `\0${ID}`) return null;
			if (path) this.addWatchFile(path);
			return `export default ${JSON.stringify(path ? readFileSync(path, 'utf8') : '')}`;
		}
	};
}
