/** What answers look like, whole: with `toEqual` a field more or less is a fault. */

export const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;

const text: unknown = expect.any(String);
const flag: unknown = expect.any(Boolean);
const time: unknown = expect.stringMatching(DATETIME);
const id: unknown = expect.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/);
const madeId: unknown = expect.stringMatching(/^[0-9a-f]{20}$/);

export const TARGET = {
  $id: madeId,
  $createdAt: time,
  $updatedAt: time,
  name: text,
  userId: id,
  providerId: null,
  providerType: 'email',
  identifier: text,
  expired: false,
};

export const USER = {
  $id: id,
  $createdAt: time,
  $updatedAt: time,
  name: text,
  registration: time,
  status: true,
  labels: [],
  passwordUpdate: time,
  email: text,
  phone: '',
  emailVerification: flag,
  phoneVerification: false,
  mfa: false,
  prefs: expect.any(Object) as unknown,
  targets: [TARGET],
  accessedAt: time,
};

export const SESSION = {
  $id: madeId,
  $createdAt: time,
  $updatedAt: time,
  userId: id,
  expire: time,
  provider: 'email',
  providerUid: text,
  providerAccessToken: '',
  providerAccessTokenExpiry: '',
  providerRefreshToken: '',
  ip: text,
  osCode: text,
  osName: text,
  osVersion: text,
  clientType: text,
  clientCode: text,
  clientName: text,
  clientVersion: text,
  clientEngine: text,
  clientEngineVersion: text,
  deviceName: text,
  deviceBrand: text,
  deviceModel: text,
  countryCode: text,
  countryName: text,
  current: flag,
  factors: ['password'],
  secret: '',
  mfaUpdatedAt: '',
};

export const TOKEN = { $id: madeId, $createdAt: time, userId: id, secret: '', expire: time, phrase: '' };

export const IDENTITY = {
  $id: id,
  $createdAt: time,
  $updatedAt: time,
  userId: id,
  provider: text,
  providerUid: text,
  providerEmail: text,
  providerAccessToken: '',
  providerAccessTokenExpiry: '',
  providerRefreshToken: '',
};

export const LOG = {
  event: text,
  userId: id,
  userEmail: text,
  userName: text,
  mode: 'default',
  userType: expect.stringMatching(/^(user|guest|app|admin)$/) as unknown,
  ip: text,
  time,
  osCode: text,
  osName: text,
  osVersion: text,
  clientType: text,
  clientCode: text,
  clientName: text,
  clientVersion: text,
  clientEngine: text,
  clientEngineVersion: text,
  deviceName: text,
  deviceBrand: text,
  deviceModel: text,
  countryCode: text,
  countryName: text,
};

export const JWT = { jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as unknown };

export const CHALLENGE = { $id: madeId, $createdAt: time, userId: id, expire: time };

export const ERROR = { message: text, code: expect.any(Number) as unknown, type: text, version: text, requestId: expect.stringMatching(/^[\w-]{8,36}$/) as unknown };
