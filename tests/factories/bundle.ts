/** Modules of the app as one script for a page of the tests. */
import { build, type Rolldown } from 'vite';

export async function bundleOf(entry: string): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'entry' } }
	});
	return (built as Rolldown.RolldownOutput[])[0]!.output[0].code;
}
