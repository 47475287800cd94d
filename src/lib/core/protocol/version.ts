/**
 * The version of what travels between phone and server, and its history in words. A test hashes every schema of the
 * wire: whoever changes one writes down here what changed and for whom, and whether old phones still understand.
 */
export interface ProtocolVersion {
	version: number;
	/** SHA-256 over the JSON Schemas of all that travels. */
	schemas: string;
	/** What changed, and what an older phone or server makes of it. */
	change: string;
}

/** Oldest first. A phone in a drawer may speak any of them: a server answers all versions that it still lists. */
export const HISTORY: readonly ProtocolVersion[] = [
	{
		version: 1,
		schemas: '2a9a25f589b82da6aac561d8327c8386790f0d1e60d1af5500010a467a3cdc6a',
		change: 'The first: library pages, the exchange of events, accounts.'
	}
];
