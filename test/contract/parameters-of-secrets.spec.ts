import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { type Case, emails, everyParameter, flags, fresh, ids, newIds, passwords, phones, texts, urls } from '../support/parameters';

const login = () => ({ email: 'nobody@example.com', password: 'good password' });
const confirm = () => ({ userId: 'nobody', secret: 'nothing' });
const mail = () => ({ userId: 'unique()', email: `${fresh()}@example.com` });
const sms = () => ({ userId: 'unique()', phone: '+16175551212' });
const lost = () => ({ email: 'nobody@example.com', url: 'http://localhost/' });
const found = () => ({ ...confirm(), password: 'good password' });
const denied = ['user_invalid_credentials'];
const noSession = ['user_session_not_found'];
const noToken = ['user_invalid_token'];
// What a token's answer says, or the `unique()` that asked for it.
const anyId = { ...ids, refused: ids.refused.filter((each) => each !== 'unique()'), accepted: [...ids.accepted, 'unique()'] };

const CASES: Case[] = [
  { operation: session.createEmailPasswordSession, key: 'email', input: login, past: denied, ...emails() },
  { operation: session.createEmailPasswordSession, key: 'password', input: login, past: denied, ...passwords },
  ...[session.createSession, session.updateMagicURLSession, session.updatePhoneSession].flatMap((operation): Case[] => [
    { operation, key: 'userId', input: confirm, past: noToken, ...anyId },
    { operation, key: 'secret', input: confirm, past: noToken, ...texts(256) },
  ]),
  ...[session.getSession, session.updateSession, session.deleteSession].map((operation): Case => ({ operation, key: 'sessionId', input: () => ({}), past: noSession, ...ids })),
  ...[token.createEmailToken, token.createMagicURLToken].flatMap((operation): Case[] => [
    { operation, key: 'userId', input: mail, ...newIds() },
    { operation, key: 'email', input: mail, ...emails() },
    { operation, key: 'phrase', input: mail, optional: true, ...flags },
  ]),
  { operation: token.createMagicURLToken, key: 'url', input: mail, optional: true, ...urls },
  { operation: token.createPhoneToken, key: 'userId', input: sms, ...newIds() },
  { operation: token.createPhoneToken, key: 'phone', input: sms, ...phones },
  { operation: verification.createRecovery, key: 'email', input: lost, ...emails() },
  { operation: verification.createRecovery, key: 'url', input: lost, ...urls },
  { operation: verification.updateRecovery, key: 'userId', input: found, past: noToken, ...ids },
  { operation: verification.updateRecovery, key: 'secret', input: found, past: noToken, ...texts(256) },
  { operation: verification.updateRecovery, key: 'password', input: found, past: noToken, ...passwords },
  { operation: verification.updateRecovery, key: 'passwordAgain', input: found, optional: true, past: [...noToken, 'user_password_mismatch'], ...passwords },
  { operation: verification.createEmailVerification, key: 'url', input: () => ({ url: 'http://localhost/' }), ...urls },
  ...[verification.updateEmailVerification, verification.updatePhoneVerification].flatMap((operation): Case[] => [
    { operation, key: 'userId', input: confirm, past: noToken, ...ids },
    { operation, key: 'secret', input: confirm, past: noToken, ...texts(256) },
  ]),
];

everyParameter('parameters of secrets', [session, token, verification].flatMap((each) => Object.values(each)), CASES);
