import { describe, expect, it } from 'vitest';
import { aloneSince } from './unsent.ts';

const DAY = 86_400_000;
const begun = { createdAt: DAY, changedAt: 3 * DAY };

describe('what is on this phone alone', () => {
	it('DRA-60 waits since it was begun, where it was never anywhere else', () => {
		expect(aloneSince(begun, [])).toBe(DAY);
	});

	it('DRA-60 waits since an older state of it reached the server or a file', () => {
		const arrived = { at: 2 * DAY, changedAt: 2 * DAY - 1 };
		expect(aloneSince(begun, [arrived])).toBe(2 * DAY);
		expect(aloneSince(begun, [arrived, { at: 2.5 * DAY, changedAt: 2.5 * DAY }])).toBe(2.5 * DAY);
	});

	it('DRA-60 does not wait once this very state is somewhere else, or while nothing is written', () => {
		expect(aloneSince(begun, [{ at: 9 * DAY, changedAt: 3 * DAY }])).toBeNull();
		// By what the draft says of itself: the clock of the phone that it came from may go wrong.
		expect(
			aloneSince({ createdAt: 900 * DAY, changedAt: 903 * DAY }, [{ at: 9 * DAY, changedAt: 903 * DAY }])
		).toBeNull();
		expect(aloneSince({ createdAt: DAY, changedAt: DAY }, [])).toBeNull();
	});
});
