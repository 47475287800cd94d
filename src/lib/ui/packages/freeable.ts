/** A package that may go from this phone to make room. */
export interface Freeable {
	id: string;
	title: string;
	lang: string | undefined;
	bytes: number;
}
