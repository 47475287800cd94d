/** `setara build`: the app, where it is missing or older than its sources. */
import { createCliTranslate, describeFault } from '../lib/i18n/node.ts';
import { buildApp } from '../lib/server/start/app-build.ts';
import { readSettings } from '../lib/server/start/settings.ts';

export async function run(): Promise<number> {
	const t = createCliTranslate();
	const settings = readSettings();
	const built = settings.ok
		? await buildApp({ rootFile: settings.value.SETARA_ROOT, onBuild: () => console.log(t('cli.building')) })
		: settings;
	if (!built.ok) console.error(describeFault(t, built.fault));
	return built.ok ? 0 : 1;
}
