/** Versions of packages: three numbers, compared as numbers (semver.org, 11.2). */

/** Whether a version counts higher than another. */
export function isLater(version: string, than: string): boolean {
	const [one, other] = [version, than].map((each) => each.split('.').map(Number));
	const at = one!.findIndex((number, index) => number !== other![index]);
	return at >= 0 && one![at]! > other![at]!;
}
