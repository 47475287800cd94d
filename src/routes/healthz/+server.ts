import type { RequestHandler } from './$types';

/** The process lives. Whether it can serve is `/readyz`. */
export const GET: RequestHandler = () => new Response('ok\n', { headers: { 'cache-control': 'no-store' } });
