/**
 * A simulation's document of a unit that passed every check, laid where the worker finds it (DEV-33): so the worker
 * carries none of what composes and checks, and can serve nothing that was not opened here.
 */
import * as v from 'valibot';
import { SimulationWords } from '../../core/lessons/content.ts';
import { composeSimulation, SIMULATION_HEADERS } from '../../core/lessons/simulation.ts';
import type { PackFiles } from '../../core/packages/pack.ts';
import { SIMULATIONS } from '../db/names.ts';

/** Composes and keeps it under its address. Without it the frame asks the server, or shows the text instead. */
export async function keepSimulation(
	url: string,
	{ id, language }: { id: string; language: string },
	files: { shared: PackFiles; language: PackFiles }
): Promise<void> {
	const html = files.shared.text(`sims/${id}.html`);
	const words = v.safeParse(
		v.pipe(v.string(), v.parseJson(), SimulationWords),
		files.language.text(`sims/${id}.json`)
	);
	if (html === null || !words.success || !('caches' in globalThis)) return;
	const document = new Response(composeSimulation(html, language, words.output.words), {
		headers: SIMULATION_HEADERS
	});
	// A full store keeps the lesson from nothing but the simulation.
	await caches
		.open(SIMULATIONS)
		.then((cache) => cache.put(url, document))
		.catch(() => undefined);
}
