/** The worker's own global, typed as far as it is used: the types of pages and of workers cannot stand in one program. */
interface ExtendableEvent extends Event {
	waitUntil(work: Promise<unknown>): void;
	data: unknown;
}

interface WorkerScope {
	/** What this release has: its files, whose names say what is in them, and others by a digest (vite/release.ts). */
	release: { files: string[]; besides: { url: string; revision: string }[] };
	location: Location;
	clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	/** Chrome, Safari 18.4, Firefox 140. */
	cookieStore?: { get(name: string): Promise<{ value: string } | null> };
	addEventListener(
		type: 'install' | 'activate' | 'message',
		listener: (event: ExtendableEvent) => void
	): void;
}

export const worker = self as unknown as WorkerScope;
