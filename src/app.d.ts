declare global {
	namespace App {
		interface Locals {
			language: import('./lib/core/base/languages.ts').Language;
		}
		/** `message` is a sentence in the person's language. */
		interface Error {
			code: string;
			message: string;
		}
	}
}

export {};
