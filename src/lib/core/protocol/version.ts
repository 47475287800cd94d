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
	},
	{
		version: 2,
		schemas: '48923c0f8169b559ab354de8f1688a5209f1fad3b48ce450eb1eacb0aa126ed1',
		change:
			'Hand-in, review, people and feedback. A person has a role of six, an institution and may be suspended: a phone with version 1 stays signed in but cannot sign in anew before it is updated. Events know `commented`, which an older phone reads once it is updated and an older server refuses alone. Pages of units and packages name who checked them, photos, release notes and what they were adapted from; install bundles and frames are the same.'
	}
];
