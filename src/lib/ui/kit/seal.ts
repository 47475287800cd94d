/** A party on the seal; `signed` false where its signature is missing. */
export interface SealParty {
	name: string;
	country: string | null;
	signed?: boolean;
}
