import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as op } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { Answer, Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { TOKEN } from '../support/shapes';
import { everyWay } from '../support/ways';

const HOUR = 3_600;
const PAGE = 'http://localhost/reset';
const NEW = 'a password nobody had';
const EVIL = ['https://evil.example/', '//localhost/', 'https://localhost@evil.example/', 'javascript:alert(1)', ''];

const [main] = DEFAULT_PROJECTS.projects;
const project = (id: string, auth: object) => ({ ...main, id, auth });
const projects = [main, project('telling', { revealAccounts: true }), project('strict', { passwordHistory: 2, passwordDictionary: true }), project('lasting', { invalidateSessions: false })];

everyWay(
  'recovery',
  (way) => {
    const ask = (email: string, url = PAGE, headers = {}) => way.stranger().call(op.createRecovery, { email, url }, headers);
    const reset = ({ userId, secret }: { userId: string; secret: string }, password = NEW, headers = {}) => way.stranger().call(op.updateRecovery, { userId, secret, password }, headers);
    const asked = async ({ email }: Person, count = 1) => {
      expect((await ask(email)).status).toBe(201);
      return way.app.inbox.link(email, count);
    };
    const login = ({ email }: Person, password: string, headers = {}) => way.stranger().call(session.createEmailPasswordSession, { email, password }, headers);
    const memberOf = async (id: string) => (await way.stranger({ 'X-Appwrite-Project': id }).signUp()).signIn();
    const bare = ({ status, body, headers }: Answer) => ({ status, keys: Object.keys(body), headers: [...headers.keys()].filter((name) => name !== 'date') });
    const isGuest = async (person: Person, headers = {}) => (await person.call(account.get, {}, headers)).type === 'general_unauthorized_scope';
    const invalid = { status: 401, type: 'user_invalid_token' };

    it('lets who reads the mail choose a new password, which proves the address and opens no session', async () => {
      const ada = await way.stranger().signUp();
      const { status, body } = await ask(ada.email.toUpperCase());
      expect([status, body]).toEqual([201, { ...TOKEN, userId: ada.userId }]);
      expect(Math.round((Date.parse(body.expire) - Date.parse(body.$createdAt)) / 1_000)).toBe(HOUR);
      expect(await way.app.inbox.newest(ada.email)).toMatchObject({ subject: 'Password Reset', to: ada.email, text: expect.stringContaining('Hello Ada,') as unknown });
      const link = await way.app.inbox.link(ada.email);
      expect(link).toMatchObject({ userId: ada.userId, expire: body.expire, secret: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
      expect(link.href.startsWith(`${PAGE}?`)).toBe(true);

      const browser = ada.elsewhere();
      const { status: done, body: shown } = await browser.call(op.updateRecovery, { userId: link.userId, secret: link.secret, password: NEW, passwordAgain: NEW });
      expect([done, shown, browser.cookies.size]).toEqual([200, body, 0]);
      expect(await login(ada, ada.password)).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
      const user = (await Object.assign(ada, { password: NEW }).signIn().then((person) => person.must(account.get))).body;
      expect(user.emailVerification).toBe(true);
      expect(Date.parse(user.passwordUpdate)).toBeGreaterThanOrEqual(Date.parse(body.$createdAt));
    });

    it('answers alike for a known, an unknown and a blocked address, and writes to the known alone', async () => {
      const [ada, bob, nobody] = [await way.member(), await way.member(), way.stranger()];
      await bob.must(account.updateStatus);
      const [unknown, blocked, known] = [await ask(nobody.email), await ask(bob.email), await ask(ada.email)];
      for (const { body } of [known, unknown, blocked]) expect(body).toEqual(TOKEN);
      expect([bare(unknown), bare(blocked)]).toEqual([bare(known), bare(known)]);
      expect(blocked.body.userId).toBe(bob.userId);
      expect(unknown.body.userId).toMatch(/^[0-9a-f]{20}$/);

      const again = [await ask(nobody.email.toUpperCase()), await ask(way.stranger().email), await ask(nobody.email)];
      expect(again.map(({ body }) => body.userId === unknown.body.userId)).toEqual([true, false, true]);
      expect(again[2].body.$id).not.toBe(unknown.body.$id);

      await way.app.inbox.link(ada.email);
      expect([await way.app.inbox.all(nobody.email), await way.app.inbox.all(bob.email)]).toEqual([[], []]);
      const refusals = [await reset({ userId: ada.userId, secret: 'wrong' }), await reset({ userId: unknown.body.userId, secret: 'wrong' }), await reset({ userId: 'nobody', secret: 'wrong' })];
      for (const refusal of refusals) expect({ ...refusal.body, requestId: '' }).toEqual({ ...refusals[0].body, requestId: '' });
      expect(refusals[1]).toMatchObject(invalid);
    });

    it.each(EVIL)('leads nowhere but to the app, for an unknown address as for a known: %s', async (url) => {
      const ada = await way.stranger().signUp();
      const [known, unknown] = [await ask(ada.email, url), await ask(way.stranger().email, url)];
      expect(known).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...known.body, requestId: '' });
    });

    it('tells an unknown address where the project wants that', async () => {
      const telling = { 'X-Appwrite-Project': 'telling' };
      const ada = await memberOf('telling');
      expect((await ask(ada.email, PAGE, telling)).status).toBe(201);
      expect(await ask(way.stranger().email, PAGE, telling)).toMatchObject({ status: 404, type: 'user_not_found' });
    });

    it('is not done when the two passwords differ, and the secret stays good', async () => {
      const ada = await way.stranger().signUp();
      const { userId, secret } = await asked(ada);
      for (const passwordAgain of [`${NEW} `, ada.password]) {
        expect(await ada.call(op.updateRecovery, { userId, secret, password: NEW, passwordAgain })).toMatchObject({ status: 400, type: 'user_password_mismatch' });
      }
      expect(await ada.call(op.updateRecovery, { userId, secret, password: 'short' })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      expect((await reset({ userId, secret })).status).toBe(200);
    });

    it('takes no secret that is wrong, spent, replaced, too old or another’s', async () => {
      const [ada, eve, bob] = [await way.stranger().signUp(), await way.stranger().signUp(), await way.stranger().signUp()];
      const older = await asked(ada);
      const link = await asked(ada, 2);
      for (const tried of [older, { ...link, secret: `${link.secret} ` }, { ...link, secret: link.secret.toUpperCase() }, { ...link, userId: eve.userId }, { ...link, userId: 'nobody' }]) expect(await reset(tried)).toMatchObject(invalid);
      expect((await login(ada, ada.password)).status).toBe(201);
      expect((await reset(link)).status).toBe(200);
      expect(await reset(link, 'yet another password')).toMatchObject(invalid);

      const [early, late] = [await asked(eve), await asked(bob)];
      way.app.clock.turn(HOUR - 30);
      expect((await reset(early)).status).toBe(200);
      way.app.clock.turn(31);
      expect(await reset(late)).toMatchObject(invalid);
      expect((await login(bob, bob.password)).status).toBe(201);
    });

    it('is for whoever has lost his password: with a session or a key as well, and a server sees the secret', async () => {
      const ada = await way.member();
      expect((await ada.call(op.createRecovery, { email: ada.email, url: PAGE })).body.secret).toBe('');
      const { body } = await ask(ada.email, PAGE, { 'X-Appwrite-Key': API_KEY });
      expect(body.secret).toBe((await way.app.inbox.link(ada.email, 2)).secret);
      expect((await reset({ userId: ada.userId, secret: body.secret as string }, NEW, { 'X-Appwrite-Key': API_KEY })).status).toBe(200);
    });

    it('ends every session and JWT, and every other secret that is on its way', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      await ada.must(account.updatePhone, { phone: ada.phone, password: ada.password });
      const { jwt } = (await ada.must(account.createJWT)).body;
      await ada.must(op.createEmailVerification, { url: PAGE });
      const proof = await way.app.inbox.link(ada.email);
      await ada.must(op.createPhoneVerification);
      const sms = await way.app.inbox.code(ada.phone);
      const input = { userId: 'unique()', email: ada.email };
      await ada.must(token.createMagicURLToken, input);
      const magic = await way.app.inbox.link(ada.email, 2);
      await ada.must(token.createEmailToken, input);
      const code = await way.app.inbox.code(ada.email, 3);
      expect((await reset(await asked(ada, 4))).status).toBe(200);

      expect([await isGuest(ada), await isGuest(phone), await isGuest(way.stranger(), { 'X-Appwrite-JWT': jwt })]).toEqual([true, true, true]);
      for (const secret of [magic.secret, code]) expect(await way.stranger().call(session.createSession, { userId: ada.userId, secret })).toMatchObject(invalid);
      expect(await way.stranger().call(op.updateEmailVerification, { userId: ada.userId, secret: proof.secret })).toMatchObject(invalid);
      expect(await way.stranger().call(op.updatePhoneVerification, { userId: ada.userId, secret: sms })).toMatchObject(invalid);
    });

    it('leaves sessions alone where the project says so', async () => {
      const ada = await memberOf('lasting');
      await ask(ada.email, PAGE, { 'X-Appwrite-Project': 'lasting' });
      const link = await way.app.inbox.link(ada.email);
      expect((await reset(link, NEW, { 'X-Appwrite-Project': 'lasting' })).status).toBe(200);
      expect(await isGuest(ada)).toBe(false);
    });

    it('keeps the project’s rules for passwords, and the secret for the next try', async () => {
      const strict = { 'X-Appwrite-Project': 'strict' };
      const ada = await memberOf('strict');
      await ada.must(account.updatePassword, { password: 'the second password', oldPassword: ada.password });
      await ask(ada.email, PAGE, strict);
      const link = await way.app.inbox.link(ada.email);
      for (const password of [ada.password, 'the second password']) expect(await reset(link, password, strict)).toMatchObject({ status: 400, type: 'user_password_recently_used' });
      for (const password of ['password1', 'PASSWORD123']) expect(await reset(link, password, strict)).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      expect((await login(ada, 'the second password', strict)).status).toBe(201);
      expect((await reset(link, NEW, strict)).status).toBe(200);
      await ask(ada.email, PAGE, strict);
      const next = await way.app.inbox.link(ada.email, 2);
      expect(await reset(next, 'the second password', strict)).toMatchObject({ status: 400, type: 'user_password_recently_used' });
      expect((await reset(next, ada.password, strict)).status).toBe(200);
    });

    it('is no longer possible by a mail to an address that changed since', async () => {
      const ada = await way.member();
      const link = await asked(ada);
      await ada.must(account.updateEmail, { email: `new.${ada.email}`, password: ada.password });
      expect(await reset(link)).toMatchObject(invalid);
      expect((await ada.must(account.get)).body.emailVerification).toBe(false);
    });

    it('is asked for ten times an hour for an address and from one, known or not', async () => {
      toNextWindow(way.app);
      const [ada, nobody, eve] = [await way.stranger().signUp(), way.stranger(), way.stranger()];
      const of = async (count: number, call: () => Promise<Answer>) => {
        const statuses: number[] = [];
        for (let nth = 0; nth < count; nth += 1) statuses.push((await call()).status);
        return statuses;
      };
      const tenThenNone = [...Array<number>(10).fill(201), 429];
      expect(await of(11, () => ask(ada.email))).toEqual(tenThenNone);
      expect(await of(11, () => ask(nobody.email))).toEqual(tenThenNone);
      expect(await of(11, () => eve.call(op.createRecovery, { email: way.stranger().email, url: PAGE }))).toEqual(tenThenNone);
    });

    it('is tried ten times an hour for a user, from wherever', async () => {
      const ada = await way.stranger().signUp();
      toNextWindow(way.app);
      const link = await asked(ada);
      for (let nth = 0; nth < 10; nth += 1) expect(await reset({ ...link, secret: 'wrong' })).toMatchObject(invalid);
      expect(await reset(link)).toMatchObject({ status: 429, type: 'general_rate_limit_exceeded' });
      way.app.clock.turn(HOUR);
      expect(await reset(await asked(ada, 2))).toMatchObject({ status: 200 });
    });
  },
  { projects: { projects } },
);
