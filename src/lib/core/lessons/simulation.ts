/**
 * A simulation on its way into its frame, and what comes back out of it (SRC-9; formats.md, Simulations). It is a
 * stranger: it reaches neither network nor page, and what it says is parsed and counted like any other border.
 */
import * as v from 'valibot';
import { utf8 } from '../base/hash.ts';
import { LanguageTag } from '../base/schema.ts';

export const MAX_SIMULATION_BYTES = 200 * 1024;
const MAX_STATE_BYTES = 4096;

/** What server and worker answer a simulation with. WebRTC and frames, which it does not reach, the prelude takes away. */
export const SIMULATION_CSP =
	"sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; media-src data:";

/**
 * A frame that goes to another host is refused by the policy, but a browser has greeted that host by then, and its name
 * can carry a message. No policy holds that; browsers that know `Connection-Allowlist` (Chromium 156 does) connect nowhere.
 */
export const SIMULATION_HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	'content-security-policy': SIMULATION_CSP,
	'connection-allowlist': '()',
	'x-dns-prefetch-control': 'off',
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer'
} as const;

// Run before anything of the simulation. A frame of its own would have a window of its own with all of this in it
// (`srcdoc` is not under frame-src: tried in Chromium 156), so frames go as soon as they come, by functions that the
// simulation cannot replace. Shadow roots, where a frame cannot be seen, are not to be had, by script here or by the
// parser in `composeSimulation`.
const PRELUDE = `(() => {
const lock = (on, name) => { try { Object.defineProperty(on, name, { value: undefined, writable: false, configurable: false }); } catch {} };
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport', 'WebTransport', 'WebSocket', 'WebSocketStream', 'EventSource', 'XMLHttpRequest', 'fetch', 'fetchLater', 'Worker', 'SharedWorker', 'open']) lock(window, name);
lock(Navigator.prototype, 'sendBeacon');
lock(Element.prototype, 'attachShadow');
for (const on of [Element.prototype, ShadowRoot.prototype]) for (const name of [...Object.getOwnPropertyNames(on), 'setHTML']) if (/HTMLUnsafe$|setHTML$/.test(name)) lock(on, name);
for (const name of ['parseHTMLUnsafe', 'parseHTML']) lock(Document, name);
for (const name of ['write', 'writeln', 'open']) lock(Document.prototype, name);
const find = document.querySelector.bind(document, 'iframe,frame,object,embed,fencedframe,portal');
const remove = Function.prototype.call.bind(Element.prototype.remove);
new MutationObserver(() => { for (let frame; (frame = find()); ) remove(frame); }).observe(document, { childList: true, subtree: true });
})();`;

/**
 * The document of a simulation in one language: the prelude first, the language's tag and words in their places.
 * Throws on a tag that is none, which the route has looked at. Words cannot end their script: `<` is escaped.
 */
export function composeSimulation(
	html: string,
	language: string,
	words: Readonly<Record<string, string>>
): string {
	const tag = v.parse(LanguageTag, language);
	const json = JSON.stringify(words).replaceAll('<', '\\u003c');
	const body = html
		.replace(/^\ufeff?\s*<!doctype html[^>]*>/i, '')
		.replace(/shadowrootmode/gi, 'data-no-shadow')
		.replaceAll('{{lang}}', tag)
		.replace(WORDS_SLOT, (_, open: string, close: string) => `${open}${json}${close}`);
	return `<!doctype html><meta charset="utf-8"><script>${PRELUDE}</script>${body}`;
}

/** Where the words go; `check` asks for exactly one. */
export const WORDS_SLOT = /(<script\s+type="application\/json"\s+id="words"\s*>)\s*\{\s*\}\s*(<\/script>)/;

const score = v.pipe(v.number(), v.finite());

/** What a simulation may say to the page. */
export const SimulationMessage = v.variant('type', [
	v.object({ setara: v.literal(1), type: v.literal('ready') }),
	v.object({ setara: v.literal(1), type: v.literal('heartbeat') }),
	v.object({
		setara: v.literal(1),
		type: v.literal('state'),
		state: v.pipe(v.unknown(), v.check(isSmallJson))
	}),
	v.pipe(
		v.object({ setara: v.literal(1), type: v.literal('score'), raw: score, max: score }),
		v.check(({ raw, max }) => max > 0 && raw >= 0 && raw <= max)
	)
]);
export type SimulationMessage = v.InferOutput<typeof SimulationMessage>;

/** A message, or null for anything else: then it is as if nothing had been said. */
export function readMessage(data: unknown): SimulationMessage | null {
	const parsed = v.safeParse(SimulationMessage, data, { abortEarly: true });
	return parsed.success ? parsed.output : null;
}

function isSmallJson(state: unknown): boolean {
	try {
		const json = JSON.stringify(state) as string | undefined;
		return json !== undefined && json.length <= MAX_STATE_BYTES && utf8(json).length <= MAX_STATE_BYTES;
	} catch {
		return false;
	}
}

/** How much a simulation has said: messages in the present second, and how many were too many. */
export interface MessageCount {
	since: number;
	inSecond: number;
	dropped: number;
}

export const NO_MESSAGES: MessageCount = { since: 0, inSecond: 0, dropped: 0 };
// A slider reports its state at 60 Hz at most; what speaks a thousand times over that is stopped.
const PER_SECOND = 60;
const MAX_DROPPED = 1000;

/**
 * Counts a message at `now` (milliseconds, never going back). `take`: look at it; `drop`: do not;
 * `stop`: it floods, remove the frame.
 */
export function countMessage(
	count: MessageCount,
	now: number
): { count: MessageCount; verdict: 'take' | 'drop' | 'stop' } {
	const fresh = now - count.since >= 1000;
	const inSecond = fresh ? 1 : count.inSecond + 1;
	const over = inSecond > PER_SECOND;
	const dropped = count.dropped + (over ? 1 : 0);
	const verdict = dropped > MAX_DROPPED ? 'stop' : over ? 'drop' : 'take';
	return { count: { since: fresh ? now : count.since, inSecond, dropped }, verdict };
}
