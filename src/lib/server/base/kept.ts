/** Values kept by key up to a number of bytes; what was used longest ago goes first. */
export interface Kept<Value> {
	/** The kept value, or the one that `make` gives, which is then kept. Two at once share one making. */
	get: (key: string, make: () => Promise<Value>) => Promise<Value>;
	/** Whether it is kept, or being made. */
	has: (key: string) => boolean;
	clear: () => void;
}

/** Makes such a store; `sizeOf` says what a value weighs. */
export function keep<Value>(maxBytes: number, sizeOf: (value: Value) => number): Kept<Value> {
	const entries = new Map<string, { value: Promise<Value>; bytes: number }>();
	let bytes = 0;

	function remove(key: string): void {
		bytes -= entries.get(key)?.bytes ?? 0;
		entries.delete(key);
	}
	function shrink(): void {
		for (const key of entries.keys()) {
			if (bytes <= maxBytes) return;
			remove(key);
		}
	}

	return {
		async get(key, make) {
			const found = entries.get(key);
			if (found) {
				entries.delete(key);
				entries.set(key, found);
				return found.value;
			}
			const entry = { value: make(), bytes: 0 };
			entries.set(key, entry);
			try {
				const value = await entry.value;
				if (entries.get(key) === entry) {
					entry.bytes = sizeOf(value);
					bytes += entry.bytes;
					shrink();
				}
				return value;
			} catch (error) {
				if (entries.get(key) === entry) remove(key);
				throw error;
			}
		},
		has: (key) => entries.has(key),
		clear() {
			entries.clear();
			bytes = 0;
		}
	};
}
