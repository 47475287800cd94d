import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { initTrust, refresh, type TrustedCatalogue } from '../lib/core/trust/client.ts';
import { fetchBytes, httpFetcher } from '../lib/core/trust/http.ts';
import { verifyStandardKey } from '../lib/core/trust/keys-standard.ts';
import { checkTarget, lookUpTarget } from '../lib/core/trust/look-up.ts';
import { fileStore } from '../lib/server/trust/file-store.ts';
import { readIfThere, writeWhole } from '../lib/server/trust/files.ts';

const USAGE = `setara tuf --metadata-dir D init ROOT
setara tuf --metadata-dir D --metadata-url U refresh
setara tuf --metadata-dir D --metadata-url U --target-name N --target-base-url B --target-dir T download`;

/**
 * The phone's TUF client over http and files, with the interface of CLIENT-CLI.md in theupdateframework/tuf-conformance.
 * Exit code 0, or 1 with the fault's code on the error stream.
 */
export async function run(args: string[]): Promise<number> {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				'metadata-dir': { type: 'string' },
				'metadata-url': { type: 'string' },
				'target-name': { type: 'string', multiple: true },
				'target-base-url': { type: 'string' },
				'target-dir': { type: 'string' }
			}
		});
		const [verb, rootFile] = positionals;
		const folder = values['metadata-dir'];
		if (!folder || !verb) return refuse(USAGE);
		const store = fileStore(folder);
		if (verb === 'init') {
			const root = rootFile ? await readIfThere(rootFile) : null;
			if (!root) return refuse('init: no such root file');
			for (const name of ['root.json', 'anchor']) await store.delete(name);
			await initTrust(store, root);
			return 0;
		}
		if ((verb !== 'refresh' && verb !== 'download') || !values['metadata-url']) return refuse(USAGE);
		const fetcher = httpFetcher(values['metadata-url'], fetch);
		const catalogue = await refresh(store, fetcher, Date.now(), { verify: verifyStandardKey });
		if (!catalogue.ok) return refuse(JSON.stringify(catalogue.fault));
		const { 'target-name': names = [], 'target-base-url': base, 'target-dir': to } = values;
		if (verb === 'refresh') return 0;
		if (!base || !to || names.length === 0) return refuse(USAGE);
		for (const name of names) {
			const code = await download(catalogue.value, name, base, to);
			if (code !== 0) return code;
		}
		return 0;
	} catch (error) {
		return refuse((error as Error).message);
	}
}

async function download(
	catalogue: TrustedCatalogue,
	name: string,
	base: string,
	folder: string
): Promise<number> {
	const target = await lookUpTarget(catalogue, name);
	if (!target.ok) return refuse(JSON.stringify(target.fault));
	const path = join(folder, encodeURIComponent(name));
	const stored = await readIfThere(path);
	if (stored && (await checkTarget(target.value, stored)).ok) return 0;
	const at = name.lastIndexOf('/') + 1;
	const hash = Object.values(target.value.hashes)[0];
	const prefixed = catalogue.session.root.signed.consistent_snapshot
		? `${name.slice(0, at)}${hash}.${name.slice(at)}`
		: name;
	const url = `${base.replace(/\/$/, '')}/${prefixed.split('/').map(encodeURIComponent).join('/')}`;
	const fetched = await fetchBytes(url, target.value.length, fetch);
	const checked = fetched.ok ? await checkTarget(target.value, fetched.value) : fetched;
	if (!checked.ok) return refuse(JSON.stringify(checked.fault));
	await writeWhole(path, checked.value);
	return 0;
}

function refuse(why: string): number {
	console.error(why);
	return 1;
}
