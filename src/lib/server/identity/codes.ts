/** One-time codes that people read aloud and copy by hand; of each only the digest is kept. */
import { createHash, randomInt } from 'node:crypto';
import { bareCode } from '../../core/identity/invites.ts';

/** No letters and digits that are taken for each other. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A code of chance (5 bits a letter, nearly), in groups of so many letters: `K7RMD-2XWQA`. */
export const newCode = (groups: number, length: number): string =>
	Array.from({ length: groups }, () =>
		Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')
	).join('-');

/** What is kept of a code, however it was typed. */
export const digestOfCode = (typed: string): Buffer => createHash('sha256').update(bareCode(typed)).digest();
