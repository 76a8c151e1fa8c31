import type { Project } from '../../contract/project';
import type { CallerSession, UserRecord } from '../../contract/records';

/** What a person can be asked for after the first sign-in, as sessions and the API name it. */
export type FactorName = 'totp' | 'email' | 'phone' | 'recoveryCode';

/** Factors that a session with MFA needs. */
const NEEDED = 2;
/** Seconds for which an answered challenge counts as recent. */
const RECENT = 30 * 60;

/** Nothing was shown to get it, so it counts for nothing. */
const WORTHLESS = 'anonymous';

/** The factors a user has proved to hold: only these can be asked for, and only these gate. Recovery codes stand in for a lost one. */
export function heldFactors({ totp, email, emailVerified, phone, phoneVerified }: UserRecord): FactorName[] {
  return [...(totp ? ['totp' as const] : []), ...(email && emailVerified ? ['email' as const] : []), ...(phone && phoneVerified ? ['phone' as const] : [])];
}

/** Is another factor to be shown before anything else? The same one does not count twice: a code by mail adds nothing to a magic link. */
export function owesFactor({ oauthSatisfiesMfa }: Pick<Project, 'oauthSatisfiesMfa'>, user: UserRecord, { factors }: CallerSession): boolean {
  if (!user.mfa) return false;
  if (oauthSatisfiesMfa && factors.includes('oauth2')) return false;
  const shown = new Set(factors);
  shown.delete(WORTHLESS);
  return shown.size < NEEDED && heldFactors(user).some((factor) => !shown.has(factor));
}

/** Has the session answered a challenge within the last 30 minutes? */
export function recentlyChallenged({ mfaUpdatedAt }: CallerSession, now: Date): boolean {
  return mfaUpdatedAt !== null && now.getTime() - mfaUpdatedAt.getTime() < RECENT * 1_000;
}
