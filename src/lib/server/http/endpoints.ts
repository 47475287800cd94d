/**
 * Every endpoint, with the schemas that it parses and answers by: what `/api/openapi.json` is made of. A route that is
 * not listed here, or listed and not there, fails a test.
 */
import * as v from 'valibot';
import { LANGUAGE_TAGS } from '../../core/base/languages.ts';
import { Digest } from '../../core/base/schema.ts';
import { SECTORS } from '../../core/base/vocabulary.ts';
import { UnitPageSchema } from '../../core/lessons/unit-schema.ts';
import { LibraryPage, PackagePage } from '../../core/protocol/library.ts';
import type { Endpoint } from './endpoint.ts';
import { FEEDBACK_ENDPOINTS } from './feedback-endpoints.ts';
import { HAND_IN_ENDPOINTS } from './hand-in-endpoints.ts';
import { PEOPLE_ENDPOINTS } from './people-endpoints.ts';
import { REVIEW_ENDPOINTS } from './review-endpoints.ts';
import { LibraryQuery, PackageAddress, SimulationAddress, UnitAddress } from './queries.ts';

const bad = { 400: ['http/bad-request'] };
const gone = { 404: ['http/not-found'] };
const bytes = 'application/octet-stream';
const asksFirst = 'What a browser asks before it reads a range from another origin (SRV-24).';

const Welcome = v.object({
	language: v.picklist(LANGUAGE_TAGS),
	chosen: v.nullable(v.picklist(LANGUAGE_TAGS)),
	/** What going on costs in that language, in bytes, where the build has measured it. */
	bytes: v.nullable(v.number())
});

const Readiness = v.object({
	ready: v.boolean(),
	checks: v.record(v.picklist(['database', 'blobs', 'catalogue']), v.boolean())
});

export const ENDPOINTS: readonly Endpoint[] = [
	{
		method: 'get',
		path: '/api/library',
		does: 'The packages that can be had, titled in a language.',
		address: LibraryQuery,
		answer: LibraryPage,
		faults: bad
	},
	{
		method: 'get',
		path: '/api/library/{id}',
		does: 'A package: what is in it, who approved it, what each language and tier costs to fetch.',
		address: PackageAddress,
		answer: PackagePage,
		faults: { ...bad, 404: ['library/not-found'], 410: ['trust/recalled'] }
	},
	{
		method: 'get',
		path: '/api/library/{id}/{unit}',
		does: 'One unit, for reading online.',
		address: UnitAddress,
		answer: UnitPageSchema,
		faults: {
			...bad,
			404: ['library/not-found', 'lesson/not-found'],
			410: ['trust/recalled'],
			500: ['lesson/bad-content']
		}
	},
	{
		method: 'get',
		path: '/tuf/bundle',
		does: 'The catalogue files that a phone lacks, in one answer (docs/spec/trust.md, TRU-13).',
		address: v.object({
			root: v.optional(v.string()),
			ts: v.optional(v.string()),
			roles: v.optional(v.string())
		}),
		answer: 'application/vnd.setara.bundle',
		faults: bad
	},
	{
		method: 'get',
		path: '/tuf/{file}',
		does: 'One file of the catalogue, as any TUF client asks for it.',
		address: v.object({ file: v.string() }),
		answer: 'application/json',
		faults: gone
	},
	{
		method: 'get',
		path: '/package/{manifest}/bundle',
		does: 'Manifest, part manifests and statements of a version, in one answer (docs/spec/package.md).',
		address: v.object({ manifest: Digest, parts: v.string() }),
		answer: 'application/vnd.setara.bundle',
		faults: { ...bad, 404: ['library/not-found'] }
	},
	{
		method: 'get',
		path: '/blob/{digest}',
		does: 'A blob by its SHA-256.',
		address: v.object({ digest: Digest }),
		answer: bytes,
		faults: gone,
		ranges: true
	},
	{
		method: 'options',
		path: '/blob/{digest}',
		does: asksFirst,
		address: v.object({ digest: Digest }),
		answer: null
	},
	{
		method: 'get',
		path: '/pack/{base}/{frame}',
		does: 'A pack as one zstd frame, its SHA-256 and `.zst`; with the pack `base` as dictionary, or by itself (`0`).',
		address: v.object({ base: v.string(), frame: v.string() }),
		answer: bytes,
		faults: gone,
		ranges: true
	},
	{
		method: 'options',
		path: '/pack/{base}/{frame}',
		does: asksFirst,
		address: v.object({ base: v.string(), frame: v.string() }),
		answer: null
	},
	{
		method: 'get',
		path: '/media/{file}',
		does: 'Media under its checked type: SHA-256 and ending.',
		address: v.object({ file: v.string() }),
		answer: 'video/mp4',
		faults: gone,
		ranges: true
	},
	{
		method: 'get',
		path: '/sim/{package}/{simulation}/{tag}',
		does: 'A simulation in one language, as a document that reaches nothing.',
		address: SimulationAddress,
		answer: 'text/html',
		faults: { ...bad, 404: ['library/not-found'] }
	},
	{
		method: 'get',
		path: '/cover/{sector}/{file}',
		does: 'The cloth of a package as a picture, for a link shared in a chat.',
		address: v.object({ sector: v.picklist(SECTORS), file: v.string() }),
		answer: 'image/png',
		faults: gone
	},
	{
		method: 'get',
		path: '/api/welcome',
		does: 'What the first page needs to know of a phone that was never here.',
		answer: Welcome
	},
	...PEOPLE_ENDPOINTS,
	...HAND_IN_ENDPOINTS,
	...REVIEW_ENDPOINTS,
	...FEEDBACK_ENDPOINTS,
	{ method: 'get', path: '/healthz', does: 'The process lives.', answer: 'text/plain' },
	{
		method: 'get',
		path: '/readyz',
		does: 'Whether database, blobs and catalogue can serve; 503 when not.',
		answer: Readiness
	},
	{ method: 'get', path: '/api/openapi.json', does: 'This description.', answer: 'application/json' }
];
