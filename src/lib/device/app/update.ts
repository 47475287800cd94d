/** A new version of the app: announced, and taken only when the person agrees and no lesson is under way (DEV-53). */
import { fail, ok, type Fault, type Result } from '../../core/base/result.ts';

const LESSON = 'setara:lesson';

let take: (() => void) | null = null;
const listeners = new Set<(isWaiting: boolean) => void>();

/** Called by the worker's registration when a new version waits. */
export function announceUpdate(takeIt: () => void): void {
	take = takeIt;
	listeners.forEach((listener) => listener(true));
}

/** Calls with whether a new version waits, now and when one comes; answers what ends it. */
export function watchUpdate(listener: (isWaiting: boolean) => void): () => void {
	listeners.add(listener);
	listener(take !== null);
	return () => void listeners.delete(listener);
}

/** Takes the new version: every tab starts anew. `app/in-lesson`: a lesson is open in a tab, and stays as it is. */
export const applyUpdate = (): Promise<Result<void, Fault<'app/in-lesson'>>> =>
	navigator.locks.request(LESSON, { ifAvailable: true }, (lock) => {
		if (!lock) return fail('app/in-lesson');
		take?.();
		return ok(undefined);
	});

/** A lesson, a quiz or a practice is under way; call what it answers when it ends. */
export function holdLesson(): () => void {
	if (!('locks' in navigator)) return () => undefined;
	let end = (): void => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));
	void navigator.locks.request(LESSON, { mode: 'shared' }, () => ended);
	return end;
}

/** Starts the page anew as soon as no lesson is under way in any tab. */
export const restartWhenFree = (): Promise<void> => navigator.locks.request(LESSON, () => location.reload());
