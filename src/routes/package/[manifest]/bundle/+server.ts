import * as v from 'valibot';
import { Digest, LanguageTag } from '$lib/core/base/schema.ts';
import { MOST_BASES } from '$lib/core/packages/install-bundle.ts';
import { parse, refuse } from '$lib/server/http/answer.ts';
import { chooseEncoding } from '$lib/server/http/encoding.ts';
import { isUnchanged } from '$lib/server/http/conditions.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

const Address = v.object({
	manifest: Digest,
	parts: v.pipe(
		v.string(),
		v.maxLength(800),
		v.transform((text) => text.split(',').filter((part) => part !== 'shared')),
		v.array(LanguageTag),
		v.maxLength(20)
	),
	bases: v.pipe(
		v.string(),
		v.maxLength(MOST_BASES * 65),
		v.transform((text) => text.split(',').filter(Boolean)),
		v.array(Digest),
		v.maxLength(MOST_BASES)
	)
});

/** What an install asks for first, in one answer (core/packages/install-bundle.ts). */
export const GET: RequestHandler = async (event) => {
	const { url, params, request } = event;
	const asked = parse(Address, {
		...params,
		parts: url.searchParams.get('parts') ?? '',
		bases: url.searchParams.get('bases') ?? ''
	});
	if (!asked.ok) return refuse(event, 400, asked.fault);
	const { manifest, parts, bases } = asked.value;
	const languages = [...new Set(parts)].sort();
	const encoding = chooseEncoding(request.headers.get('accept-encoding'));
	const headers = new Headers({ 'content-type': 'application/vnd.setara.bundle', vary: 'accept-encoding' });
	if (bases.length > 0) {
		// Frames with these bases may be made later: kept for as long as a person thinks about what is offered.
		headers.set('cache-control', 'private, max-age=600');
	} else {
		// At one address nothing but the encoding differs (SRV-32).
		const etag = `"${encoding ?? 'plain'}"`;
		headers.set('etag', etag);
		headers.set('cache-control', 'public, max-age=31536000, immutable');
		if (isUnchanged(request.headers.get('if-none-match'), etag))
			return new Response(null, { status: 304, headers });
	}
	const { bundles } = await services();
	const body = await bundles.of(manifest, languages, encoding, bases);
	if (!body.ok) return refuse(event, 404, body.fault);
	if (encoding) headers.set('content-encoding', encoding);
	headers.set('content-length', String(body.value.length));
	return new Response(body.value as Uint8Array<ArrayBuffer>, { headers });
};
