import { expect, it } from 'vitest';
import { MAX_EVENT_BYTES, readEvent, writeEvent, type Event } from './event.ts';
import { EARLIEST } from './hybrid-time.ts';

const ID = '019ab000-0000-7000-8000-000000000000';
const base = {
	i: ID,
	t: [EARLIEST, 0] as [number, number],
	o: { p: 'rooftop-solar', u: 'mounting' },
	c: { l: 'th' }
};
const marked = (r: object) => ({ ...base, v: 'commented', r, c: { l: 'th', d: 'a'.repeat(64) } });
const completed: Event = { ...base, v: 'completed' };

it('SYN-1 comes back from its bytes as it was', () => {
	const text = writeEvent(completed);
	expect(text.ok && readEvent(text.value)).toEqual({ ok: true, value: completed });
});

it('FBK-1 reads a mark, with words or without, and one taken back', () => {
	for (const r of [
		{ k: 'b12', m: 'unclear' },
		{ k: 'step:look', m: 'does-not-work-here', x: 'ຢູ່ນີ້ບໍ່ມີ' },
		{ k: 'item:q1', m: null }
	])
		expect(readEvent(JSON.stringify(marked(r)))).toMatchObject({ ok: true, value: { r } });
});

it('SYN-2 holds no account, device or sequence', () => {
	for (const extra of [{ account: ID }, { device: ID }, { seq: 1 }]) {
		expect(readEvent(JSON.stringify({ ...completed, ...extra }))).toMatchObject({ ok: false });
	}
});

it.each([
	['no JSON', '{'],
	['another verb', JSON.stringify({ ...base, v: 'launched' })],
	['an id that is none', JSON.stringify({ ...completed, i: '1' })],
	['a time before Setara', JSON.stringify({ ...completed, t: [0, 0] })],
	['a time after 2100', JSON.stringify({ ...completed, t: [5_000_000_000_000, 0] })],
	['a unit with a path in it', JSON.stringify({ ...completed, o: { p: 'a', u: '../b' } })],
	['an answer without its part', JSON.stringify({ ...base, v: 'answered', o: { ...base.o, q: 'q1' } })],
	['a mark that is none', JSON.stringify(marked({ k: 'b1', m: 'bad' }))],
	['a mark at a place that is none', JSON.stringify(marked({ k: 'b1"><script>', m: 'wrong' }))],
	['a mark with too many words', JSON.stringify(marked({ k: 'b1', m: 'wrong', x: 'x'.repeat(501) }))],
	['a score that is no number', JSON.stringify({ ...base, v: 'scored', r: { n: '1', m: 2 } })]
])('SYN-3 refuses %s', (_, text) => {
	expect(readEvent(text)).toEqual({ ok: false, fault: { code: 'progress/bad-event' } });
});

it('SYN-4 is at most 16 KB, whatever script it is in', () => {
	const a = Object.fromEntries(
		Array.from({ length: 500 }, (_, n) => [
			`item-${n}`,
			{ kind: 'ordering' as const, order: Array.from({ length: 4 }, (_, k) => `step-${k}`) }
		])
	);
	const tried: Event = {
		...base,
		v: 'passed',
		r: { n: 0, m: 500, a },
		c: { l: 'th', d: 'a'.repeat(64), a: ID }
	};
	expect(writeEvent(tried)).toEqual({ ok: false, fault: { code: 'progress/event-too-large' } });
	expect(readEvent('ก'.repeat(MAX_EVENT_BYTES / 2))).toMatchObject({
		fault: { code: 'progress/event-too-large' }
	});
});
