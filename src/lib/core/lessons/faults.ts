/** Every way in which a lesson's own content can be refused; each code has one sentence in the catalogues. */
export const LESSON_FAULTS = [
	'lesson/html',
	'lesson/link-refused',
	'lesson/image-refused',
	'lesson/heading-level',
	'lesson/too-deep',
	'lesson/callout-unknown',
	'lesson/not-supported',
	'lesson/stray-marks',
	'lesson/too-large'
] as const;

export type LessonFaultCode = (typeof LESSON_FAULTS)[number];

/** A fault in a lesson's text. `line` counts from 1. */
export interface LessonFault {
	code: LessonFaultCode;
	line: number;
	params?: Record<string, string>;
}
