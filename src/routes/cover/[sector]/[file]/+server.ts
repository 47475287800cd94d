import { error } from '@sveltejs/kit';
import { isId } from '$lib/core/base/ids.ts';
import { SECTORS } from '$lib/core/base/vocabulary.ts';
import { coverPng } from '../../png.ts';
import type { RequestHandler } from './$types';

/** `/cover/<sector>/<id>.png`: a package's cloth as the picture that chats show beside a link. */
export const GET: RequestHandler = ({ params }) => {
	const sector = SECTORS.find((each) => each === params.sector);
	const id = params.file.replace(/\.png$/, '');
	if (!sector || !isId(id) || id === params.file) error(404);
	return new Response(coverPng(id, sector), {
		headers: { 'content-type': 'image/png', 'cache-control': 'public, max-age=31536000, immutable' }
	});
};
