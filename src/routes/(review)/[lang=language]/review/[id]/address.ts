/** What of a submission is shown, as its address says it: so links lead to it and the back button goes back to it. */
export interface Shown {
	unit: string | null;
	left: string | null;
	/** `null`: none was chosen; `none`: one language alone. */
	right: string | 'none' | null;
	asLearner: boolean;
	/** A sheet that is to be open. */
	task: 'recall' | null;
}

export const readShown = (asked: URLSearchParams): Shown => ({
	unit: asked.get('unit'),
	left: asked.get('in'),
	right: asked.get('with'),
	asLearner: asked.get('view') === 'learner',
	task: asked.get('do') === 'recall' ? 'recall' : null
});

export function writeShown(base: string, { unit, left, right, asLearner }: Omit<Shown, 'task'>): string {
	const asked = new URLSearchParams({
		...(unit ? { unit } : {}),
		...(left ? { in: left } : {}),
		...(right ? { with: right } : {}),
		...(asLearner ? { view: 'learner' } : {})
	});
	return asked.size > 0 ? `${base}?${asked}` : base;
}
