/** When the page is on the screen: what a reader does not wait for begins then, and not before. */
export const firstFrame = (): Promise<void> =>
	new Promise((drawn) => {
		const isDrawn = performance.getEntriesByName('first-contentful-paint').length > 0;
		// A hidden tab draws no frames.
		if (isDrawn || document.hidden) drawn();
		else requestAnimationFrame(() => setTimeout(drawn));
	});
