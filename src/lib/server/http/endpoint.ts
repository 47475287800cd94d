/** How an endpoint is described. */
import type * as v from 'valibot';

export interface Endpoint {
	method: 'get' | 'post' | 'put' | 'delete' | 'patch' | 'head' | 'options';
	/** With its parameters in braces: `/api/library/{id}`. */
	path: string;
	does: string;
	/** What stands in the path and in the query. */
	address?: v.GenericSchema;
	body?: v.GenericSchema | string;
	/** The schema of a JSON answer, or the media type of any other; null where there is no body. */
	answer: v.GenericSchema | string | null;
	/** Codes by status. */
	faults?: Record<number, readonly string[]>;
	/** Answers `Range`, with 206 and 416. */
	ranges?: boolean;
}
