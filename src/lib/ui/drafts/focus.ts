/** Where the keyboard goes after something came or went, so that nobody is thrown back to the top. */
import { tick } from 'svelte';

/** Moves the focus to the element with this id, or the first thing in it that takes it, when it is drawn. */
export async function focusOn(id: string): Promise<void> {
	await tick();
	const found = document.getElementById(id);
	const takes = found?.matches('input, textarea, select, button, a')
		? found
		: (found?.querySelector<HTMLElement>('textarea, input:not([type=file]), select, button, a') ?? found);
	takes?.focus();
}
