import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { verificationOperations as verification } from '../../src/modules/verification';
import { AuthenticatorApp } from './authenticator';
import type { Answer, Person } from './person';

export type FactorName = 'totp' | 'email' | 'phone' | 'recoveryCode';

/** What a person does with his second factors, where that only leads to what a test is about. */

/** Scans the QR code. */
export async function scan(person: Person): Promise<AuthenticatorApp> {
  const { body } = await person.must(mfa.createMFAAuthenticator, { type: 'totp' });
  return new AuthenticatorApp(body.uri as string, person.app.clock);
}

/** Scans, and shows the first code. */
export async function enrol(person: Person): Promise<AuthenticatorApp> {
  const app = await scan(person);
  await person.must(mfa.updateMFAAuthenticator, { type: 'totp', otp: app.next() });
  return app;
}

export async function switchOn(person: Person): Promise<void> {
  await person.must(mfa.updateMFA, { mfa: true });
}

/** An authenticator, and MFA on. */
export async function secure(person: Person): Promise<AuthenticatorApp> {
  const app = await enrol(person);
  await switchOn(person);
  return app;
}

/** @returns the challenge's id */
export async function asked(person: Person, factor: FactorName): Promise<string> {
  return (await person.must(mfa.createMFAChallenge, { factor })).body.$id as string;
}

export function answer(person: Person, challengeId: string, otp: string): Promise<Answer> {
  return person.call(mfa.updateMFAChallenge, { challengeId, otp });
}

/** Asks for a factor and answers at once. */
export async function tries(person: Person, factor: FactorName, otp: string): Promise<Answer> {
  return answer(person, await asked(person, factor), otp);
}

/** A challenge passed: the session is trusted for half an hour. */
export async function prove(person: Person, app: AuthenticatorApp): Promise<void> {
  const { status, type } = await tries(person, 'totp', app.next());
  if (status !== 200) throw new Error(`the challenge was answered ${status} ${type}`);
}

/** @param messages to the address so far, this one included */
export async function verifyEmail(person: Person, messages = 1): Promise<void> {
  await person.must(verification.createEmailVerification, { url: 'http://localhost/' });
  const { userId, secret } = await person.app.inbox.link(person.email, messages);
  await person.must(verification.updateEmailVerification, { userId, secret });
}

export async function addPhone(person: Person): Promise<void> {
  await person.must(account.updatePhone, { phone: person.phone, password: person.password });
}

export async function verifyPhone(person: Person): Promise<void> {
  await addPhone(person);
  await person.must(verification.createPhoneVerification);
  await person.must(verification.updatePhoneVerification, { userId: person.userId, secret: await person.app.inbox.code(person.phone) });
}

export async function recoveryCodes(person: Person): Promise<string[]> {
  return (await person.must(mfa.createMFARecoveryCodes)).body.recoveryCodes as string[];
}

/** Codes that are neither the right one nor its neighbour by a digit of time. */
export function wrongCode(right: string, nth = 0): string {
  return String((Number(right) + 1 + nth) % 1_000_000).padStart(6, '0');
}

export async function factorsOf(person: Person): Promise<string[]> {
  const { body } = await person.must(mfa.listMFAFactors);
  return Object.keys(body).filter((name) => body[name] === true);
}

export const INVALID = { status: 401, type: 'user_invalid_token' };
export const GATED = { status: 401, type: 'user_more_factors_required' };
export const LOCKED = { status: 429, type: 'general_rate_limit_exceeded' };
export const STALE = { status: 401, type: 'user_challenge_required' };
