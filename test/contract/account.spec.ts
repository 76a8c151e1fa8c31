import { accountOperations as op } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { API_KEY } from '../support/app';
import { send } from '../support/raw';
import { USER } from '../support/shapes';
import { everyWay } from '../support/ways';

/** What only the server may decide. */
const PLANTED = {
  id: 'planted',
  $id: 'planted',
  projectId: 'planted',
  emailVerification: true,
  emailVerified: true,
  phoneVerification: true,
  phone: '+15550100',
  status: false,
  labels: ['admin'],
  mfa: true,
  role: 'admin',
  createdAt: '2001-01-01T00:00:00.000+00:00',
  $createdAt: '2001-01-01T00:00:00.000+00:00',
  passwordHash: 'planted',
  prefs: { planted: true },
};

everyWay('accounts', (way) => {
  it('are created with an id of ours, unverified, without a session', async () => {
    const ada = way.stranger();
    const before = way.app.clock.now().getTime() - 1;
    const { status, body, headers } = await ada.call(op.create, { userId: 'unique()', email: ada.email, password: ada.password, name: 'Ada' });

    expect(status).toBe(201);
    expect(body).toEqual({ ...USER, name: 'Ada', email: ada.email, emailVerification: false, prefs: {} });
    expect(body.$id).toMatch(/^[0-9a-f]{20}$/);
    expect(Date.parse(body.$createdAt)).toBeGreaterThanOrEqual(before);
    expect([body.registration, body.passwordUpdate, body.accessedAt]).toEqual([body.$createdAt, body.$createdAt, body.$createdAt]);
    expect(body.targets[0]).toMatchObject({ userId: body.$id, identifier: ada.email });
    expect(headers.getSetCookie()).toEqual([]);
    expect(await ada.call(op.get)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
  });

  it('take the id of the caller’s choice, letter by letter, and an empty name when none is given', async () => {
    const [ada, bob] = [way.stranger(), way.stranger()];
    const userId = `Ada-${way.transport}`;
    const first = await ada.call(op.create, { userId, email: ada.email, password: ada.password });
    const second = await bob.call(op.create, { userId: userId.toLowerCase(), email: bob.email, password: bob.password });
    expect([first.body.$id, first.body.name, second.body.$id]).toEqual([userId, '', userId.toLowerCase()]);
  });

  it('are refused when the address or the id is taken', async () => {
    const ada = await way.stranger().signUp();
    const bob = way.stranger();
    const taken = { status: 409, type: 'user_already_exists' };
    expect(await bob.call(op.create, { userId: 'unique()', email: ada.email, password: bob.password })).toMatchObject(taken);
    expect(await bob.call(op.create, { userId: 'unique()', email: ada.email.toUpperCase(), password: bob.password })).toMatchObject(taken);
    expect(await bob.call(op.create, { userId: ada.userId, email: bob.email, password: bob.password })).toMatchObject(taken);
    await ada.signIn();
    expect((await ada.call(op.get)).body.email).toBe(ada.email);
  });

  it('are created once when many ask for one address at the same time', async () => {
    const { email } = way.stranger();
    const answers = await Promise.all(Array.from({ length: 8 }, () => way.stranger().call(op.create, { userId: 'unique()', email, password: 'good password' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('can be created by a server with its key and by somebody who is signed in', async () => {
    const [ada, bob] = [await way.member(), way.stranger()];
    const byKey = await way.stranger().call(op.create, { userId: 'unique()', email: bob.email, password: bob.password }, { 'X-Appwrite-Key': API_KEY });
    expect(byKey).toMatchObject({ status: 201, body: { email: bob.email } });
    const { email } = way.stranger();
    expect(await ada.call(op.create, { userId: 'unique()', email, password: 'good password' })).toMatchObject({ status: 201, body: { email } });
  });

  it('are shown whole to their owner', async () => {
    const ada = await way.member();
    const { status, body } = await ada.call(op.get);
    expect(status).toBe(200);
    expect(body).toEqual({ ...USER, $id: ada.userId, name: 'Ada', email: ada.email, emailVerification: false, prefs: {} });
  });

  it('are shown to nobody without a credential, and the answer says which was missing', async () => {
    for (const operation of [op.get, op.getPrefs, op.updateName, op.updatePrefs, op.createJWT]) {
      const { status, type, body } = await way.stranger().call(operation, { name: 'Eve', prefs: {} });
      expect([operation.name, status, type]).toEqual([operation.name, 401, 'general_unauthorized_scope']);
      expect(body.message).toContain('No session was sent');
    }
  });

  it('change their name, and nothing else but the date', async () => {
    const ada = await way.member();
    const { body: before } = await ada.call(op.get);
    way.app.clock.turn(5);
    const { status, body } = await ada.call(op.updateName, { name: 'Ada King' });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, name: 'Ada King', $updatedAt: expect.any(String) });
    expect(Date.parse(body.$updatedAt) - Date.parse(before.$updatedAt)).toBeGreaterThanOrEqual(5_000);
    expect((await ada.call(op.get)).body).toEqual(body);
  });

  it('keep a name letter by letter', async () => {
    const ada = await way.member();
    for (const name of [' Ada  ', '<script>{{name}}</script>', 'Ада 🐎', '\r\nBcc: eve@example.com']) {
      expect((await ada.call(op.updateName, { name })).body.name).toBe(name);
      expect((await ada.call(op.get)).body.name).toBe(name);
    }
  });

  it('remember once a day when their owner was last here', async () => {
    const ada = await way.member();
    const seen = async () => (await ada.call(op.get)).body.accessedAt as string;
    const first = await seen();
    way.app.clock.turn(23 * 3_600);
    expect(await seen()).toBe(first);
    expect(await seen()).toBe(first);
    way.app.clock.turn(2 * 3_600);
    await seen();
    for (let tries = 0; tries < 50 && (await seen()) === first; tries += 1);
    expect(Date.parse(await seen()) - Date.parse(first)).toBeGreaterThan(24 * 3_600_000);
  });
});

everyWay(
  'accounts',
  (way) => {
    it('never take from a body what only the server decides', async () => {
      const ada = way.stranger();
      const created = await ada.call(op.create, { ...PLANTED, userId: 'unique()', email: ada.email, password: ada.password, name: 'Ada' });
      expect(created.body).toEqual({ ...USER, name: 'Ada', email: ada.email, emailVerification: false, prefs: {} });
      expect(created.body.$id).not.toBe('planted');
      expect(created.body.$createdAt).not.toMatch(/^2001/);

      const signedIn = await ada.call(sessionOperations.createEmailPasswordSession, { ...PLANTED, email: ada.email, password: ada.password });
      expect(signedIn.body).toMatchObject({ userId: created.body.$id, factors: ['password'] });

      const renamed = await ada.call(op.updateName, { ...PLANTED, email: 'planted@example.com', password: 'planted planted', name: 'Ada King' });
      const preferred = await ada.call(op.updatePrefs, { ...PLANTED, email: 'planted@example.com', name: 'planted', prefs: { a: 1 } });
      expect(renamed.body).toEqual({ ...created.body, name: 'Ada King', $updatedAt: expect.any(String), accessedAt: expect.any(String) });
      expect(preferred.body).toEqual({ ...renamed.body, prefs: { a: 1 }, $updatedAt: expect.any(String) });
      expect((await ada.call(op.get)).body).toEqual({ ...preferred.body, accessedAt: expect.any(String) });
      await ada.elsewhere().signIn();
    });

    it('take a parameter from the body rather than from the query', async () => {
      const ada = await way.member();
      const [cookie] = [...ada.cookies].map(([name, value]) => `${name}=${value}`);
      const { status, body } = await send(way.app, '/v1/account/name?name=query', { method: 'PATCH', headers: { Cookie: cookie }, body: { name: 'body' } });
      expect([status, body.name]).toEqual([200, 'body']);
    });
  },
  { transports: ['rest'] },
);
