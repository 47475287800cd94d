import { expect, it } from 'vitest';
import { localVoice, type Voice } from './voice.ts';

const voice = (lang: string, localService = true, isDefault = false): Voice => ({
	lang,
	localService,
	default: isDefault
});

it('takes a voice on the phone and never one in the network', () => {
	expect(localVoice([voice('th-TH', false)], 'th')).toBeNull();
	expect(localVoice([voice('th-TH', false), voice('th-TH')], 'th')?.localService).toBe(true);
});

it('knows the names that engines give to our languages', () => {
	expect(localVoice([voice('zh_CN')], 'zh-Hans')?.lang).toBe('zh_CN');
	expect(localVoice([voice('tl-PH')], 'fil')?.lang).toBe('tl-PH');
	expect(localVoice([voice('vi-VN')], 'id')).toBeNull();
	expect(localVoice([voice('idx-ID')], 'id')).toBeNull();
});

it('prefers the voice that the person set as default', () => {
	expect(localVoice([voice('en-GB'), voice('en-US', true, true)], 'en')?.lang).toBe('en-US');
});
