import { accountOperations as account } from '../../src/modules/account';
import { type Case, emails, everyParameter, flags, fresh, ids, newIds, passwords, phones, texts } from '../support/parameters';

const full = () => ({ userId: 'unique()', email: `${fresh()}@example.com`, password: 'good password', name: 'Ada' });
// Never the account's password, which so stays what it is.
const address = () => ({ email: `${fresh()}@example.com`, password: 'not the password' });
const phone = () => ({ phone: '+16175551212', password: 'not the password' });
const password = () => ({ password: 'good password', oldPassword: 'not the password' });
const denied = ['user_invalid_credentials'];
const device = () => ({ targetId: 'unique()', identifier: fresh(), providerId: 'fcm' });
const absentDevice = () => ({ targetId: 'nothing', identifier: fresh() });
const absent = ['user_target_not_found'];

const LIMIT = '{"method":"limit","values":[1]}';
const queries = {
  refused: [[''], ['limit'], ['{}'], [LIMIT, ''], Array<string>(101).fill(LIMIT), [LIMIT.padStart(4_097)], ['a'.repeat(4_097)]],
  accepted: [[], [LIMIT], Array<string>(100).fill(LIMIT), [LIMIT.padStart(4_096)]],
  wrong: [42, true, {}, [42], [true], [null], [[]]],
};

const CASES: Case[] = [
  { operation: account.create, key: 'userId', input: full, ...newIds() },
  { operation: account.create, key: 'email', input: full, ...emails() },
  { operation: account.create, key: 'password', input: full, ...passwords },
  { operation: account.create, key: 'name', input: full, optional: true, ...texts(128) },
  { operation: account.updateName, key: 'name', input: () => ({ name: 'Ada' }), ...texts(128) },
  { operation: account.updatePrefs, key: 'prefs', input: () => ({ prefs: {} }), refused: [[1], ['a'], 42, true], accepted: [{}, { a: null }, { a: { b: [1, 'c'] } }], wrong: ['not JSON'] },
  { operation: account.createJWT, key: 'duration', input: () => ({}), optional: true, refused: [-1, 3_601], accepted: [0, 1, 3_600], wrong: ['900', 1.5, true, [900], {}] },
  { operation: account.updateEmail, key: 'email', input: address, past: denied, ...emails() },
  { operation: account.updateEmail, key: 'password', input: address, past: denied, ...passwords },
  { operation: account.updatePhone, key: 'phone', input: phone, past: denied, ...phones },
  { operation: account.updatePhone, key: 'password', input: phone, past: denied, ...passwords },
  { operation: account.updatePassword, key: 'password', input: password, past: denied, ...passwords },
  { operation: account.updatePassword, key: 'oldPassword', input: password, optional: true, past: denied, ...passwords },
  { operation: account.listIdentities, key: 'queries', input: () => ({}), optional: true, ...queries },
  { operation: account.listIdentities, key: 'total', input: () => ({}), optional: true, ...flags },
  { operation: account.listLogs, key: 'queries', input: () => ({}), optional: true, ...queries },
  { operation: account.listLogs, key: 'total', input: () => ({}), optional: true, ...flags },
  { operation: account.deleteIdentity, key: 'identityId', input: () => ({}), past: ['user_identity_not_found'], ...ids },
  { operation: account.createPushTarget, key: 'targetId', input: device, ...newIds() },
  { operation: account.createPushTarget, key: 'identifier', input: device, ...texts(255) },
  { operation: account.createPushTarget, key: 'providerId', input: device, optional: true, ...ids },
  { operation: account.updatePushTarget, key: 'targetId', input: absentDevice, past: absent, ...ids },
  { operation: account.updatePushTarget, key: 'identifier', input: absentDevice, past: absent, ...texts(255) },
  { operation: account.deletePushTarget, key: 'targetId', input: () => ({}), past: absent, ...ids },
];

everyParameter('parameters', Object.values(account), CASES);
