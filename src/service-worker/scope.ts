/** The worker's own global, typed as far as it is used: the types of pages and of workers cannot stand in one program. */
export interface ExtendableEvent extends Event {
	waitUntil(work: Promise<unknown>): void;
	data: unknown;
}

interface WorkerScope {
	/** What this release has: its files, whose names say what is in them, and others by a digest (vite/release.ts). */
	release: { files: string[]; besides: { url: string; revision: string }[] };
	/** Address of the script that fetches a release over an older one, and what it leaves here once it is loaded. */
	updater: string;
	takeRelease: () => Promise<void>;
	/** What its files take as they are sent, in their order, and those of the worker itself by address. Left by the same script. */
	sizes: { files: number[]; besides: number[]; worker: Record<string, number> };
	importScripts(url: string): void;
	registration: { active: unknown; scope: string };
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
