import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY } from '../support/app';
import { cookiesOf } from '../support/raw';
import { everyWay } from '../support/ways';

const blocked = { status: 401, type: 'user_blocked' };

everyWay('an account that its owner blocks', (way) => {
  const server = () => way.stranger({ 'X-Appwrite-Key': API_KEY });

  it('is shown once more, and the cookies go', async () => {
    const ada = await way.member();
    const before = (await ada.must(account.get)).body;
    way.app.clock.turn(5);
    const { status, body, headers } = await ada.call(account.updateStatus);
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, status: false, $updatedAt: expect.any(String) });
    expect(Object.values(cookiesOf(headers)).map(({ value }) => value)).toEqual(['deleted', 'deleted']);
    expect(ada.cookies.size).toBe(0);
  });

  it('is closed to every credential it had', async () => {
    const ada = await way.member();
    const phone = await ada.elsewhere().signIn();
    const { jwt } = (await phone.must(account.createJWT)).body;
    const cookies = new Map(ada.cookies);
    await ada.must(account.updateStatus);
    cookies.forEach((value, name) => ada.cookies.set(name, value));

    for (const person of [ada, phone, way.stranger({ 'X-Appwrite-JWT': jwt })]) {
      for (const operation of [account.get, account.updateStatus, account.delete, account.createJWT, session.listSessions, session.deleteSessions, session.updateSession]) {
        expect([operation.name, await person.call(operation, { sessionId: 'current' })]).toMatchObject([operation.name, blocked]);
      }
    }
    expect(await ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject(blocked);
    expect(await ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password: 'not the password' })).toMatchObject({ type: 'user_invalid_credentials' });
  });

  it('is closed to the secrets that were on their way, and to those a server asks for', async () => {
    const ada = await way.member();
    const asked = async () => {
      const { userId, secret } = (await server().must(token.createMagicURLToken, { userId: 'unique()', email: ada.email })).body;
      return { userId: userId as string, secret: secret as string };
    };
    const before = await asked();
    const recovery = (await server().must(verification.createRecovery, { email: ada.email, url: 'http://localhost/' })).body.secret as string;
    await ada.must(account.updateStatus);

    expect(await way.stranger().call(session.createSession, before)).toMatchObject({ status: 401, type: 'user_invalid_token' });
    expect(await way.stranger().call(verification.updateRecovery, { userId: ada.userId, secret: recovery, password: 'another password' })).toMatchObject({ status: 401 });
    const after = await asked();
    expect(after.userId).toBe(ada.userId);
    const refused = await way.stranger().call(session.createSession, after);
    expect(refused).toMatchObject(blocked);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  it('gets no mail, and nobody is told by the answer', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    await ada.must(account.updateStatus);
    const ask = async (email: string) => {
      const recovery = await way.stranger().must(verification.createRecovery, { email, url: 'http://localhost/' });
      const magic = await way.stranger().must(token.createMagicURLToken, { userId: 'unique()', email });
      return [recovery, magic].map(({ status, body }) => ({ status, keys: Object.keys(body) }));
    };
    expect(await ask(ada.email)).toEqual(await ask(bob.email));
    await way.app.inbox.newest(bob.email, 2);
    expect(await way.app.inbox.all(ada.email)).toEqual([]);
  });

  it('stays blocked by JWT as by session, and takes no second user with it', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    const { jwt } = (await ada.must(account.createJWT)).body;
    expect(await way.stranger({ 'X-Appwrite-JWT': jwt }).call(account.updateStatus)).toMatchObject({ status: 200, body: { status: false } });
    expect(await ada.call(account.get)).toMatchObject(blocked);
    expect((await bob.must(account.get)).body.status).toBe(true);
    expect(await way.stranger().call(account.create, { userId: 'unique()', email: ada.email, password: 'good password' })).toMatchObject({ status: 409 });
  });
});
