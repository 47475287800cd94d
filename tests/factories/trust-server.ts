import { createServer, type Server } from 'node:http';
import { sha256, utf8 } from '../../src/lib/core/base/hash.ts';
import { bundleFetcher, bundleQuery, readBundle as unpack } from '../../src/lib/core/trust/bundle.ts';
import { refresh } from '../../src/lib/core/trust/client.ts';
import type { TrustStore } from '../../src/lib/core/trust/types.ts';
import type { Trust } from '../../src/lib/server/trust/open.ts';
import {
	parseBundleQuery,
	readBundle,
	readMetadataFile,
	readTargetFile
} from '../../src/lib/server/trust/serve.ts';
import { approveAsDemonstration, type Publication } from '../../src/lib/server/trust/trust.ts';

export const S = await sha256(utf8('shared'));
export const TH = await sha256(utf8('th'));
const VI = await sha256(utf8('vi'));
export const parts = { packageId: 'rooftop-solar', version: '1.0.0', shared: S, parts: { th: TH, vi: VI } };
export const manifest = utf8('{"id":"rooftop-solar"}');

/** A publication of one package in two languages, approved by the demonstration committee. */
export const publication = async (trust: Trust, v: number, now: number): Promise<Publication> => ({
	...{ packageId: 'rooftop-solar', sector: 'energy', v, status: 'current' },
	manifest: { sha256: await trust.blobs.put(manifest), length: manifest.length },
	statements: await approveAsDemonstration(trust, parts, now),
	languages: { th: { title: 'โซลาร์บนหลังคา', bytes: 1200 }, vi: { title: 'Điện mặt trời', bytes: 1100 } }
});

/** One refresh as a phone makes it: the query, the bundle, the ordinary workflow. */
export async function refreshByBundle(
	trust: Trust,
	store: TrustStore,
	now: number,
	roles = ['recalls', 'th'],
	packages: readonly string[] = []
) {
	const query = parseBundleQuery(new URLSearchParams(await bundleQuery(store, roles, packages)));
	if (!query.ok) throw new Error(query.fault.code);
	const bytes = await readBundle(trust, query.value);
	const files = unpack(bytes);
	if (!files.ok) throw new Error(files.fault.code);
	const catalogue = await refresh(store, bundleFetcher(files.value), now);
	if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
	return { catalogue: catalogue.value, names: [...files.value.keys()], bytes };
}

/** Serves metadata and targets as a TUF repository; close the server when done. */
export async function serve(trust: Trust): Promise<{ base: string; server: Server }> {
	const server = createServer((request, response) => {
		const path = decodeURIComponent(request.url!.slice(1));
		const [kind, ...rest] = path.split('/');
		const found =
			kind === 'metadata' ? readMetadataFile(trust, rest[0]!) : readTargetFile(trust, rest.join('/'));
		void found.then((bytes) => response.writeHead(bytes ? 200 : 404).end(bytes ?? ''));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { base: `http://127.0.0.1:${(server.address() as { port: number }).port}`, server };
}
