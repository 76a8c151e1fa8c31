/** Rows as the code reads them: what a caller is made of. Entities implement these; secrets are not in them. */

export interface TargetRecord {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  userId: string;
  name: string;
  providerId: string | null;
  providerType: 'email' | 'sms' | 'push';
  identifier: string;
  expired: boolean;
}

export interface UserRecord {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  name: string;
  email: string | null;
  phone: string | null;
  emailVerified: boolean;
  phoneVerified: boolean;
  /** False: blocked. */
  status: boolean;
  labels: string[];
  passwordUpdatedAt: Date | null;
  /** True: a session needs a second factor, where the user has one. */
  mfa: boolean;
  /** A verified authenticator app. */
  totp: boolean;
  /** Compact JSON, kept as text so that key order survives. */
  prefs: string;
  accessedAt: Date;
  /** His targets as they are shown, JSON. */
  targets: string;
}

/** What a user agent says of itself, in the words of Matomo's DeviceDetector, as Appwrite gives them. Unknown values are empty. */
export interface Device {
  osCode: string;
  osName: string;
  osVersion: string;
  clientType: string;
  clientCode: string;
  clientName: string;
  clientVersion: string;
  clientEngine: string;
  clientEngineVersion: string;
  deviceName: string;
  deviceBrand: string;
  deviceModel: string;
}

/** What every request needs of its session; the rest is read where a session is shown. */
export type CallerSession = Pick<SessionRecord, 'id' | 'factors' | 'mfaUpdatedAt'>;

/** What a provider gave, sealed. */
export interface ProviderTokensRecord {
  accessToken: string | null;
  expiresAt: Date | null;
  refreshToken: string | null;
}

export interface SessionRecord {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  userId: string;
  provider: string;
  providerUid: string;
  identityId: string | null;
  /** Of its identity; null for any other session. */
  providerTokens?: ProviderTokensRecord | null;
  expiresAt: Date;
  ip: string;
  device: Device;
  countryCode: string;
  factors: string[];
  mfaUpdatedAt: Date | null;
}
