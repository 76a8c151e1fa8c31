import { createHash, randomBytes } from 'node:crypto';
import type { Expectation } from './expectation';
import type { Person } from './person';
import { Refused } from './refused';

/** What somebody allowed our app at a provider. */
export interface Grant {
  provider: string;
  person: Person;
  authorize: URLSearchParams;
}

interface Code extends Grant {
  expiresAt: number;
  used: boolean;
}

const CODE_LIFETIME = 60_000;

/** Codes, access tokens and refresh tokens that are out. */
export class Grants {
  private readonly codes = new Map<string, Code>();
  private readonly accessTokens = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, Grant & { spent: boolean }>();

  constructor(private readonly now: () => number) {}

  newCode(grant: Grant): string {
    const code = `code.${secret()}`;
    this.codes.set(code, { ...grant, expiresAt: this.now() + CODE_LIFETIME, used: false });
    return code;
  }

  /** Spends a code, or says why it does not hold. */
  spendCode(provider: string, { token }: Expectation, params: URLSearchParams): Grant {
    const code = this.codes.get(params.get('code') ?? '');
    if (!params.get('code')) throw new Refused('parameter code is missing');
    if (code?.provider !== provider) throw new Refused('the code was never given out here', 'invalid_grant');
    if (code.used) throw new Refused('the code was used before', 'invalid_grant');
    // Spent by the first try, whatever comes of it: that is how the strict ones do it.
    code.used = true;
    if (this.now() > code.expiresAt) throw new Refused('the code is older than a minute', 'invalid_grant');
    checkRedirectUri(token.redirectUri, code.authorize, params);
    checkVerifier(code.authorize, params);
    return code;
  }

  newAccessToken({ token }: Expectation, grant: Grant): string {
    const accessToken = token.accessToken?.(grant.person, secret()) ?? `access.${secret()}`;
    this.accessTokens.set(accessToken, grant);
    return accessToken;
  }

  ofAccessToken(provider: string, accessToken: string): Grant {
    const grant = this.accessTokens.get(accessToken);
    if (grant?.provider !== provider) throw new Refused(`the token "${accessToken}" was never given out here`, 'invalid_token');
    return grant;
  }

  newRefreshToken(grant: Grant): string {
    const refreshToken = `refresh.${secret()}`;
    this.refreshTokens.set(refreshToken, { ...grant, spent: false });
    return refreshToken;
  }

  spendRefreshToken(provider: string, { refresh }: Expectation, params: URLSearchParams): Grant {
    if (!refresh) throw new Refused('this provider has no refresh tokens', 'unsupported_grant_type');
    const found = this.refreshTokens.get(params.get('refresh_token') ?? '');
    if (!params.get('refresh_token')) throw new Refused('parameter refresh_token is missing');
    if (found?.provider !== provider) throw new Refused('the refresh token was never given out here', 'invalid_grant');
    if (found.spent) throw new Refused('the refresh token was used before', 'invalid_grant');
    found.spent = refresh.rotation === 'single-use';
    return found;
  }
}

const secret = (): string => randomBytes(18).toString('base64url');

function checkRedirectUri(rule: 'same' | 'optional', authorize: URLSearchParams, params: URLSearchParams): void {
  const [before, now] = [authorize.get('redirect_uri'), params.get('redirect_uri')];
  if (now === null && (rule === 'optional' || before === null)) return;
  if (now === null) throw new Refused('parameter redirect_uri is missing', 'invalid_grant');
  if (now !== before) throw new Refused(`redirect_uri is "${now}", it was "${before}" before`, 'invalid_grant');
}

function checkVerifier(authorize: URLSearchParams, params: URLSearchParams): void {
  const [challenge, verifier] = [authorize.get('code_challenge'), params.get('code_verifier')];
  if (challenge === null && verifier === null) return;
  if (challenge === null) throw new Refused('code_verifier comes without a challenge before it', 'invalid_grant');
  if (verifier === null) throw new Refused('parameter code_verifier is missing', 'invalid_grant');
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw new Refused('code_verifier is not 43 to 128 unreserved characters', 'invalid_grant');
  if (createHash('sha256').update(verifier).digest('base64url') !== challenge) throw new Refused('code_verifier does not match the challenge', 'invalid_grant');
}
