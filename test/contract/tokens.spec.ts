import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as op } from '../../src/modules/tokens';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { Answer, Input, Person } from '../support/person';
import { send } from '../support/raw';
import { TOKEN } from '../support/shapes';
import { everyWay } from '../support/ways';

const MOCK = { phone: '+16175550000', otp: '424242' };
const QUARTER = 15 * 60;
const HOUR = 3_600;
const EVIL = ['https://evil.example/', '//localhost/', 'https://localhost@evil.example/', 'https://localhost.evil.example/', 'javascript:alert(1)', 'otherapp://open', ''];
const NO_NUMBERS = ['', '+', '6175551212', '+0175551212', '+1', '+123456', '+1234567890123456', '+1 617 555 1212', '+1617555121a', '+1617555121２', '+16175551212\n', 'tel:+16175551212', ' +16175551212', 16175551212];

const [main] = DEFAULT_PROJECTS.projects;
const projects = [{ ...main, auth: { mockNumbers: [MOCK] } }, { ...main, id: 'off', auth: { emailOtp: false, magicUrl: false, phone: false } }, { ...main, id: 'full', auth: { limit: 1 } }];

everyWay(
  'tokens',
  (way) => {
    const askCode = (person: Person, input: Input = {}, headers = {}) => person.call(op.createEmailToken, { userId: 'unique()', email: person.email, ...input }, headers);
    const askLink = (person: Person, input: Input = {}, headers = {}) => person.call(op.createMagicURLToken, { userId: 'unique()', email: person.email, ...input }, headers);
    const askSms = (person: Person, input: Input = {}, headers = {}) => person.call(op.createPhoneToken, { userId: 'unique()', phone: person.phone, ...input }, headers);
    const ASKED = [
      { name: 'a code by e-mail', ask: askCode, to: (person: Person) => person.email },
      { name: 'a magic link', ask: askLink, to: (person: Person) => person.email },
      { name: 'a code by SMS', ask: askSms, to: (person: Person) => person.phone },
    ];
    const use = (userId: string, secret: string) => way.stranger().call(session.createSession, { userId, secret });
    const chosenId = () => `chosen-${way.stranger().email.slice(4, 14)}`;
    const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const lifetime = ({ body }: Answer) => Math.round((Date.parse(body.expire) - Date.parse(body.$createdAt)) / 1_000);
    const server = { 'X-Appwrite-Key': API_KEY };
    const invalid = { status: 401, type: 'user_invalid_token' };
    const secretOf = async ({ name, to }: (typeof ASKED)[number], person: Person, count = 1) => (name === 'a magic link' ? (await way.app.inbox.link(to(person), count)).secret : way.app.inbox.code(to(person), count));

    describe.each(ASKED)('$name', (kind) => {
      const { ask } = kind;

      it('makes a user of an unknown address, under the id of one’s choice', async () => {
        const [ada, userId] = [way.stranger(), chosenId()];
        const answer = await ask(ada, { userId });
        expect([answer.status, answer.body]).toEqual([201, { ...TOKEN, userId }]);
        await ada.must(session.createSession, { userId, secret: await secretOf(kind, ada) });
        const byPhone = ask === askSms;
        const { body } = await ada.must(account.get);
        expect(body).toMatchObject({ $id: userId, name: '', email: byPhone ? '' : ada.email, phone: byPhone ? ada.phone : '', passwordUpdate: '' });
        expect(body.targets).toMatchObject([{ providerType: byPhone ? 'sms' : 'email', identifier: kind.to(ada), userId }]);
        expect((await ask(way.stranger())).body.userId).toMatch(/^[0-9a-f]{20}$/);
      });

      it('goes to the user who has the address already, whatever id is given', async () => {
        const ada = way.stranger();
        const { userId } = (await ask(ada)).body;
        for (const given of ['unique()', chosenId(), userId as string]) expect(await ask(ada, { userId: given })).toMatchObject({ status: 201, body: { userId } });
      });

      it('does not give an id away that another user has', async () => {
        const [ada, bob] = [await way.stranger().signUp(), way.stranger()];
        expect(await ask(bob, { userId: ada.userId })).toMatchObject({ status: 409, type: 'user_already_exists' });
        expect(await way.app.inbox.all(kind.to(bob))).toEqual([]);
      });

      it('reaches one user when an unknown address asks five times at once', async () => {
        const ada = way.stranger();
        const answers = await Promise.all(Array.from({ length: 5 }, () => ask(ada)));
        expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
        expect(new Set(answers.map(({ body }) => body.userId as string)).size).toBe(1);
      });

      it('is spent once', async () => {
        const ada = way.stranger();
        const { userId } = (await ask(ada)).body;
        const secret = await secretOf(kind, ada);
        expect((await use(userId, secret)).status).toBe(201);
        expect(await use(userId, secret)).toMatchObject(invalid);
      });

      it('lives to its last minute and not a second more', async () => {
        const [ada, bob] = [way.stranger(), way.stranger()];
        const life = ask === askLink ? HOUR : QUARTER;
        const [first, second] = [await ask(ada), await ask(bob)];
        expect([lifetime(first), lifetime(second)]).toEqual([life, life]);
        const [early, late] = [await secretOf(kind, ada), await secretOf(kind, bob)];
        way.app.clock.turn(life - 30);
        expect((await use(first.body.userId, early)).status).toBe(201);
        way.app.clock.turn(31);
        expect(await use(second.body.userId, late)).toMatchObject(invalid);
      });

      it('replaces the older one', async () => {
        const ada = way.stranger();
        const { userId } = (await ask(ada)).body;
        const older = await secretOf(kind, ada);
        await ask(ada);
        const newer = await secretOf(kind, ada, 2);
        if (older !== newer) expect(await use(userId, older)).toMatchObject(invalid);
        expect((await use(userId, newer)).status).toBe(201);
      });

      it('serves its own user only, and another’s try leaves it good', async () => {
        const [ada, eve] = [way.stranger(), way.stranger()];
        const [mine, hers] = [(await ask(ada)).body.userId as string, (await ask(eve)).body.userId as string];
        const secret = await secretOf(kind, ada);
        for (const userId of [hers, chosenId(), 'unique()']) expect(await use(userId, secret)).toMatchObject(invalid);
        expect((await use(mine, secret)).status).toBe(201);
      });

      it('is for the blocked as for anybody, only that nothing is sent', async () => {
        const [ada, bob] = [way.stranger(), way.stranger()];
        const { userId } = (await ask(ada)).body;
        await ada.must(session.createSession, { userId, secret: await secretOf(kind, ada) });
        await ada.must(account.updateStatus);
        const refused = await ask(Object.assign(way.stranger(), { email: ada.email, phone: ada.phone }));
        expect([refused.status, refused.body]).toEqual([201, { ...TOKEN, userId }]);
        await ask(bob);
        await secretOf(kind, bob);
        expect(await way.app.inbox.all(kind.to(ada))).toHaveLength(1);
      });

      it('is shown to servers with a key, and to nobody else', async () => {
        const ada = way.stranger();
        const { body } = await ask(ada, {}, server);
        expect(body).toEqual({ ...TOKEN, secret: expect.stringMatching(ask === askLink ? /^[0-9a-f]{64}$/ : /^\d{6}$/) as unknown });
        expect(await secretOf(kind, ada)).toBe(body.secret);
        expect((await ask(await way.member())).body.secret).toBe('');
      });

      it('is refused where its method is switched off, but not to servers, and where no user may be added', async () => {
        const off = way.stranger({ 'X-Appwrite-Project': 'off' });
        expect(await ask(off)).toMatchObject({ status: 501, type: 'user_auth_method_unsupported' });
        expect((await ask(off, {}, server)).status).toBe(201);
        const full = () => way.stranger({ 'X-Appwrite-Project': 'full' });
        const answers = [await ask(full()), await ask(full())];
        expect(answers[1]).toMatchObject({ status: 400, type: 'user_count_exceeded' });
      });
    });

    it.each(ASKED.filter(({ ask }) => ask !== askLink))('$name stands four wrong tries; after five the right one does not help', async (kind) => {
      const { ask } = kind;
      const [ada, bob] = [way.stranger(), way.stranger()];
      for (const [person, tries] of [[ada, 4], [bob, 5]] as const) {
        const { userId } = (await ask(person)).body;
        const code = await secretOf(kind, person);
        for (let tried = 0; tried < tries; tried += 1) expect(await use(userId, other(code))).toMatchObject(invalid);
        expect((await use(userId, code)).status).toBe(tries < 5 ? 201 : 401);
      }
    });

    it.each(ASKED.filter(({ ask }) => ask !== askSms))('$name and its answer show the same phrase when one is asked for', async ({ ask }) => {
      const [ada, bob] = [way.stranger(), way.stranger()];
      const { phrase } = (await ask(ada, { phrase: true })).body as { phrase: string };
      expect(phrase).toMatch(/^[A-Z][a-z]+ [a-z]+$/);
      const { text, html } = await way.app.inbox.newest(ada.email);
      for (const part of [text, html]) expect(part).toContain(phrase);
      expect((await ask(bob, { phrase: false })).body.phrase).toBe('');
      expect((await way.app.inbox.newest(bob.email)).text).not.toContain('phrase');
    });

    it('a magic link leads to our own page, or to the app’s with all that its address had', async () => {
      const ada = way.stranger();
      const { userId, expire } = (await askLink(ada)).body;
      const hosted = await way.app.inbox.link(ada.email);
      expect(hosted.href.startsWith(`${way.app.url}/auth/magic-url?`)).toBe(true);
      expect(Object.fromEntries(new URL(hosted.href).searchParams)).toEqual({ userId, secret: hosted.secret, expire, project: 'default' });

      await askLink(ada, { url: 'http://localhost/in?next=%2Fhome%3Fa%3D1&secret=planted&userId=eve#top' });
      const { href, secret } = await way.app.inbox.link(ada.email, 2);
      const { origin, pathname, hash, searchParams } = new URL(href);
      expect([origin, pathname, hash, searchParams.get('next'), searchParams.get('userId'), searchParams.getAll('secret')]).toEqual(['http://localhost', '/in', '#top', '/home?a=1', userId, [secret]]);
      expect(secret).not.toBe('planted');
    });

    it.each(EVIL)('a magic link does not lead to %s, and no user is made on the way', async (url) => {
      const [ada, userId] = [way.stranger(), chosenId()];
      expect(await askLink(ada, { url })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      expect((await askLink(ada, { userId })).body.userId).toBe(userId);
    });

    it('an SMS holds the code, and whom it is for', async () => {
      const ada = way.stranger();
      await askSms(ada);
      expect(await way.app.inbox.newest(ada.phone)).toMatchObject({ channel: 'sms', to: ada.phone, text: expect.stringMatching(/^\d{6} is your code for Test\./) as unknown });
    });

    it('a mock number has its own code and gets no SMS', async () => {
      const [ada, bob] = [way.stranger(), way.stranger()];
      const { userId } = (await askSms(ada, { phone: MOCK.phone })).body;
      expect(await use(userId, other(MOCK.otp))).toMatchObject(invalid);
      expect((await use(userId, MOCK.otp)).body).toMatchObject({ provider: 'phone', userId });
      expect(await use(userId, MOCK.otp)).toMatchObject(invalid);
      await askSms(bob);
      await way.app.inbox.code(bob.phone);
      expect(await way.app.inbox.all(MOCK.phone)).toEqual([]);
    });

    it.each(NO_NUMBERS)('%j is no phone number', async (phone) => {
      // With a key: what is no number has no counter of its own.
      expect(await askSms(way.stranger(), { phone }, server)).toMatchObject({ status: 400, type: typeof phone === 'number' && way.transport === 'graphql' ? 'general_bad_request' : 'general_argument_invalid' });
    });

    it.each([['/v1/account/sessions/magic-url', askLink, 60], ['/v1/account/sessions/phone', askSms, 10]] as const)('%s is another name of the same, with the same counter', async (path, ask, count) => {
      const ada = way.stranger();
      const answer = await send(way.app, path, { headers: ada.headers, body: { userId: 'unique()', email: ada.email, phone: ada.phone } });
      expect([answer.status, answer.body]).toEqual([201, TOKEN]);
      const again = await ask(ada);
      expect([again.body.userId, again.headers.get('x-ratelimit-remaining')]).toEqual([answer.body.userId, String(count - 2)]);
    });
  },
  { projects: { projects } },
);
