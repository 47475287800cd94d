/** Progress out of events' bytes, all at once. */
import { readEvent } from '../../src/lib/core/progress/event.ts';
import { project, type Facts } from '../../src/lib/core/progress/project.ts';

export const createFacts = (texts: readonly string[]): Facts =>
	project(
		texts.map((text) => {
			const event = readEvent(text);
			if (!event.ok) throw new Error(`${event.fault.code}: ${text}`);
			return event.value;
		})
	);
