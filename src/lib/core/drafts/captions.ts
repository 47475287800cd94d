/** Captions of a clip from what is said in it: a line each, spread over its length by how long it is (WebVTT). */

/** A line of speech is shown for at least this long. */
const SHORTEST = 1;

export function captionsOf(said: string, seconds: number): string {
	const lines = said
		.split(/\n+|(?<=[.!?။។。！？])\s+/u)
		.map((line) => line.trim().replaceAll('-->', '→').replaceAll('<', '‹'))
		.filter((line) => line !== '');
	const letters = lines.reduce((sum, line) => sum + line.length, 0);
	const end = Math.max(seconds, lines.length * SHORTEST);
	let at = 0;
	const cues = lines.map((line, index) => {
		const from = at;
		at = index === lines.length - 1 ? end : from + (line.length / letters) * end;
		return `${time(from)} --> ${time(at)}\n${line}\n`;
	});
	return ['WEBVTT\n', ...cues].join('\n');
}

function time(seconds: number): string {
	const millis = Math.round(seconds * 1000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(millis / 3_600_000)}:${two((millis / 60_000) % 60)}:${two((millis / 1000) % 60)}.${String(millis % 1000).padStart(3, '0')}`;
}
