import { describe, expect, it } from 'vitest';
import { passwordFault } from './password.ts';

describe('SYN-105 a password', () => {
	it.each(['three dry roofs', 'ฝนตกที่หลังคา', '红色的屋顶在下雨吗', 'xkq7 vbn2', 'correct horse'])(
		'may be of any characters and words: %s',
		(password) => expect(passwordFault(password, 'somchai')).toBeNull()
	);

	it.each([
		['seven77', 'account/password-short'],
		['红色的屋顶', 'account/password-short'],
		['a'.repeat(129), 'account/password-long'],
		['password', 'account/password-common'],
		['Password123!', 'account/password-common'],
		['12345678', 'account/password-common'],
		['hgfedcba', 'account/password-common'],
		['aaaaaaaa', 'account/password-common'],
		['abababab', 'account/password-common'],
		['sayang123', 'account/password-common'],
		['anhyeuem', 'account/password-common'],
		['somchai.jaidee99', 'account/password-common'],
		['1somchaijaidee!', 'account/password-common'],
		['eediaj iahcmos', 'account/password-common'],
		['Setara@2026', 'account/password-common'],
		['setara-setara', 'account/password-common']
	])('is not %s', (password, code) => expect(passwordFault(password, 'Somchai.Jaidee')).toBe(code));

	it('may have the name or ours among other words', () => {
		for (const password of ['setara has three roofs', 'somchai jaidee sails']) {
			expect(passwordFault(password, 'Somchai.Jaidee')).toBeNull();
		}
	});

	it('counts characters as people see them typed, in one form', () => {
		expect(passwordFault('ｐａｓｓｗｏｒｄ', 'x')).toBe('account/password-common');
	});
});
