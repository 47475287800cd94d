/** Vite plugin: `virtual:icon/<name>[-bold|-fill]` is the path of that Phosphor icon, so a page carries only what it draws. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:icon/';

export function icons(): Plugin {
	return {
		name: 'setara-icons',
		resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
		load(id) {
			if (!id.startsWith(`\0${PREFIX}`)) return null;
			const name = id.slice(PREFIX.length + 1);
			const weight = /-(bold|fill)$/.exec(name)?.[1] ?? 'regular';
			const svg = readFileSync(`node_modules/@phosphor-icons/core/assets/${weight}/${name}.svg`, 'utf8');
			const paths = Array.from(svg.matchAll(/<path d="([^"]+)"/g), (match) => match[1]);
			if (paths.length === 0) this.error(`${name} has no path`);
			return `export default ${JSON.stringify(paths.join(''))}`;
		}
	};
}
