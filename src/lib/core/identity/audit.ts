/** What is written down of those who have power over others, each with who, whom and when (PPL-60). */
export const AUDIT_ACTIONS = [
	'reset-code',
	'password-reset',
	'made-administrator',
	'account-deleted',
	'institution-made',
	'institution-renamed',
	'invite-made',
	'invite-used',
	'invite-ended',
	'role-set',
	'suspended',
	'unsuspended'
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
