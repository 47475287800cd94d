/** The app without a page: what the worker answers a deep link with, so that the phone draws it from its own store (DEV-50). */
export const prerender = true;
export const ssr = false;
export const csr = true;
