import { mfaOperations as op } from '../../src/modules/mfa';
import { type Case, everyParameter, flags, ids, texts } from '../support/parameters';

const NO_TEXT = [42, 0, true, ['totp'], {}, { $ne: '' }];
const type = { refused: ['', 'totp ', 'totpx', 'hotp', 'sms', 'webauthn', 'totp\n', 'ｔｏｔｐ'], accepted: ['totp', 'TOTP', 'Totp'], wrong: NO_TEXT };
const factor = { refused: ['', 'sms', 'password', 'anonymous', 'email ', 'recovery_code', 'email,phone', 'totp\n'], accepted: ['totp', 'email', 'phone', 'recoveryCode', 'recoverycode', 'RECOVERYCODE'], wrong: NO_TEXT };
const codes = texts(256);

const app = () => ({ type: 'totp' });
// No form of a code, so that it costs no try.
const shown = () => ({ type: 'totp', otp: 'no code' });
const answered = () => ({ challengeId: 'nothing', otp: 'no code' });
// Nobody here has an app that is verified, an address that is, or a challenge that waits.
const noApp = ['user_authenticator_not_found', 'user_invalid_token'];
const noAddress = ['user_email_not_verified', 'user_phone_not_found'];
const noChallenge = ['user_invalid_token'];

const CASES: Case[] = [
  { operation: op.updateMFA, key: 'mfa', input: () => ({ mfa: true }), ...flags },
  { operation: op.createMFAAuthenticator, key: 'type', input: app, ...type },
  { operation: op.updateMFAAuthenticator, key: 'type', input: shown, past: noApp, ...type },
  { operation: op.updateMFAAuthenticator, key: 'otp', input: shown, past: noApp, ...codes },
  { operation: op.deleteMFAAuthenticator, key: 'type', input: shown, past: noApp, ...type },
  { operation: op.deleteMFAAuthenticator, key: 'otp', input: shown, optional: true, past: [...noApp, 'user_challenge_required'], ...codes },
  { operation: op.createMFAChallenge, key: 'factor', input: () => ({ factor: 'totp' }), past: noAddress, ...factor },
  { operation: op.updateMFAChallenge, key: 'challengeId', input: answered, past: noChallenge, ...ids },
  { operation: op.updateMFAChallenge, key: 'otp', input: answered, past: noChallenge, ...codes },
];

everyParameter('parameters of second factors', Object.values(op), CASES);
