import { Vault } from '../../src/infra/crypto/vault';
import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { IdentityEntity, PROVIDER_TOKEN } from '../../src/modules/users';
import { DEFAULT_PROJECTS, PROJECT } from '../support/app';
import type { Person } from '../support/person';
import { IDENTITY } from '../support/shapes';
import { everyWay } from '../support/ways';

const query = (method: string, attribute: string | undefined, ...values: unknown[]) => JSON.stringify({ method, attribute, values });
const day = (number: number) => new Date(Date.UTC(2026, 0, number, 12));

// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = DEFAULT_PROJECTS.projects.map((project) => ({ ...project, graphql: { maxComplexity: 1_000_000 } }));

let people = 0;

/** Only a provider brings one about, so their rows are written directly. */
everyWay(
  'identities',
  (way) => {
    const put = async (person: Person, rows: Partial<IdentityEntity>[]) => {
      const database = way.app.nest.get(Database);
      const whole = rows.map((row): IdentityEntity => ({
        projectId: PROJECT,
        id: 'missing',
        createdAt: day(1),
        updatedAt: day(1),
        userId: person.userId,
        provider: 'github',
        providerUid: `${person.userId}-${row.id}`,
        providerEmail: person.email,
        providerAccessToken: null,
        providerAccessTokenExpiry: null,
        providerRefreshToken: null,
        ...row,
      }));
      await database.transaction(() => database.writer.insert(IdentityEntity, whole));
    };
    /** Somebody with four identities, `1` to `4` in the order of their ids. */
    const linked = async () => {
      const person = await way.member();
      const prefix = `i${(people += 1)}.`;
      await put(person, [
        { id: `${prefix}1`, provider: 'google', providerEmail: 'ada_1@example.com', createdAt: day(4) },
        { id: `${prefix}2`, provider: 'github', providerEmail: 'adax1@example.com', createdAt: day(2), providerAccessTokenExpiry: day(20) },
        { id: `${prefix}3`, provider: 'github', providerEmail: 'Bob@example.org', createdAt: day(3), providerAccessTokenExpiry: day(10) },
        { id: `${prefix}4`, provider: 'apple', providerEmail: '100%@example.org', createdAt: day(1) },
      ]);
      return { person, prefix };
    };
    const list = (person: Person, queries: string[] = [], more = {}) => person.call(account.listIdentities, { queries, ...more });
    /** The numbers of those found. */
    const found = async ({ person, prefix }: Awaited<ReturnType<typeof linked>>, ...queries: string[]) => {
      const { status, body } = await list(person, queries.map((each) => each.replaceAll('PREFIX', prefix)));
      expect([queries, status]).toEqual([queries, 200]);
      return { total: body.total as number, ids: (body.identities as { $id: string }[]).map(({ $id }) => $id.replace(prefix, '')).join('') };
    };

    it('are none at first, and are shown whole then, tokens opened for their owner and sealed in the table', async () => {
      const ada = await way.member();
      expect(await list(ada)).toMatchObject({ status: 200, body: { total: 0, identities: [] } });
      const vault = way.app.nest.get(Vault);
      const [access, refresh] = ['gho_access', 'ghr_refresh'].map((secret) => vault.seal(secret, PROVIDER_TOKEN));
      await put(ada, [{ id: `of.${ada.userId}`, providerAccessToken: access, providerRefreshToken: refresh, providerAccessTokenExpiry: day(9) }]);
      const { body } = await list(ada);
      expect(body).toEqual({
        total: 1,
        identities: [{ ...IDENTITY, $id: `of.${ada.userId}`, userId: ada.userId, provider: 'github', providerUid: `${ada.userId}-of.${ada.userId}`, providerEmail: ada.email, providerAccessToken: 'gho_access', providerAccessTokenExpiry: '2026-01-09T12:00:00.000+00:00', providerRefreshToken: 'ghr_refresh' }],
      });
      const rows = JSON.stringify(await way.app.nest.get(Database).reader.query('SELECT * FROM identities'));
      expect([rows.includes(ada.userId), rows.includes('gho_access'), rows.includes('ghr_refresh')]).toEqual([true, false, false]);
    });

    it('are filtered', async () => {
      const ada = await linked();
      const cases: [string, string][] = [
        [query('equal', 'provider', 'github'), '23'],
        [query('equal', 'provider', 'github', 'apple'), '234'],
        [query('notEqual', 'provider', 'github'), '14'],
        [query('equal', '$id', 'PREFIX2'), '2'],
        [query('equal', 'providerUid', 'nobody'), ''],
        [query('greaterThan', '$createdAt', day(2).toISOString()), '13'],
        [query('greaterThanEqual', '$createdAt', '2026-01-02T12:00:00.000+00:00'), '123'],
        [query('lessThan', '$createdAt', '2026-01-03T13:00:00.000+01:00'), '24'],
        [query('lessThanEqual', '$createdAt', day(2).toISOString()), '24'],
        [query('between', '$createdAt', day(2).toISOString(), day(3).toISOString()), '23'],
        [query('isNull', 'providerAccessTokenExpiry'), '14'],
        [query('isNotNull', 'providerAccessTokenExpiry'), '23'],
        [query('startsWith', 'providerEmail', 'ada'), '12'],
        [query('startsWith', 'providerEmail', 'ada_'), '1'],
        [query('startsWith', 'providerEmail', 'bob'), ''],
        [query('startsWith', 'providerEmail', '100%'), '4'],
        [query('startsWith', 'providerEmail', '%'), ''],
        [query('endsWith', 'providerEmail', '.org'), '34'],
        [query('endsWith', 'providerEmail', '_1@example.com'), '1'],
        ['equal("provider", ["google"])', '1'],
      ];
      for (const [each, ids] of cases) expect([each, await found(ada, each)]).toEqual([each, { ids, total: ids.length }]);
      expect(await found(ada, query('equal', 'provider', 'github'), query('greaterThan', '$createdAt', day(2).toISOString()))).toEqual({ ids: '3', total: 1 });
      expect(await found(ada, query('startsWith', 'providerEmail', 'a'), query('startsWith', 'providerEmail', 'ada'), query('endsWith', 'providerEmail', 'x1@example.com'))).toEqual({ ids: '2', total: 1 });
    });

    it('are ordered, and read in parts', async () => {
      const ada = await linked();
      const cases: [string[], string][] = [
        [[], '1234'],
        [[query('orderDesc', '$createdAt')], '1324'],
        [[query('orderAsc', '$createdAt')], '4231'],
        [[query('orderAsc', 'provider')], '4231'],
        [[query('orderAsc', 'provider'), query('orderDesc', '$createdAt')], '4321'],
        [[query('limit', undefined, 2)], '12'],
        [[query('limit', undefined, 2), query('offset', undefined, 1)], '23'],
        [[query('offset', undefined, 9)], ''],
        [[query('orderDesc', '$id'), query('limit', undefined, 1)], '4'],
      ];
      for (const [queries, ids] of cases) expect([queries, await found(ada, ...queries)]).toEqual([queries, { ids, total: 4 }]);
      expect((await list(ada.person, [], { total: false })).body).toMatchObject({ total: 0, identities: { length: 4 } });
    });

    it('are read on from a cursor, along the order asked for', async () => {
      const ada = await linked();
      const after = (id: number) => query('cursorAfter', undefined, `PREFIX${id}`);
      const before = (id: number) => query('cursorBefore', undefined, `PREFIX${id}`);
      const limit = (count: number) => query('limit', undefined, count);
      const cases: [string[], string][] = [
        [[after(2)], '34'],
        [[after(4)], ''],
        [[after(1), limit(2)], '23'],
        [[before(3)], '12'],
        [[before(4), limit(2)], '23'],
        [[before(1)], ''],
        [[query('orderDesc', '$createdAt'), after(3), limit(1)], '2'],
        [[query('orderDesc', '$createdAt'), after(1)], '324'],
        [[query('orderDesc', '$createdAt'), before(2)], '13'],
        [[query('orderAsc', 'provider'), after(2)], '31'],
        [[query('orderDesc', '$id'), after(3)], '21'],
      ];
      for (const [queries, ids] of cases) expect([queries, (await found(ada, ...queries)).ids]).toEqual([queries, ids]);
    });

    it('know no cursor that is not theirs', async () => {
      const [ada, bob] = [await linked(), await linked()];
      for (const id of [`${bob.prefix}1`, 'nothing']) {
        expect(await list(ada.person, [query('cursorAfter', undefined, id)])).toMatchObject({ status: 400, type: 'general_cursor_not_found' });
      }
    });

    it.each<[string, string]>([
      ['an attribute that is not shown', query('equal', 'providerAccessToken', 'x')],
      ['a column', query('equal', 'project_id', 'default')],
      ['a property', query('equal', 'projectId', 'default')],
      ['what objects have', query('equal', 'constructor', 'x')],
      ['SQL', query('equal', "provider' OR 1=1 --", 'x')],
      ['an order by SQL', query('orderAsc', 'provider; DROP TABLE users')],
      ['an order by a column', query('orderDesc', 'providerRefreshToken')],
      ['no attribute', query('equal', undefined, 'x')],
      ['an unknown method', query('select', 'provider', 'x')],
      ['a number', query('equal', 'provider', 1)],
      ['an object', query('equal', 'provider', { like: '%' })],
      ['no value', query('equal', 'provider')],
      ['a time that is none', query('greaterThan', '$createdAt', 'yesterday')],
      ['101 values', query('equal', 'provider', ...Array<string>(101).fill('github'))],
      ['half a range', query('between', '$createdAt', day(1).toISOString())],
      ['limit 0', query('limit', undefined, 0)],
      ['a cursor that is no id', query('cursorAfter', undefined, { id: 'x' })],
      ['two values to start with', query('startsWith', 'provider', 'a', 'b')],
    ])('are refused to %s', async (_, each) => {
      expect(await list(await way.member(), [each])).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it('are nobody else’s, whatever is asked', async () => {
      const [ada, bob] = [await linked(), await linked()];
      for (const each of [query('equal', 'userId', bob.person.userId), query('notEqual', 'userId', ada.person.userId), query('equal', '$id', `${bob.prefix}1`)]) {
        expect((await list(ada.person, [each])).body).toEqual({ total: 0, identities: [] });
      }
      expect(await found(ada, query('equal', 'userId', ada.person.userId, bob.person.userId))).toEqual({ ids: '1234', total: 4 });
    });

    it('are unlinked by their owner alone', async () => {
      const [ada, bob] = [await linked(), await linked()];
      const absent = { status: 404, type: 'user_identity_not_found' };
      for (const identityId of [`${bob.prefix}1`, 'nothing']) expect(await ada.person.call(account.deleteIdentity, { identityId })).toMatchObject(absent);
      expect((await ada.person.call(account.deleteIdentity, { identityId: `${ada.prefix}2` })).status).toBe(204);
      expect(await ada.person.call(account.deleteIdentity, { identityId: `${ada.prefix}2` })).toMatchObject(absent);
      expect([(await found(ada)).ids, (await found(bob)).ids]).toEqual(['134', '1234']);
      expect((await ada.person.must(account.listLogs)).body.logs[0].event).toBe('identity.delete');
      expect((await ada.person.must(account.get)).body.$id).toBe(ada.person.userId);
    });
  },
  { projects: { projects } },
);
