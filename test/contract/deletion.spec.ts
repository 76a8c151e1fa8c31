import type { Engine, TestApp } from '../support/app';
import { prepare, startOn } from '../support/app';
import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { IdentityEntity } from '../../src/modules/users';
import { verificationOperations as verification } from '../../src/modules/verification';
import { PROJECT } from '../support/app';
import { Person } from '../support/person';
import { cookiesOf } from '../support/raw';
import { everyWay } from '../support/ways';

/** Tables in which a user or his address is found. The mailbox is the developer's, like an inbox elsewhere. */
async function tracesOf(app: TestApp, ...needles: string[]): Promise<string[]> {
  const { reader } = app.nest.get(Database);
  const traces: string[] = [];
  for (const { tableName } of reader.connection.entityMetadatas.filter((entity) => entity.tableName !== 'mailbox')) {
    const text = JSON.stringify(await reader.query(`SELECT * FROM ${tableName}`));
    if (needles.some((needle) => text.includes(needle))) traces.push(tableName);
  }
  return traces.sort();
}

everyWay('an account that its owner deletes', (way) => {
  const guest = { status: 401, type: 'general_unauthorized_scope' };

  it('is gone from every table', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    await ada.must(account.updatePhone, { phone: way.transport === 'rest' ? '+16175550001' : '+16175550002', password: ada.password });
    await ada.must(account.createPushTarget, { targetId: 'unique()', identifier: `device of ${ada.userId}` });
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
    await way.stranger().must(token.createMagicURLToken, { userId: 'unique()', email: ada.email });
    await way.stranger().must(verification.createRecovery, { email: ada.email, url: 'http://localhost/' });
    const database = way.app.nest.get(Database);
    const now = way.app.clock.now();
    const identity = { projectId: PROJECT, id: `of-${ada.userId}`, createdAt: now, updatedAt: now, userId: ada.userId, provider: 'github', providerUid: ada.userId, providerEmail: ada.email, providerAccessToken: null, providerAccessTokenExpiry: null, providerRefreshToken: null };
    await database.transaction(() => database.writer.insert(IdentityEntity, identity));
    expect(await tracesOf(way.app, ada.userId)).toEqual(['identities', 'logs', 'outbox', 'sessions', 'targets', 'tokens', 'users']);

    const { status, headers } = await ada.call(account.delete);
    expect(status).toBe(204);
    expect(Object.values(cookiesOf(headers)).map(({ value }) => value)).toEqual(['deleted', 'deleted']);
    expect(await tracesOf(way.app, ada.userId, ada.email)).toEqual([]);
    expect((await bob.must(account.get)).body.$id).toBe(bob.userId);
    expect(await tracesOf(way.app, bob.userId)).toEqual(['logs', 'sessions', 'targets', 'users']);
  });

  it('is dead at once in every session and JWT, and to its password and its secrets', async () => {
    const ada = await way.member();
    const phone = await ada.elsewhere().signIn();
    const { jwt } = (await phone.must(account.createJWT)).body;
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
    const { userId, secret } = await way.app.inbox.link(ada.email);
    const cookies = new Map(ada.cookies);
    await ada.must(account.delete);
    cookies.forEach((value, name) => ada.cookies.set(name, value));
    for (const person of [ada, phone, way.stranger({ 'X-Appwrite-JWT': jwt })]) expect(await person.call(account.get)).toMatchObject(guest);
    expect(await ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    expect(await way.stranger().call(verification.updateEmailVerification, { userId, secret })).toMatchObject({ status: 401, type: 'user_invalid_token' });
  });

  it('leaves its address and its id free', async () => {
    const ada = await way.member();
    const { jwt } = (await ada.must(account.createJWT)).body;
    await ada.must(account.delete);
    const again = await way.stranger().must(account.create, { userId: ada.userId, email: ada.email, password: 'another password' });
    expect(again.body).toMatchObject({ $id: ada.userId, email: ada.email, emailVerification: false, prefs: {} });
    // What the former owner still holds opens nothing of the new one's.
    expect(await way.stranger({ 'X-Appwrite-JWT': jwt }).call(account.get)).toMatchObject(guest);
    expect((await ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password: ada.password })).status).toBe(401);
  });

  it('is deleted by a JWT too, and by nobody without a credential', async () => {
    const ada = await way.member();
    const { jwt } = (await ada.must(account.createJWT)).body;
    expect(await way.stranger().call(account.delete)).toMatchObject(guest);
    expect((await way.stranger({ 'X-Appwrite-JWT': jwt }).call(account.delete)).status).toBe(204);
    expect(await ada.call(account.get)).toMatchObject(guest);
  });

  it('leaves nothing behind when it acts while it goes', async () => {
    const ada = await way.member();
    // Sessions of their own to end: without hers the deletion would not be let in.
    const others = await Promise.all(Array.from({ length: 4 }, () => ada.elsewhere().signIn()));
    await Promise.all([
      ada.call(verification.createEmailVerification, { url: 'http://localhost/' }),
      ada.call(account.createPushTarget, { targetId: 'unique()', identifier: `device of ${ada.userId}` }),
      ada.call(account.delete),
      ...others.map((other) => [
        ada.call(verification.createEmailVerification, { url: 'http://localhost/' }),
        ada.call(account.createPushTarget, { targetId: 'unique()', identifier: `device of ${ada.userId}` }),
        ada.call(account.updateName, { name: 'Countess' }),
        ada.call(account.updatePrefs, { prefs: { title: 'Countess' } }),
        ada.elsewhere().call(session.createEmailPasswordSession, { email: ada.email, password: ada.password }),
        other.call(session.deleteSession, { sessionId: 'current' }),
      ]).flat(),
    ]);
    expect(await tracesOf(way.app, ada.userId, ada.email)).toEqual([]);
  });
});

describe.each<Engine>(['sqlite', 'mysql'])('mails of an account that is deleted before they go out, on %s', (engine) => {
  it('are not sent', async () => {
    const ground = await prepare(engine);
    const api = await startOn(ground, { apiOnly: true });
    const [ada, bob] = [await new Person(api, 'rest').signUp(), await new Person(api, 'rest').signUp()];
    for (const person of [ada, bob]) await (await person.signIn()).must(verification.createEmailVerification, { url: 'http://localhost/' });
    await ada.must(account.delete);
    const all = await startOn(ground);
    try {
      await all.inbox.newest(bob.email);
      expect((await all.inbox.all()).map(({ to }) => to)).toEqual([bob.email]);
    } finally {
      await all.stop();
      await api.stop();
      await ground.release();
    }
  });
});
