declare global {
	namespace App {
		interface Locals {
			language: import('./lib/core/base/languages.ts').Language;
		}
	}
}

export {};
