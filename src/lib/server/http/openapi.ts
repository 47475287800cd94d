/** Describes the endpoints as OpenAPI 3.1, from the schemas that they parse and answer by. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { Refusal } from './answer.ts';
import type { Endpoint } from './endpoint.ts';

type Json = Record<string, unknown>;

export function describeEndpoints(endpoints: readonly Endpoint[]): Json {
	const paths: Record<string, Json> = {};
	for (const endpoint of endpoints) {
		paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: describeOne(endpoint) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: 'Setara',
			version: '1',
			description:
				'What the pages and phones of Setara ask its server. Faults are JSON: a stable code, a sentence in the ' +
				'language of `?lang=` or Accept-Language, and what the sentence names.',
			license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' }
		},
		paths,
		components: { schemas: { Refusal: schemaOf(Refusal) } }
	};
}

function describeOne({ method, path, does, address, body, answer, faults, ranges }: Endpoint): Json {
	const responses: Json = { 200: { description: 'As asked for', ...contentOf(answer) } };
	if (ranges) {
		responses[206] = { description: 'The range that was asked for', ...contentOf(answer) };
		responses[304] = { description: 'Unchanged, by its ETag' };
		responses[416] = { description: 'The range lies outside' };
	}
	for (const [status, codes] of Object.entries(faults ?? {})) {
		responses[status] = {
			description: codes.join(', '),
			content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } }
		};
	}
	return {
		operationId: `${method}${path.replace(/[^a-z]+(.|$)/gi, (_, letter: string) => letter.toUpperCase())}`,
		summary: does,
		...(address ? { parameters: parametersOf(path, schemaOf(address)) } : {}),
		...(body ? { requestBody: { required: true, ...contentOf(body) } } : {}),
		responses
	};
}

function parametersOf(path: string, schema: Json): Json[] {
	const required = (schema['required'] ?? []) as string[];
	return Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(([name, each]) => {
		const inPath = path.includes(`{${name}}`);
		return {
			name,
			in: inPath ? 'path' : 'query',
			required: inPath || required.includes(name),
			schema: each
		};
	});
}

function contentOf(answer: GenericSchema | string | null): Json {
	if (answer === null) return {};
	return typeof answer === 'string'
		? { content: { [answer]: {} } }
		: { content: { 'application/json': { schema: schemaOf(answer) } } };
}

/** Checks that JSON Schema cannot say (a well-formed address, say) are left out, never the shape. */
function schemaOf(schema: GenericSchema): Json {
	const described = toJsonSchema(schema, {
		target: 'draft-2020-12',
		typeMode: 'input',
		errorMode: 'ignore'
	}) as Json;
	delete described['$schema'];
	return described;
}
