import { answer } from '$lib/server/http/answer.ts';
import { ENDPOINTS } from '$lib/server/http/endpoints.ts';
import { describeEndpoints } from '$lib/server/http/openapi.ts';
import type { RequestHandler } from './$types';

let description: ReturnType<typeof describeEndpoints> | undefined;

/** What this server answers, for programs. */
export const GET: RequestHandler = (event) => answer(event, (description ??= describeEndpoints(ENDPOINTS)));
