import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { Keys } from '../../src/infra/crypto/keys';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Person } from '../support/person';
import { JWT } from '../support/shapes';
import { everyWay } from '../support/ways';

const projects = ['default', 'other'].map((id) => ({ id, platforms: ['localhost'] }));

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, any>;

everyWay(
  'JWTs',
  (way) => {
    const mint = async (person: Person, input = {}) => (await person.must(account.createJWT, input)).body.jwt as string;
    const with_ = (jwt: string) => way.stranger({ 'X-Appwrite-JWT': jwt });
    const invalid = { status: 401, type: 'user_jwt_invalid' };
    const guest = { status: 401, type: 'general_unauthorized_scope' };

    it('speak for the session that made them', async () => {
      const ada = await way.member();
      const { status, body } = await ada.call(account.createJWT);
      expect(status).toBe(201);
      expect(body).toEqual(JWT);
      const server = with_(body.jwt);
      expect((await server.call(account.get)).body.$id).toBe(ada.userId);
      expect((await server.call(account.updateName, { name: 'Countess' })).body.name).toBe('Countess');
      expect((await server.call(account.updatePrefs, { prefs: { a: 1 } })).status).toBe(200);
      expect((await ada.call(account.get)).body).toMatchObject({ name: 'Countess', prefs: { a: 1 } });
    });

    it('say who, for which project, by whom and until when, and no more', async () => {
      const ada = await way.member();
      const [header, payload] = (await mint(ada)).split('.').map((part, index) => (index < 2 ? decode(part) : {}));
      const { body: current } = await ada.call(session.getSession, { sessionId: 'current' });
      expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
      expect(payload).toEqual({ userId: ada.userId, sessionId: current.$id, iat: expect.any(Number), exp: payload.iat + 900, iss: way.app.url, aud: 'default' });
    });

    it('live for 15 minutes, or as long as was asked', async () => {
      const ada = await way.member();
      const [usual, short, long, none] = [await mint(ada), await mint(ada, { duration: 60 }), await mint(ada, { duration: 3_600 }), await mint(ada, { duration: 0 })];
      const alive = async () => Promise.all([usual, short, long].map(async (jwt) => (await with_(jwt).call(account.get)).status));
      expect(await with_(none).call(account.get)).toMatchObject(invalid);
      expect(await alive()).toEqual([200, 200, 200]);
      way.app.clock.turn(61);
      expect(await alive()).toEqual([200, 401, 200]);
      way.app.clock.turn(830);
      expect(await alive()).toEqual([200, 401, 200]);
      way.app.clock.turn(10);
      expect(await alive()).toEqual([401, 401, 200]);
      way.app.clock.turn(2_700);
      expect(await with_(long).call(account.get)).toMatchObject(invalid);
    });

    it('cannot make another', async () => {
      const jwt = await mint(await way.member());
      expect(await with_(jwt).call(account.createJWT)).toMatchObject({ status: 403, type: 'user_jwt_creation_denied' });
    });

    it('die with their session: by logout, by its deletion elsewhere, by its end', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      const jwts = [await mint(ada), await mint(phone)];
      await ada.must(session.deleteSession, { sessionId: 'current' });
      expect(await with_(jwts[0]).call(account.get)).toMatchObject(guest);
      expect((await with_(jwts[1]).call(account.get)).status).toBe(200);
      await with_(jwts[1]).must(session.deleteSessions);
      expect(await with_(jwts[1]).call(account.get)).toMatchObject(guest);
      expect(await phone.call(account.get)).toMatchObject(guest);
    });

    it('die with their session when a newer one pushes it out', async () => {
      const ada = await way.member();
      const jwt = await mint(ada);
      for (let device = 0; device < 10; device += 1) await ada.elsewhere().signIn();
      expect(await with_(jwt).call(account.get)).toMatchObject(guest);
    });

    it('have no current session', async () => {
      const ada = await way.member();
      const server = with_(await mint(ada));
      const absent = { status: 404, type: 'user_session_not_found' };
      expect(await server.call(session.getSession, { sessionId: 'current' })).toMatchObject(absent);
      expect(await server.call(session.deleteSession, { sessionId: 'current' })).toMatchObject(absent);
      const { body } = await server.call(session.listSessions);
      expect(body.sessions.map(({ current }: { current: boolean }) => current)).toEqual([false]);
      expect((await server.call(session.getSession, { sessionId: body.sessions[0].$id })).body.current).toBe(false);
    });

    it('count alone beside somebody’s session', async () => {
      const [ada, bob] = [await way.member(), await way.member()];
      const jwt = await mint(ada);
      expect((await bob.call(account.get, {}, { 'X-Appwrite-JWT': jwt })).body.$id).toBe(ada.userId);
      expect(await bob.call(session.getSession, { sessionId: 'current' }, { 'X-Appwrite-JWT': jwt })).toMatchObject({ status: 404 });
      expect(await bob.call(account.get, {}, { 'X-Appwrite-JWT': `${jwt}x` })).toMatchObject(invalid);
      await ada.must(session.deleteSessions);
      expect(await bob.call(account.get, {}, { 'X-Appwrite-JWT': jwt })).toMatchObject(guest);
    });

    it('of one project are nothing to another', async () => {
      const jwt = await mint(await way.member());
      const elsewhere = way.stranger({ 'X-Appwrite-Project': 'other', 'X-Appwrite-JWT': jwt });
      expect(await elsewhere.call(account.get)).toMatchObject(invalid);
    });

    it('are refused when anything about them was changed or invented', async () => {
      const [ada, eve] = [await way.member(), await way.member()];
      const [header, payload, signature] = (await mint(eve)).split('.');
      const claims = decode(payload);
      const forged = encode({ ...claims, userId: ada.userId });
      const hmac = (text: string, key: string | Buffer) => createHmac('sha256', key).update(text).digest('base64url');
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const rs = `${encode({ alg: 'RS256', typ: 'JWT' })}.${forged}`;
      // Ours, to prove that the algorithm is pinned and not merely the key unknown.
      const key = way.app.nest.get(Keys).key('jwt:default');
      const hs512 = `${encode({ alg: 'HS512', typ: 'JWT' })}.${payload}`;
      const signed = (changed: object) => `${header}.${encode(changed)}.${hmac(`${header}.${encode(changed)}`, key)}`;

      const attempts = [
        ...['none', 'None', 'nOnE', 'NONE'].flatMap((alg) => [`${encode({ alg, typ: 'JWT' })}.${payload}.`, `${encode({ alg, typ: 'JWT' })}.${payload}.${signature}`, `${encode({ alg, typ: 'JWT' })}.${payload}`]),
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${header}.${forged}.${signature}`,
        `${header}.${payload}.${signature.slice(0, -2)}`,
        `${rs}.${signWith('sha256', Buffer.from(rs), privateKey).toString('base64url')}`,
        `${header}.${forged}.${hmac(`${header}.${forged}`, pem)}`,
        `${header}.${payload}.${hmac(`${header}.${payload}`, '')}`,
        `${header}.${payload}.${hmac(`${header}.${payload}`, 'f1c0ffee5eed0b57ac1ed0ddba11babe')}`,
        `${hs512}.${createHmac('sha512', key).update(hs512).digest('base64url')}`,
        signed({ ...claims, iss: 'https://evil.example' }),
        signed({ ...claims, aud: 'other' }),
        signed({ ...claims, exp: undefined }),
        signed({ ...claims, exp: '9999999999' }),
        signed({ ...claims, exp: Math.floor(Date.now() / 1_000) - 1 }),
        signed({ ...claims, userId: { $ne: '' } }),
        'garbage',
        '..',
        'a.b.c',
        '%E0%A4%A',
        'x'.repeat(4_000),
      ];
      for (const attempt of attempts) {
        const { status, type } = await with_(attempt).call(account.get);
        expect([attempt, status, type]).toEqual([attempt, 401, 'user_jwt_invalid']);
      }
      expect((await with_(signed(claims)).call(account.get)).body.$id).toBe(eve.userId);
      expect(await with_(signed({ ...claims, userId: ada.userId })).call(account.get)).toMatchObject(guest);
    });
  },
  { projects: { projects } },
);
