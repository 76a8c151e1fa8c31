import type { Operation } from '../../src/contract/operation';
import type { ErrorType } from '../../src/contract/errors';
import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { type Input, Person, type Transport } from '../support/person';
import { neverAnswered } from '../support/row-rules';
import { addPhone, asked, enrol, prove, recoveryCodes, secure } from '../support/second-factors';
import { ERROR } from '../support/shapes';
import { everyWay, type Way } from '../support/ways';

interface Case {
  operation: Operation;
  error: ErrorType;
  status: number;
  /** Brings the person, who has a session, to where the operation fails, and may send another in his place. */
  given: (person: Person) => Promise<{ input?: Input; as?: Person } | void>;
}

const totp = { type: 'totp' };
const guess = { ...totp, otp: '000000' };
const SESSIONS_OWN = [
  { operation: op.updateMFA, input: { mfa: true } },
  { operation: op.updateMFAAuthenticator, input: guess },
  { operation: op.updateMFAChallenge, input: { challengeId: 'nothing', otp: '000000' } },
  { operation: op.getMFARecoveryCodes, input: {} },
  { operation: op.updateMFARecoveryCodes, input: {} },
];

const PREPARED: Case[] = [
  ...SESSIONS_OWN.map(({ operation, input }): Case => ({
    operation,
    error: 'user_session_not_found',
    status: 404,
    given: async (person) => ({ input, as: Object.assign(person.elsewhere(), { headers: { ...person.headers, 'X-Appwrite-JWT': (await person.must(account.createJWT)).body.jwt as string } }) }),
  })),
  { operation: op.updateMFA, error: 'user_challenge_required', status: 401, given: async (person) => { await secure(person); return { input: { mfa: false } }; } },
  { operation: op.createMFAAuthenticator, error: 'user_authenticator_already_verified', status: 409, given: async (person) => { await enrol(person); return { input: totp }; } },
  { operation: op.updateMFAAuthenticator, error: 'user_authenticator_not_found', status: 404, given: async () => ({ input: guess }) },
  { operation: op.updateMFAAuthenticator, error: 'user_authenticator_already_verified', status: 409, given: async (person) => { await enrol(person); return { input: guess }; } },
  { operation: op.updateMFAAuthenticator, error: 'user_invalid_token', status: 401, given: async (person) => { await person.must(op.createMFAAuthenticator, totp); return { input: { ...totp, otp: 'no code' } }; } },
  { operation: op.deleteMFAAuthenticator, error: 'user_authenticator_not_found', status: 404, given: async () => ({ input: guess }) },
  { operation: op.deleteMFAAuthenticator, error: 'user_challenge_required', status: 401, given: async (person) => { await enrol(person); return { input: totp }; } },
  { operation: op.deleteMFAAuthenticator, error: 'user_invalid_token', status: 401, given: async (person) => { const app = await enrol(person); return { input: { ...totp, otp: app.code(7) } }; } },
  { operation: op.createMFAChallenge, error: 'user_email_not_verified', status: 400, given: async () => ({ input: { factor: 'email' } }) },
  { operation: op.createMFAChallenge, error: 'user_phone_not_found', status: 400, given: async () => ({ input: { factor: 'phone' } }) },
  { operation: op.createMFAChallenge, error: 'user_phone_not_verified', status: 400, given: async (person) => { await addPhone(person); return { input: { factor: 'phone' } }; } },
  { operation: op.createMFAChallenge, error: 'user_email_not_found', status: 400, given: async (person) => { const nobody = new Person(person.app, person.transport); await nobody.must(session.createAnonymousSession); return { as: nobody, input: { factor: 'email' } }; } },
  { operation: op.updateMFAChallenge, error: 'user_invalid_token', status: 401, given: async (person) => ({ input: { challengeId: await asked(person, 'totp'), otp: '000000' } }) },
  { operation: op.getMFARecoveryCodes, error: 'user_challenge_required', status: 401, given: async () => {} },
  { operation: op.getMFARecoveryCodes, error: 'user_recovery_codes_not_found', status: 404, given: async (person) => prove(person, await enrol(person)) },
  { operation: op.createMFARecoveryCodes, error: 'user_recovery_codes_already_exists', status: 409, given: async (person) => void (await recoveryCodes(person)) },
  { operation: op.updateMFARecoveryCodes, error: 'user_challenge_required', status: 401, given: async () => {} },
  { operation: op.updateMFARecoveryCodes, error: 'user_recovery_codes_not_found', status: 404, given: async (person) => prove(person, await enrol(person)) },
];

const WITHOUT_MESSAGES: Case[] = [
  { operation: op.createMFAChallenge, error: 'general_smtp_disabled', status: 503, given: async () => ({ input: { factor: 'email' } }) },
  { operation: op.createMFAChallenge, error: 'general_phone_disabled', status: 503, given: async () => ({ input: { factor: 'phone' } }) },
];

function refusals(cases: Case[], way: Way): void {
  it.each(cases)('$operation.name fails with $error', async ({ operation, error, status, given }) => {
    const person = await way.member();
    const { input, as = person } = (await given(person)) ?? {};
    const answer = await as.call(operation, input);
    expect({ status: answer.status, type: answer.type }).toEqual({ status, type: error });
    if (way.transport === 'rest') expect(answer.body).toEqual({ ...ERROR, code: status, type: error });
  });
}

everyWay('a refusal', (way) => refusals(PREPARED, way));
everyWay('a refusal in production without a mail server and without SMS', (way) => refusals(WITHOUT_MESSAGES, way), { env: { NODE_ENV: 'production', BCRYPT_COST: '10' } });

// After all the others, and by what was really answered: a row that lists more than it can mean fails here, and one that nobody tests.
describe.each<Transport>(['rest', 'graphql'])('every failure that a row lists was answered over %s', (transport) => {
  it.each(Object.values(op))('$name', (row) => {
    expect(neverAnswered(row, transport)).toEqual([]);
    const cases = [...PREPARED, ...WITHOUT_MESSAGES].filter(({ operation }) => operation === row);
    expect(cases.map(({ error }) => error).sort()).toEqual([...row.errors].sort());
  });
});
