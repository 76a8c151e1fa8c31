import { Passwords } from '../../src/infra/crypto/passwords';
import { bcryptSha384 } from '../../src/infra/crypto/hash/bcrypt-sha384';
import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { UserEntity, Users } from '../../src/modules/users';
import { verificationOperations as verification } from '../../src/modules/verification';
import { PROJECT } from '../support/app';
import { everyWay } from '../support/ways';

/** States that an operator or an import brings about, not an operation: their rows are written directly. */
everyWay('a user', (way) => {
  const change = (id: string, patch: Partial<UserEntity>) => {
    const database = way.app.nest.get(Database);
    return database.transaction(() => database.writer.update(UserEntity, { projectId: PROJECT, id }, patch));
  };
  const blocked = { status: 401, type: 'user_blocked' };

  it('who is blocked is out at once, by session and JWT, and back when he is not', async () => {
    const ada = await way.member();
    const { jwt } = (await ada.must(account.createJWT)).body;
    await change(ada.userId, { status: false });
    for (const operation of [account.get, account.getPrefs, account.updateName, account.updatePrefs, account.createJWT, session.listSessions, session.getSession, session.deleteSession, session.deleteSessions, verification.createEmailVerification]) {
      const input = { name: 'Ada', prefs: {}, sessionId: 'current', url: 'http://localhost/' };
      const answers = [await ada.call(operation, input), await way.stranger().call(operation, input, { 'X-Appwrite-JWT': jwt })];
      expect(answers.map(({ status, type }) => [operation.name, status, type])).toEqual([[operation.name, 401, 'user_blocked'], [operation.name, 401, 'user_blocked']]);
    }
    await change(ada.userId, { status: true });
    expect((await ada.call(account.get)).status).toBe(200);
  });

  it('who is blocked gets no session, and learns why only with the right password', async () => {
    const ada = await way.stranger().signUp();
    await change(ada.userId, { status: false });
    const login = (password: string) => ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password });
    const refused = await login(ada.password);
    expect(refused).toMatchObject(blocked);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await login('wrong password')).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    await change(ada.userId, { status: true });
    expect((await (await ada.signIn()).must(session.listSessions)).body.total).toBe(1);
  });

  it('without a password cannot sign in by one, and fails as a wrong one does', async () => {
    const ada = await way.stranger().signUp();
    await change(ada.userId, { passwordHash: null, passwordAlgorithm: null, passwordUpdatedAt: null });
    for (const password of [ada.password, 'nobody has this password', 'undefined', 'null null']) {
      expect(await ada.call(session.createEmailPasswordSession, { email: ada.email, password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    }
  });

  it('without an address has none to verify', async () => {
    const ada = await way.member();
    await change(ada.userId, { email: null });
    expect(await ada.call(verification.createEmailVerification, { url: 'http://localhost/' })).toMatchObject({ status: 400, type: 'user_email_not_found' });
    expect((await ada.must(account.get)).body.email).toBe('');
  });

  it('whose address changed cannot prove the old one', async () => {
    const ada = await way.member();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
    const { userId, secret } = await way.app.inbox.link(ada.email);
    await change(ada.userId, { email: `new.${ada.email}` });
    expect(await ada.call(verification.updateEmailVerification, { userId, secret })).toMatchObject({ status: 401, type: 'user_invalid_token' });
    expect((await ada.must(account.get)).body.emailVerification).toBe(false);
  });

  it('whose password was hashed at another cost signs in, and is hashed anew', async () => {
    const ada = await way.stranger().signUp();
    const hashOf = async () => (await way.app.nest.get(Users).find(PROJECT, ada.userId))!.passwordHash!;
    const { algorithm } = await way.app.nest.get(Passwords).hash(ada.password);
    const earlier = await bcryptSha384.hash(ada.password, 5);
    await change(ada.userId, { passwordHash: earlier, passwordAlgorithm: algorithm });
    await ada.elsewhere().signIn();
    const upgraded = await hashOf();
    expect([bcryptSha384.cost(earlier), bcryptSha384.cost(upgraded)]).toEqual([5, 4]);
    await ada.elsewhere().signIn();
    expect(await hashOf()).toBe(upgraded);
  });
});
