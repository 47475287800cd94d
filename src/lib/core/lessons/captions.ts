/** Whether captions are WebVTT that every player shows (W3C WebVTT), of text alone. */
export const CAPTION_FAULTS = ['captions/not-webvtt', 'captions/bad-cue', 'captions/out-of-order'] as const;

type CaptionFaultCode = (typeof CAPTION_FAULTS)[number];
export interface CaptionFault {
	code: CaptionFaultCode;
	line: number;
}

const TIME = String.raw`(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})`;
const TIMING = new RegExp(String.raw`^${TIME}[ \t]+-->[ \t]+${TIME}(?:[ \t]+[\w:%,.-]+)*[ \t]*$`);

/** Every fault of a caption file, with its line. */
export function checkCaptions(vtt: string): CaptionFault[] {
	const lines = vtt.replace(/^\ufeff/, '').split(/\r\n?|\n/);
	if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0]!) || (lines[1] ?? '') !== '') {
		return [{ code: 'captions/not-webvtt', line: 1 }];
	}
	const faults: CaptionFault[] = [];
	let before = 0;
	let cues = 0;
	for (const { start, text } of paragraphs(lines.slice(1), 2)) {
		if (/^(?:NOTE|STYLE|REGION)\b/.test(text[0]!)) {
			if (!text[0]!.startsWith('NOTE')) faults.push({ code: 'captions/bad-cue', line: start });
			continue;
		}
		const at = text[0]!.includes('-->') ? 0 : 1;
		const time = TIMING.exec(text[at] ?? '');
		const words = text.slice(at + 1);
		if (!time || words.length === 0 || words.some((line) => /<|-->/.test(line))) {
			faults.push({ code: 'captions/bad-cue', line: start + Math.min(at, text.length - 1) });
			continue;
		}
		const [from, to] = [seconds(time.slice(1, 5)), seconds(time.slice(5, 9))];
		if (from < before || to <= from) faults.push({ code: 'captions/out-of-order', line: start + at });
		before = from;
		cues += 1;
	}
	return cues === 0 && faults.length === 0 ? [{ code: 'captions/bad-cue', line: 1 }] : faults;
}

function paragraphs(lines: readonly string[], first: number): { start: number; text: string[] }[] {
	const found: { start: number; text: string[] }[] = [];
	let open = false;
	lines.forEach((line, index) => {
		if (line.trim() === '') open = false;
		else if (open) found.at(-1)!.text.push(line);
		else {
			found.push({ start: first + index, text: [line] });
			open = true;
		}
	});
	return found;
}

const seconds = ([hours, minutes, whole, thousandths]: (string | undefined)[]) =>
	Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(thousandths) / 1000;
