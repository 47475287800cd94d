/** What has to be closed when the process ends, last opened first. */
export class Closers {
	#list: (() => Promise<unknown>)[] = [];

	add(close: () => Promise<unknown>): void {
		this.#list.push(close);
	}

	/** Closes everything once; what fails to close is said and holds up nothing else. */
	async closeAll(): Promise<void> {
		const list = this.#list.reverse();
		this.#list = [];
		for (const close of list) {
			await close().catch((error: unknown) => console.error(error));
		}
	}
}
