/** Follows where a reader is, by the blocks on the page that carry `data-block`. In a browser only. */
import { placeIn, scrollTo, type Extent, type Place } from './place.ts';

export interface PlaceFollower {
	/** Where the reader was when the page last came to rest. */
	readonly place: Place | null;
	/** Share of the blocks that have come into view, 0-1; never falls. */
	readonly share: number;
	/** Brings a place onto the line of reading, at once. */
	restore(place: Place): void;
	stop(): void;
}

// The eye rests a little below the window's edge.
const LINE = 12;

let popped = -Infinity;
if (typeof window !== 'undefined') addEventListener('popstate', () => (popped = performance.now()));

/** Whether the reader went back or forward just now: the browser's own history brings them to a place on the page. */
export const cameByHistory = (): boolean =>
	typeof window !== 'undefined' && performance.now() - popped < 3000;

export function followPlace(root: HTMLElement, moved?: () => void): PlaceFollower {
	let place: Place | null = null;
	let share = 0;
	let frame = 0;

	const extents = (): Extent[] =>
		Array.from(root.querySelectorAll('[data-block]'), (block) => {
			const { top, height } = block.getBoundingClientRect();
			return { top: top - LINE, height };
		});
	const look = () => {
		frame = 0;
		const now = extents();
		place = placeIn(now);
		const seen = now.filter(({ top }) => top < innerHeight - LINE).length;
		share = Math.max(share, now.length === 0 ? 1 : seen / now.length);
		moved?.();
	};
	const later = () => {
		frame ||= requestAnimationFrame(look);
	};
	look();
	addEventListener('scroll', later, { passive: true });
	return {
		get place() {
			return place;
		},
		get share() {
			return share;
		},
		restore(to) {
			place = to;
			scrollBy({ top: scrollTo(extents(), to), behavior: 'instant' });
		},
		stop() {
			cancelAnimationFrame(frame);
			removeEventListener('scroll', later);
		}
	};
}
