import { type Operation, restRoute } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import { API_KEY } from '../support/app';
import type { Input } from '../support/person';
import { asked, prove, recoveryCodes, scan, secure } from '../support/second-factors';
import { CHALLENGE, SESSION } from '../support/shapes';
import { everyWay } from '../support/ways';

const INPUTS: Record<string, Input> = {
  updateMFA: { mfa: true },
  createMFAAuthenticator: { type: 'totp' },
  updateMFAAuthenticator: { type: 'totp', otp: '123456' },
  deleteMFAAuthenticator: { type: 'totp', otp: '123456' },
  createMFAChallenge: { factor: 'totp' },
  updateMFAChallenge: { challengeId: 'nothing', otp: '123456' },
};
const ROWS = Object.values(op);
const SESSIONS_OWN = ['updateMFA', 'updateMFAAuthenticator', 'updateMFAChallenge', 'getMFARecoveryCodes', 'updateMFARecoveryCodes'];

everyWay('operations on second factors', (way) => {
  const inputOf = ({ name }: Operation) => INPUTS[name] ?? {};
  /** The same operation by another of its names. */
  const spelt = (row: Operation, nth: number): Operation => {
    const { method, path } = restRoute(row);
    const [kind, field] = row.graphql!.split(' ');
    return way.transport === 'rest' ? { ...row, rest: `${method} ${[path, ...(row.aliases ?? [])][nth] as '/'}` } : { ...row, graphql: `${kind} ${[field, ...(row.graphqlAliases ?? [])][nth]}` as Operation['graphql'] };
  };

  it('are ten', () => expect(ROWS.map(({ name }) => name).sort()).toEqual(['createMFAAuthenticator', 'createMFAChallenge', 'createMFARecoveryCodes', 'deleteMFAAuthenticator', 'getMFARecoveryCodes', 'listMFAFactors', 'updateMFA', 'updateMFAAuthenticator', 'updateMFAChallenge', 'updateMFARecoveryCodes']));

  it.each(ROWS)('$name is nothing for guests, and nothing for servers', async (row) => {
    expect(await way.stranger().call(row, inputOf(row))).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    expect(await way.stranger({ 'X-Appwrite-Key': API_KEY }).call(row, inputOf(row))).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    expect(await way.stranger({ 'X-Appwrite-Key': 'no such key' }).call(row, inputOf(row))).toMatchObject({ status: 401, type: 'user_unauthorized' });
    expect(await (await way.member()).call(row, inputOf(row), { 'X-Appwrite-Key': API_KEY })).toMatchObject({ status: 403, type: 'user_key_and_session_set' });
  });

  it.each(ROWS)('$name: a JWT speaks for the user, and where it acts on the session finds none', async (row) => {
    const ada = await way.member();
    const server = way.stranger({ 'X-Appwrite-JWT': (await ada.must(account.createJWT)).body.jwt as string });
    if (row.name === 'deleteMFAAuthenticator') {
      const app = await secure(ada);
      return expect((await server.call(row, { type: 'totp', otp: app.next() })).status).toBe(204);
    }
    const { status, type } = await server.call(row, inputOf(row));
    expect([status, type]).toEqual(SESSIONS_OWN.includes(row.name) ? [404, 'user_session_not_found'] : [row.status, undefined]);
  });

  it.each(ROWS)('$name goes by the older and the newer name alike', async (row) => {
    const spellings = (way.transport === 'rest' ? row.aliases : row.graphqlAliases) ?? [];
    const answers: { status: number; type?: string; keys: string[] }[] = [];
    for (const nth of [0, ...spellings.map((_, index) => index + 1)]) {
      const ada = await way.member();
      // Somebody new each time, with what this operation needs to do its work.
      const waiting = row.name === 'updateMFAAuthenticator' ? await scan(ada) : undefined;
      const app = /deleteMFAA|Challenge/.test(row.name) ? await secure(ada) : undefined;
      const input = { ...inputOf(row) };
      if (row.name === 'updateMFAChallenge') input.challengeId = await asked(ada, 'totp');
      if (/get|update/.test(row.name) && row.name.endsWith('Codes')) {
        await recoveryCodes(ada);
        await prove(ada, await secure(ada));
      }
      const code = (waiting ?? app)?.next();
      if (code && 'otp' in input) input.otp = code;
      const { status, type, body } = await ada.call(spelt(row, nth), input);
      answers.push({ status, type, keys: Object.keys(body || {}).sort() });
    }
    expect(answers).toEqual(answers.map(() => ({ ...answers[0], status: row.status, type: undefined })));
    const named = { rest: row.name.endsWith('Challenge') ? 2 : 1, graphql: row.name === 'updateMFA' ? 1 : 2 };
    expect(answers).toHaveLength(named[way.transport]);
  });

  it('share counters between all their names', async () => {
    const ada = await way.member();
    await secure(ada);
    const left = [];
    for (const nth of [0, 1, 0, 1]) left.push((await ada.call(spelt(op.createMFAChallenge, nth), { factor: 'totp' })).headers.get('x-ratelimit-remaining'));
    expect(left).toEqual(['9', '8', '7', '6']);
    const { body } = await ada.call(op.createMFAChallenge, { factor: 'totp' });
    expect(body).toEqual({ ...CHALLENGE, userId: ada.userId });
    const tried = [];
    for (const nth of [0, 1, 0, 1]) tried.push((await ada.call(spelt(op.updateMFAChallenge, nth), { challengeId: body.$id, otp: 'no code' })).headers.get('x-ratelimit-remaining'));
    expect(tried).toEqual(['9', '8', '7', '6']);
  });

  it('answer a challenge made over the one interface through the other', async () => {
    const ada = await way.member();
    const app = await secure(ada);
    const phone = await ada.elsewhere().signIn();
    const other = Object.assign(Object.create(Object.getPrototypeOf(phone) as object) as typeof phone, phone, { transport: way.transport === 'rest' ? 'graphql' : 'rest' });
    const challengeId = await asked(phone, 'totp');
    const { status, body } = await other.call(op.updateMFAChallenge, { challengeId, otp: app.next() });
    expect([status, body]).toEqual([200, { ...SESSION, userId: ada.userId, current: true, factors: ['password', 'totp'], mfaUpdatedAt: body.mfaUpdatedAt }]);
    expect((await phone.call(account.get)).status).toBe(200);
  });
});
