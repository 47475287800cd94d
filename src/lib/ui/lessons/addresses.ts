/** Where a unit's page leads; the route makes them, because it knows how addresses are written. */
export interface UnitAddresses {
	package: string;
	practise: string;
	/** This unit's text, out of its questions. */
	text: string;
	unit: (unit: string) => string;
	/** This very page in another content language. */
	language: (language: string) => string;
}
