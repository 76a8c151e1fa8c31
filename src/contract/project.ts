import type { KeyScope } from './scopes';

export const AUTH_METHODS = ['emailPassword', 'magicUrl', 'emailOtp', 'phone', 'anonymous', 'jwt'] as const;
export type AuthMethod = (typeof AUTH_METHODS)[number];

/** The names people know the methods by, in messages. */
export const AUTH_METHOD_NAMES: Record<AuthMethod, string> = {
  emailPassword: 'Email / Password',
  magicUrl: 'Magic URL',
  emailOtp: 'Email OTP',
  phone: 'Phone',
  anonymous: 'Anonymous',
  jwt: 'JWT',
};

export interface ApiKey {
  name: string;
  /** SHA-256 of the secret, hex: the configuration in memory is no list of credentials. */
  hash: string;
  scopes: readonly KeyScope[];
  expire: Date | null;
}

export interface AuthPolicy extends Record<AuthMethod, boolean> {
  /** Users the project may have; 0 = no limit. */
  limit: number;
  /** Sessions a user may have at once; 0 = no limit. */
  maxSessions: number;
  /** Seconds. */
  sessionDuration: number;
  passwordHistory: number;
  passwordDictionary: boolean;
  personalDataCheck: boolean;
  sessionAlerts: boolean;
  invalidateSessions: boolean;
  revealAccounts: boolean;
  mockNumbers: readonly { phone: string; otp: string }[];
}

export interface GraphqlPolicy {
  introspection: boolean;
  maxBatch: number;
  maxDepth: number;
  maxComplexity: number;
}

/** An app registered at an OAuth2 provider, as the projects file describes it, checked against the provider's card. */
export interface OAuthRegistration {
  /** `oidc`: a further OpenID Connect provider under a name of the operator's. */
  type?: 'oidc';
  /** What people call it; empty for the card's own name. */
  title: string;
  enabled: boolean;
  /** Client id and secret, the card's settings, replaced endpoints. */
  values: Readonly<Record<string, string>>;
}

/** A provider of SMS and the numbers that go to it first. */
export interface SmsRoute {
  url: string;
  /** Digits with which a number begins; the longest that fits wins. */
  callingCodes: readonly string[];
  /** Takes what no calling code fits, and what the others failed at. */
  default: boolean;
}

/** What a project may spend on SMS when its file says nothing. */
export const SMS_CAPS = { perRecipientPerHour: 10, perProjectPerHour: 1_000 };

export interface SmsPolicy {
  /** Empty: the provider of SMS_URL. */
  providers: readonly SmsRoute[];
  /** ISO 3166-1 alpha-2. Absent: all. */
  countries?: readonly string[];
  perRecipientPerHour: number;
  perProjectPerHour: number;
}

/** A tenant, as the projects file describes it. */
export interface Project {
  id: string;
  name: string;
  /** Hostnames allowed as Origin and in redirect URLs; `*.example.com` means any sub-domain. */
  platforms: readonly string[];
  /** Custom URL schemes of native apps. */
  schemes: readonly string[];
  keys: readonly ApiKey[];
  auth: AuthPolicy;
  /** By the name that apps use. */
  oauth: Readonly<Record<string, OAuthRegistration>>;
  /** True: who comes from a provider is not asked for another factor. */
  oauthSatisfiesMfa: boolean;
  /** Operation name → count that replaces the row's. */
  limits: Readonly<Record<string, number>>;
  graphql: GraphqlPolicy;
  services: { account: boolean; rest: boolean; graphql: boolean };
  cookieDomain?: string;
  /** Folder of the operator's own templates, absolute. */
  templates?: string;
  smtp?: { url?: string; from?: string; replyTo?: string };
  sms?: SmsPolicy;
}
