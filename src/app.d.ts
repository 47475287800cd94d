declare global {
	namespace App {
		interface Locals {
			language: import('./lib/core/base/languages.ts').Language;
		}
		/** `message` is a sentence in the person's language. */
		interface Error {
			code: string;
			message: string;
			/** A package to learn from instead of what was recalled; its title and that title's language, where known. */
			instead?: { id: string; title: string | null; language: string | null };
		}
	}
}

export {};
