import { SIMULATION_HEADERS } from '$lib/core/lessons/simulation.ts';
import { parse, refuse } from '$lib/server/http/answer.ts';
import { addressOf, SimulationAddress } from '$lib/server/http/queries.ts';
import { services } from '$lib/server/start/services.ts';
import type { RequestHandler } from './$types';

/** A simulation in one language, as a document that reaches nothing (formats.md, Simulations). */
export const GET: RequestHandler = async (event) => {
	const asked = parse(SimulationAddress, addressOf(event));
	if (!asked.ok) return refuse(event, 400, asked.fault);
	const { library } = await services();
	const page = await library.simulation(asked.value.package, asked.value.simulation, asked.value.tag);
	if (!page.ok) return refuse(event, 404, page.fault);
	return new Response(page.value, {
		headers: { ...SIMULATION_HEADERS, 'cache-control': 'no-cache' }
	});
};
