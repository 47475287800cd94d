/**
 * Whether a simulation's document can do its work in the frame that it gets (SRC-9). The frame's policy is what holds
 * it; this finds, before anyone signs, what the policy would silently take away, and what it cannot see.
 */
import { MAX_SIMULATION_BYTES, WORDS_SLOT } from './simulation.ts';

export const SIMULATION_FAULTS = [
	'simulation/no-language',
	'simulation/no-words-slot',
	'simulation/outside-reference',
	'simulation/element-refused',
	'simulation/too-large'
] as const;

type SimulationFaultCode = (typeof SIMULATION_FAULTS)[number];
export interface SimulationFault {
	code: SimulationFaultCode;
	line: number;
	params?: Record<string, string>;
}

// XML namespaces are names, never fetched.
const NAMESPACE = /https?:\/\/www\.w3\.org\/(?:2000\/svg|1999\/xlink|1999\/xhtml|1998\/Math\/MathML)/g;
const OUTSIDE =
	/\b(?:https?|wss?|ftp|file|blob):\/\/|(?:src|href|action|poster|srcset|data)\s*=\s*["']?\s*(?!["']|#|data:|[\s>])[^\s"'>]*[./][^\s"'>]*|@import\b|url\(\s*["']?(?!data:|#)|\bimport\s*\(|\bimportScripts\b/gi;
const REFUSED =
	/<(?:iframe|frame|frameset|object|embed|portal|fencedframe|base|link|applet|form)\b|shadowrootmode|http-equiv\s*=\s*["']?refresh|\bRTC(?:PeerConnection|DataChannel)\b/gi;

/** Every fault of a simulation's document, with its line. */
export function checkSimulation(html: string): SimulationFault[] {
	if (new TextEncoder().encode(html).length > MAX_SIMULATION_BYTES)
		return [{ code: 'simulation/too-large', line: 1 }];
	const faults: SimulationFault[] = [];
	if (!html.includes('<html lang="{{lang}}">')) faults.push({ code: 'simulation/no-language', line: 1 });
	if (html.match(new RegExp(WORDS_SLOT, 'g'))?.length !== 1) {
		faults.push({ code: 'simulation/no-words-slot', line: 1 });
	}
	const plain = html.replace(NAMESPACE, (name) => ' '.repeat(name.length));
	const found: [RegExp, SimulationFaultCode][] = [
		[OUTSIDE, 'simulation/outside-reference'],
		[REFUSED, 'simulation/element-refused']
	];
	for (const [pattern, code] of found) {
		for (const match of plain.matchAll(pattern)) {
			const line = plain.slice(0, match.index).split('\n').length;
			faults.push({ code, line, params: { text: match[0].slice(0, 60) } });
		}
	}
	return faults;
}
