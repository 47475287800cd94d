/** The endpoint of what learners say (docs/spec/feedback.md). */
import * as v from 'valibot';
import { LANGUAGE_TAGS } from '../../core/base/languages.ts';
import { Id } from '../../core/base/schema.ts';
import { PackageFeedback } from '../../core/protocol/feedback.ts';
import type { Endpoint } from './endpoint.ts';

export const FeedbackAddress = v.object({ lang: v.optional(v.picklist(LANGUAGE_TAGS)), id: Id });

export const FEEDBACK_ENDPOINTS: readonly Endpoint[] = [
	{
		method: 'get',
		path: '/api/teach/packages/{id}/feedback',
		does: 'What learners marked and answered in a package, for its makers and the committee; no number below five learners.',
		address: FeedbackAddress,
		answer: PackageFeedback,
		faults: {
			400: ['http/bad-request'],
			401: ['account/signed-out'],
			403: ['people/suspended', 'people/not-allowed'],
			404: ['library/not-found']
		}
	}
];
