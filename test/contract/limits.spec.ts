import type { Operation } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { Answer, Input, Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { everyWay } from '../support/ways';

const [main] = DEFAULT_PROJECTS.projects;
const projects = [main, { ...main, id: 'tight', limits: { createEmailPasswordSession: 3 } }];
const HOUR = 3_600;
const limited = { status: 429, type: 'general_rate_limit_exceeded' };

everyWay(
  'limits',
  (way) => {
    const wrong = (person: Person, email = person.email, headers = {}) => person.call(session.createEmailPasswordSession, { email, password: 'wrong password' }, headers);
    const told = ({ headers }: Answer) => ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset', 'retry-after'].map((name) => (headers.has(name) ? Number(headers.get(name)) : null));
    const fresh = () => ({ userId: 'unique()', email: way.stranger().email, password: 'good password' });
    const times = async (count: number, call: () => Promise<Answer>) => {
      const answers: Answer[] = [];
      for (let done = 0; done < count; done += 1) answers.push(await call());
      return answers;
    };

    const ROWS: [Operation, number, number, () => Promise<[Person, () => Input]>][] = [
      [account.create, 10, HOUR, async () => [way.stranger(), fresh]],
      [account.createJWT, 120, 60, async () => [await way.member(), () => ({})]],
      [session.createEmailPasswordSession, 10, HOUR, async () => [way.stranger(), () => ({ email: `nobody.by.${way.transport}@example.com`, password: 'wrong password' })]],
      [session.deleteSession, 100, HOUR, async () => [await way.member(), () => ({ sessionId: 'nothing' })]],
      [verification.createEmailVerification, 10, HOUR, async () => [await way.member(), () => ({ url: 'http://localhost/' })]],
      [verification.updateEmailVerification, 10, HOUR, async () => [way.stranger(), () => ({ userId: `nobody-${way.transport}`, secret: 'wrong' })]],
    ];
    it.each(ROWS.map(([operation, ...rest]) => [operation.name, operation, ...rest] as const))('of %s hold for their window, are told, and end with it', async (_, operation, count, window, prepare) => {
      toNextWindow(way.app, window);
      const [person, input] = await prepare();
      const start = Math.floor(way.app.clock.now().getTime() / 1_000 / window) * window;
      const answers = await times(count, () => person.call(operation, input()));
      expect(answers.every(({ status }) => status !== 429)).toBe(true);
      expect([told(answers[0]), told(answers[count - 1])]).toEqual([[count, count - 1, start + window, null], [count, 0, start + window, null]]);

      const refused = await person.call(operation, input());
      expect(refused).toMatchObject(limited);
      const [, , reset, retryAfter] = told(refused);
      expect(told(refused)).toEqual([count, 0, start + window, retryAfter]);
      expect(Math.abs(reset! - way.app.clock.now().getTime() / 1_000 - retryAfter!)).toBeLessThan(3);

      way.app.clock.turn(retryAfter!);
      expect((await person.call(operation, input())).status).not.toBe(429);
    });

    it('of deleting all sessions hold for their address', async () => {
      toNextWindow(way.app);
      const ada = way.stranger();
      const [first, second] = [await way.member(), await way.member()];
      const from = (person: Person) => person.call(session.deleteSessions, {}, { 'X-Forwarded-For': ada.headers['X-Forwarded-For'] });
      expect(told(await from(first)).slice(0, 2)).toEqual([100, 99]);
      expect(told(await from(second)).slice(0, 2)).toEqual([100, 98]);
    });

    it('are not there on what is unlimited', async () => {
      const ada = await way.member();
      for (const operation of [account.get, account.updateName, session.listSessions]) expect(told(await ada.call(operation, { name: 'Ada' }))).toEqual([null, null, null, null]);
    });

    it('of a login belong to the address that is tried, from wherever and however it is spelled', async () => {
      toNextWindow(way.app);
      const ada = await way.stranger().signUp();
      const spellings = [ada.email, ada.email.toUpperCase(), ada.email.replace('a', 'A'), ada.email.replace('example.com', 'EXAMPLE.com')];
      for (let tries = 0; tries < 10; tries += 1) expect((await wrong(way.stranger(), spellings[tries % 4])).status).toBe(401);
      for (const email of spellings) expect(await wrong(way.stranger(), email)).toMatchObject(limited);
      expect(await ada.call(session.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject(limited);
      expect((await wrong(way.stranger())).status).toBe(401);
    });

    it('of a login are the same for an address without an account', async () => {
      toNextWindow(way.app);
      const nobody = way.stranger();
      const answers = await times(11, () => wrong(nobody));
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429]);
    });

    it('of a login are given back by a success', async () => {
      toNextWindow(way.app);
      const ada = await way.stranger().signUp();
      await times(9, () => wrong(ada));
      await ada.elsewhere().signIn();
      const answers = await times(11, () => wrong(ada));
      expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(401), 429]);
    });

    it('of a login let exactly ten of two hundred at once be tried', async () => {
      toNextWindow(way.app);
      const ada = await way.stranger().signUp();
      const answers = await Promise.all(Array.from({ length: 200 }, () => wrong(ada)));
      const counted = (status: number) => answers.filter((answer) => answer.status === status).length;
      expect([counted(401), counted(429)]).toEqual([10, 190]);
    });

    it('of an address fold what IPv6 leaves to its owner', async () => {
      toNextWindow(way.app);
      const create = (ip: string) => way.stranger().call(account.create, fresh(), { 'X-Forwarded-For': ip });
      const network = `2001:db8:${way.transport === 'rest' ? 1 : 2}:7`;
      for (let host = 1; host <= 10; host += 1) expect((await create(`${network}:${host}::${host}`)).status).toBe(201);
      expect(await create(`${network}:ffff:ffff:ffff:ffff`)).toMatchObject(limited);
      expect((await create(`${network.replace(/7$/, '8')}::1`)).status).toBe(201);
    });

    it('are not for servers with a key, who are told so', async () => {
      toNextWindow(way.app);
      const server = way.stranger({ 'X-Appwrite-Key': API_KEY });
      const answers = await times(12, () => server.call(account.create, fresh()));
      expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
      expect(told(answers[11]).slice(0, 2)).toEqual([10, 10]);
      const ada = await way.stranger().signUp();
      await times(11, () => wrong(server, ada.email));
      await ada.signIn();
    });

    it('may be set by the project, whose counters are its own', async () => {
      toNextWindow(way.app);
      const { email } = way.stranger();
      const answers = await times(4, () => wrong(way.stranger({ 'X-Appwrite-Project': 'tight' }), email));
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      expect(told(answers[0]).slice(0, 2)).toEqual([3, 2]);
      expect(told(await wrong(way.stranger(), email)).slice(0, 2)).toEqual([10, 9]);
    });

    it('count malformed tries, and whoever is signed in already', async () => {
      toNextWindow(way.app);
      const ada = await way.member();
      const answers = await times(10, () => ada.call(session.createEmailPasswordSession, { email: ada.email, password: 'short' }));
      expect(answers.every(({ status }) => status !== 429)).toBe(true);
      expect(await wrong(way.stranger(), ada.email)).toMatchObject(limited);
    });
  },
  { projects: { projects } },
);
