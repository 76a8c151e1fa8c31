import fc from 'fast-check';
import { clean, ProviderFault } from './provider-fault';

it('keeps a provider’s words', () => {
  expect(clean('invalid_grant: The code has expired.')).toBe('invalid_grant: The code has expired.');
});

it('makes one line of printable text', () => {
  expect(clean('  a\r\nb\u0000c\u001b[31md\u200be\u202ef\t\u2028g  ')).toBe('a b c [31md e f g');
});

it.each([
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  'ya29.a0AfH6SMBxyz-1234567890_abcdefgh',
  'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  '4/0AX4XfWjYZ1234567890abcdefghij==',
])('leaves out what looks like a token: %s', (token) => {
  expect(clean(`the code ${token} was used`)).toBe('the code … was used');
});

it('is never longer than it may be', () => {
  expect(clean('word '.repeat(1_000)).length).toBeLessThanOrEqual(300);
});

it('lets no long token-like text through, wherever it stands', () => {
  const symbols = [...'ABCxyz0189_-.~+/='];
  const token = fc.string({ unit: fc.constantFrom(...symbols), minLength: 24, maxLength: 400 });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), token, fc.string({ unit: 'grapheme' }), (before, secret, after) => {
      const cleaned = clean(before + secret + after);
      expect(cleaned).not.toContain(secret);
      expect(cleaned).not.toMatch(/[A-Za-z0-9_\-.~+/=]{24,}/);
      expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\r\n]/u);
      expect(cleaned.length).toBeLessThanOrEqual(300);
    }),
  );
});

it('cleans what a fault says, and what an error shows of it', () => {
  const fault = new ProviderFault('token', 'user_oauth2_provider_error', `refused\n${'a'.repeat(40)}`);
  expect(fault).toMatchObject({ step: 'token', type: 'user_oauth2_provider_error', said: 'refused …', message: 'refused …' });
});
