/** How many bytes a file of a build is sent as: compressed where the build has it so. */
import { existsSync, statSync } from 'node:fs';

/** @param path in the build's folder; 0 where there is no such file */
export function sentBytes(path: string): number {
	const found = [`${path}.br`, path].find((each) => existsSync(each));
	return found ? statSync(found).size : 0;
}
