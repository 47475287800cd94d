/** What can be wrong with a package as its authors wrote it: codes with a sentence each, file and line (SRC-1 to SRC-12). */
import { CAPTION_FAULTS } from '../../lessons/captions.ts';
import { LESSON_FAULTS } from '../../lessons/faults.ts';
import { SIMULATION_FAULTS } from '../../lessons/simulation-check.ts';
import { FIGURE_FAULTS } from '../../lessons/svg-check.ts';
import { MEDIA_FAULTS } from './media.ts';
import { PICTURE_FAULTS } from './picture.ts';

export const SOURCE_FAULTS = [
	'source/missing-file',
	'source/unknown-file',
	'source/unused-file',
	'source/bad-json',
	'source/bad-shape',
	'source/bad-text',
	'source/duplicate-name',
	'source/duplicate-id',
	'source/wrong-id',
	'source/no-licence',
	'source/missing-language',
	'source/undeclared-language',
	'source/missing-words',
	'source/extra-words',
	'source/marks-in-words',
	'source/dead-link',
	'source/not-assessed',
	'source/kind-without-content',
	'source/bad-key',
	'source/structure-differs',
	'source/image-without-alt',
	'source/video-without-variant',
	'source/video-without-captions',
	'source/video-without-transcript',
	'source/video-without-poster',
	'source/narration-unsaid',
	'source/too-large',
	...CAPTION_FAULTS,
	...FIGURE_FAULTS,
	...LESSON_FAULTS,
	...MEDIA_FAULTS,
	...PICTURE_FAULTS,
	...SIMULATION_FAULTS
] as const;

export type SourceFaultCode = (typeof SOURCE_FAULTS)[number];

export interface SourceFault {
	code: SourceFaultCode;
	/** Path inside the package's folder. */
	file: string;
	/** Line from 1, or null where the fault is the file's as a whole. */
	line: number | null;
	params?: Record<string, string | number>;
}
