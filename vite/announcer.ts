/**
 * Vite plugin: SvelteKit's announcer of page changes hides itself by a `style` attribute, which our policy refuses
 * (`style-src 'self'`); it is hidden by our own class instead.
 */
import type { Plugin } from 'vite';

export function announcer(): Plugin {
	return {
		name: 'setara-announcer',
		enforce: 'pre',
		transform(code, id) {
			if (!id.endsWith('/generated/root.svelte')) return null;
			const changed = code.replace(/(id="svelte-announcer"[^>]*?) style="[^"]*"/, '$1 class="unseen"');
			if (changed === code) this.error('the announcer has changed: look at write_root.js of SvelteKit');
			return { code: changed, map: null };
		}
	};
}
