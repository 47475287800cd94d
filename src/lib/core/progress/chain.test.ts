import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainAfter, chainNext, chainStart, MARK_START, markNext } from './chain.ts';

const DEVICE = '019ab000-0000-7000-8000-000000000000';
const sha = (...parts: (string | Buffer)[]) => {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(part);
	return hash.digest('hex');
};

it("SYN-30 begins at the SHA-256 of the device's id and runs over the bytes of each event", () => {
	const start = chainStart(DEVICE);
	expect(start).toBe(sha(DEVICE));
	expect(chainNext(start, 'ก')).toBe(sha(Buffer.from(start, 'hex'), 'ก'));
});

it('SYN-31 is the same in one go and step by step, and another for any other order or event', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), fc.string(), (events, other) => {
			const whole = chainAfter(chainStart(DEVICE), events);
			expect(events.reduce(chainNext, chainStart(DEVICE))).toBe(whole);
			expect(chainAfter(chainStart(DEVICE), [...events, other])).not.toBe(whole);
			if (events.length > 1 && events[0] !== events[1]) {
				const swapped = [events[1]!, events[0]!, ...events.slice(2)];
				expect(chainAfter(chainStart(DEVICE), swapped)).not.toBe(whole);
			}
		})
	);
});

it('SYN-58 the mark of a place runs over ids', () => {
	const id = DEVICE.replaceAll('-', '');
	expect(markNext(MARK_START, DEVICE)).toBe(sha(Buffer.alloc(16), Buffer.from(id, 'hex')).slice(0, 32));
});
