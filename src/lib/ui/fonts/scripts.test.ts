import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCRIPTS } from './scripts.ts';

test.each(Object.entries(SCRIPTS))('the offer of %s names the bytes of its file', (language, { bytes }) => {
	expect(statSync(join(import.meta.dirname, `${language}.woff2`)).size).toBe(bytes);
});
