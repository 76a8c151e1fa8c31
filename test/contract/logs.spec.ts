import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { LOG } from '../support/shapes';
import { everyWay } from '../support/ways';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));
const query = (method: string, ...values: unknown[]) => JSON.stringify({ method, values });

everyWay(
  'the security log',
  (way) => {
    const list = (person: Person, queries?: string[], total?: boolean) => person.call(account.listLogs, { ...(queries && { queries }), ...(total !== undefined && { total }) });
    const events = async (person: Person, queries?: string[]) => ((await list(person, queries)).body.logs as { event: string }[]).map(({ event }) => event);
    /** Somebody with so many entries, told apart by their time. */
    const busy = async (entries: number) => {
      const person = await way.member();
      for (let made = 2; made < entries; made += 1) {
        way.app.clock.turn(1);
        await person.must(account.updateName, { name: `Ada ${made}` });
      }
      return person;
    };

    it('says what happened, from where, when and with what', async () => {
      const ada = await way.stranger({ 'User-Agent': CHROME, 'X-Forwarded-For': '8.8.8.8' }).signUp();
      way.app.clock.turn(1);
      await ada.signIn();
      const { status, body } = await ada.call(account.listLogs);
      expect([status, body.total]).toEqual([200, 2]);
      const entry = { ...LOG, userId: ada.userId, userEmail: ada.email, userName: 'Ada', ip: '8.8.8.8', osName: 'GNU/Linux', clientName: 'Chrome', clientType: 'browser', countryCode: 'us', countryName: 'United States' };
      expect(body.logs).toEqual([{ ...entry, event: 'session.create' }, { ...entry, event: 'user.create' }]);
      expect(Date.parse(body.logs[0].time)).toBeGreaterThan(Date.parse(body.logs[1].time));
    });

    it('is told newest first, of everything that changes the account', async () => {
      const ada = await way.member();
      const steps: [() => Promise<unknown>, string][] = [
        [() => ada.must(account.updateName, { name: 'Countess' }), 'user.update'],
        [() => ada.must(account.updatePrefs, { prefs: { a: 1 } }), 'user.update'],
        [() => ada.must(account.updatePassword, { password: 'another password', oldPassword: ada.password }), 'user.update'],
        [() => ada.must(account.updateEmail, { email: `new.${ada.email}`, password: 'another password' }), 'user.update'],
        [() => ada.must(session.updateSession, { sessionId: 'current' }), 'session.update'],
        [() => ada.must(verification.createEmailVerification, { url: 'http://localhost/' }), 'verification.create'],
        [() => way.stranger().must(verification.createRecovery, { email: `new.${ada.email}`, url: 'http://localhost/' }), 'recovery.create'],
      ];
      const expected = ['user.create', 'session.create'];
      for (const [step, event] of steps) {
        way.app.clock.turn(1);
        await step();
        expected.push(event);
      }
      expect(await events(ada)).toEqual(expected.reverse());
      // Reading it writes nothing.
      expect(await events(ada)).toEqual(expected);
    });

    it('says who did it: the user, a guest, a server', async () => {
      const ada = await way.stranger().signUp();
      way.app.clock.turn(1);
      await way.stranger({ 'X-Appwrite-Key': API_KEY }).must(session.createEmailPasswordSession, { email: ada.email, password: ada.password });
      way.app.clock.turn(1);
      await ada.signIn();
      way.app.clock.turn(1);
      await ada.must(account.updateName, { name: 'Countess' });
      expect(((await list(ada)).body.logs as { userType: string }[]).map(({ userType }) => userType)).toEqual(['user', 'guest', 'app', 'guest']);
    });

    it('is read in parts, in either form of query', async () => {
      const ada = await busy(30);
      const all = (await list(ada, [query('limit', 100)])).body.logs as object[];
      expect(all).toHaveLength(30);
      const parts: [string[] | undefined, number, number][] = [
        [undefined, 0, 25],
        [[], 0, 25],
        [[query('limit', 3)], 0, 3],
        [[query('limit', '3')], 0, 3],
        [[query('offset', 28)], 28, 30],
        [[query('offset', 5), query('limit', 4)], 5, 9],
        [[query('offset', 1_000)], 30, 30],
        [['limit(3)'], 0, 3],
        [['limit(2)', 'offset(29)'], 29, 30],
      ];
      for (const [queries, from, to] of parts) {
        const { status, body } = await list(ada, queries);
        expect([queries, status, body.total]).toEqual([queries, 200, 30]);
        expect(body.logs).toEqual(all.slice(from, to));
      }
    });

    it('is not counted when nobody wants to know', async () => {
      const ada = await busy(3);
      expect((await list(ada, undefined, true)).body.total).toBe(3);
      const { body } = await list(ada, [query('limit', 1)], false);
      expect([body.total, body.logs.length]).toEqual([0, 1]);
    });

    it.each<[string, string[]]>([
      ['an unknown method', [query('delete', 1)]],
      ['a filter', [JSON.stringify({ method: 'equal', attribute: 'event', values: ['user.create'] })]],
      ['an order', [JSON.stringify({ method: 'orderAsc', attribute: 'time' })]],
      ['a cursor', [query('cursorAfter', 'x')]],
      ['a method that objects have', [query('constructor', 1)]],
      ['a nested query', [query('and', { method: 'limit', values: [1] })]],
      ['a limit within a list', [query('limit', [1])]],
      ['limit 0', [query('limit', 0)]],
      ['limit -1', [query('limit', -1)]],
      ['half a limit', [query('limit', 1.5)]],
      ['limit true', [query('limit', true)]],
      ['limit null', [query('limit', null)]],
      ['a limit in words', [query('limit', 'ten')]],
      ['an empty limit', [query('limit', '')]],
      ['two limits in one', [query('limit', 1, 2)]],
      ['a limit without a number', [query('limit')]],
      ['offset -1', [query('offset', -1)]],
      ['an empty offset', [query('offset', '')]],
      ['an offset past any number', ['{"method":"offset","values":[99999999999999999999]}']],
      ['text', ['ten of them, please']],
      ['an empty query', ['']],
      ['half a query', ['{"method":"limit"']],
      ['a list', ['[1]']],
      ['no method', ['{"values":[1]}']],
      ['a method that is no text', ['{"method":{},"values":[1]}']],
      ['101 queries', Array<string>(101).fill('limit(1)')],
      ['a query of 4,097 characters', [`{"method":"limit","values":[1]}${' '.repeat(4_097 - 31)}`]],
    ])('is refused to %s', async (_, queries) => {
      const ada = await way.member();
      const { status, type, body } = await list(ada, queries);
      expect([status, type]).toEqual([400, 'general_argument_invalid']);
      expect(body.message).toContain('queries');
    });

    it('takes 100 queries, and one of 4,096 characters', async () => {
      const ada = await way.member();
      expect((await list(ada, Array<string>(100).fill('limit(1)'))).body.logs).toHaveLength(1);
      expect((await list(ada, [`{"method":"limit","values":[1]}${' '.repeat(4_096 - 31)}`])).body.logs).toHaveLength(1);
    });

    it('is nobody else’s', async () => {
      const [ada, bob] = [await busy(5), await way.member()];
      const { body } = await list(bob, [query('limit', 5_000)]);
      expect([body.total, body.logs.map(({ userId }: { userId: string }) => userId)]).toEqual([2, [bob.userId, bob.userId]]);
      expect(await way.stranger().call(account.listLogs)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
      expect((await list(ada)).body.total).toBe(5);
    });
  },
  { env: { RATE_LIMITS: 'off' }, projects: { projects } },
);
