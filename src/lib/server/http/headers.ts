/** Headers that every answer carries (SRV-3). */

/** For pages the build adds nonces or hashes to it (svelte.config.js has the same list). */
export const APP_POLICY = [
	"default-src 'self'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' data: blob:",
	"media-src 'self' blob:",
	"frame-src 'self'",
	"frame-ancestors 'none'",
	"connect-src 'self' http: https:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'self'"
].join('; ');

/** For data, which is never a page: whoever opens it as one gets an empty sandbox. */
export const DATA_POLICY = "default-src 'none'; sandbox";

export const SECURITY_HEADERS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(self), midi=(), payment=(), serial=(), usb=()'
} as const;

/** What data and files need of them. Browsers read the others off pages; on each small answer they were half a kilobyte. */
export const DATA_HEADERS = {
	'x-content-type-options': SECURITY_HEADERS['x-content-type-options'],
	'cross-origin-resource-policy': SECURITY_HEADERS['cross-origin-resource-policy']
} as const;
