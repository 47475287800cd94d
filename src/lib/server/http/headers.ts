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

/** For data, which is never a page. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export const SECURITY_HEADERS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy':
		'accelerometer=(), browsing-topics=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(self), midi=(), payment=(), serial=(), usb=()'
} as const;
