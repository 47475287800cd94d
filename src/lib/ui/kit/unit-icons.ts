/** The icon of each kind of unit. */
import bookOpen from 'virtual:icon/book-open';
import briefcase from 'virtual:icon/briefcase';
import exam from 'virtual:icon/exam';
import playCircle from 'virtual:icon/play-circle';
import sliders from 'virtual:icon/sliders-horizontal';
import wrench from 'virtual:icon/wrench';
import type { UnitKind } from '../../core/base/vocabulary.ts';

export const UNIT_ICONS: Record<UnitKind, string> = {
	theory: bookOpen,
	practice: wrench,
	simulation: sliders,
	media: playCircle,
	assessment: exam,
	case: briefcase
};
