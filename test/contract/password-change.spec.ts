import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import { Person } from '../support/person';
import { everyWay } from '../support/ways';

const [main] = DEFAULT_PROJECTS.projects;
const AUTH = { staying: { invalidateSessions: false }, strict: { passwordHistory: 2, passwordDictionary: true, personalDataCheck: true } };
const projects = [main, ...Object.entries(AUTH).map(([id, auth]) => ({ ...main, id, auth }))];
const NEW = 'a new good password';

everyWay(
  'a password',
  (way) => {
    const change = (person: Person, password: string, oldPassword?: string) => person.call(account.updatePassword, { password, oldPassword });
    const signsIn = async (person: Person, password: string) => {
      const other = new Person(way.app, way.transport, { project: person.headers['X-Appwrite-Project'] });
      return (await other.call(session.createEmailPasswordSession, { email: person.email, password })).status === 201;
    };
    const member = async (project: string) => (await new Person(way.app, way.transport, { project }).signUp()).signIn();
    const isIn = async (person: Person) => (await person.call(account.get)).status === 200;
    const wrong = { status: 401, type: 'user_invalid_credentials' };

    it('changes with the present one', async () => {
      const ada = await way.member();
      const before = (await ada.must(account.get)).body;
      way.app.clock.turn(5);
      const { status, body } = await change(ada, NEW, ada.password);
      expect(status).toBe(200);
      expect(body).toEqual({ ...before, passwordUpdate: expect.any(String), $updatedAt: body.passwordUpdate });
      expect(Date.parse(body.passwordUpdate) - Date.parse(before.passwordUpdate)).toBeGreaterThanOrEqual(5_000);
      expect([await signsIn(ada, ada.password), await signsIn(ada, NEW)]).toEqual([false, true]);
    });

    it('is not what everybody knows of the user, nor as the first one of an account', async () => {
      for (const [operation, address] of [[account.updateEmail, { email: 'countess@example.com' }], [account.updatePhone, { phone: new Person(way.app, way.transport).phone }]] as const) {
        const anonymous = new Person(way.app, way.transport, { project: 'strict' });
        await anonymous.must(session.createAnonymousSession);
        // The part before the @, the number without its plus.
        const telling = `my ${Object.values(address)[0].replace(/^\+|@.*$/g, '')} and more`;
        expect(await anonymous.call(operation, { ...address, password: telling })).toMatchObject({ status: 400, type: 'user_password_personal_data' });
        expect((await anonymous.must(account.get)).body).toMatchObject({ email: '', phone: '', passwordUpdate: '' });
      }
    });

    it('stays when the present one is missing, null or wrong', async () => {
      const ada = await way.member();
      const answers = [await change(ada, NEW), await ada.call(account.updatePassword, { password: NEW, oldPassword: null }), await change(ada, NEW, 'not the password'), await change(ada, NEW, `${ada.password} `)];
      for (const answer of answers) expect(answer).toMatchObject(wrong);
      expect([await signsIn(ada, ada.password), await signsIn(ada, NEW)]).toEqual([true, false]);
    });

    it('needs none before it when there is none, and the next needs it', async () => {
      const ada = way.stranger();
      await ada.must(session.createAnonymousSession);
      expect((await change(ada, NEW)).body.passwordUpdate).not.toBe('');
      expect(await change(ada, 'another good password')).toMatchObject(wrong);
      expect((await change(ada, 'another good password', NEW)).status).toBe(200);
    });

    it('that changes ends the other sessions and their JWTs, not the one in use', async () => {
      const ada = await way.member();
      const [phone, tablet] = [await ada.elsewhere().signIn(), await ada.elsewhere().signIn()];
      const jwtOf = async (person: Person) => way.stranger({ 'X-Appwrite-JWT': (await person.must(account.createJWT)).body.jwt });
      const [mine, theirs] = [await jwtOf(ada), await jwtOf(phone)];
      expect((await change(ada, NEW, ada.password)).status).toBe(200);
      expect([await isIn(ada), await isIn(mine), await isIn(phone), await isIn(tablet), await isIn(theirs)]).toEqual([true, true, false, false, false]);
      expect((await ada.must(session.listSessions)).body).toMatchObject({ total: 1, sessions: [{ current: true }] });
    });

    it('changed by a JWT leaves the session that the JWT is of', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      const { jwt } = (await phone.must(account.createJWT)).body;
      expect((await change(way.stranger({ 'X-Appwrite-JWT': jwt }), NEW, ada.password)).status).toBe(200);
      expect([await isIn(ada), await isIn(phone)]).toEqual([false, true]);
    });

    it('that changes lets sessions be where the project wants that', async () => {
      const ada = await member('staying');
      const phone = new Person(way.app, way.transport, { project: 'staying' });
      await phone.must(session.createEmailPasswordSession, { email: ada.email, password: ada.password });
      expect((await change(ada, NEW, ada.password)).status).toBe(200);
      expect([await isIn(ada), await isIn(phone)]).toEqual([true, true]);
    });

    it('that changes leaves no secret alive that was asked for before', async () => {
      const ada = await way.member();
      const { secret } = (await way.stranger({ 'X-Appwrite-Key': API_KEY }).must(token.createMagicURLToken, { userId: 'unique()', email: ada.email })).body;
      await change(ada, NEW, ada.password);
      expect(await way.stranger().call(session.createSession, { userId: ada.userId, secret })).toMatchObject({ status: 401, type: 'user_invalid_token' });
    });

    it('may be the same again where no history is kept', async () => {
      const ada = await way.member();
      expect((await change(ada, ada.password, ada.password)).status).toBe(200);
    });

    it('is none of the last ones where the project remembers two', async () => {
      const ada = await member('strict');
      const recent = { status: 400, type: 'user_password_recently_used' };
      const [first, second, third] = [ada.password, 'second good password', 'third good password'];
      expect(await change(ada, first, first)).toMatchObject(recent);
      await change(ada, second, first);
      expect(await change(ada, first, second)).toMatchObject(recent);
      expect((await change(ada, third, second)).status).toBe(200);
      expect(await change(ada, second, third)).toMatchObject(recent);
      expect(await change(ada, third, third)).toMatchObject(recent);
      expect((await change(ada, first, third)).status).toBe(200);
      expect([await signsIn(ada, first), await signsIn(ada, third)]).toEqual([true, false]);
    });

    it.each(['password', 'PASSWORD1', 'iloveyou'])('is not what everybody has, where the project says so: %s', async (common) => {
      const [strict, lax] = [await member('strict'), await way.member()];
      const { status, type, body } = await change(strict, common, strict.password);
      expect([status, type]).toEqual([400, 'general_argument_invalid']);
      expect(body.message).toContain('password');
      expect((await change(lax, common, lax.password)).status).toBe(200);
    });

    it('holds nothing personal, where the project says so', async () => {
      const ada = await member('strict');
      for (const personal of [`x${ada.email}x`, `${ada.email.split('@')[0].toUpperCase()}!`, 'countess ADA of lovelace', `${ada.userId} xyz`]) {
        expect([personal, (await change(ada, personal, ada.password)).type]).toEqual([personal, 'user_password_personal_data']);
      }
      expect(await signsIn(ada, ada.password)).toBe(true);
    });

    it('changes once when ten want to change the same one', async () => {
      const ada = await way.member();
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => change(ada, `${NEW} ${index}`, ada.password)));
      const winners = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
      expect(winners).toHaveLength(1);
      expect(await signsIn(ada, `${NEW} ${winners[0]}`)).toBe(true);
    });
  },
  { projects: { projects } },
);
