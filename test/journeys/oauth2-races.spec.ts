import { Passwords } from '../../src/infra/crypto/passwords';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { Browser } from '../oauth/browser';
import { FakeProvider } from '../oauth/fake-provider';
import { ENDS, project } from '../oauth/installation';
import { newPerson, type Person as Somebody } from '../oauth/person';
import { type Engine, type Ground, prepare, PROJECT, startOn, type TestApp } from '../support/app';
import type { Answer, Person } from '../support/person';
import { select } from '../support/select';
import { at, visitor } from '../support/visitor';

const limits = { createEmailPasswordSession: 1_000, createOAuth2Session: 1_000 };
/** Everything that names a user. */
const TABLES = ['identities', 'sessions', 'targets', 'tokens', 'logs', 'oauth_attempts', 'authenticators'];

describe.each<Engine>(['sqlite', 'mysql'])('sign-ins through a provider at once on %s', (engine) => {
  let fake: FakeProvider;
  let ground: Ground;
  let apps: TestApp[];

  beforeAll(async () => {
    fake = await FakeProvider.start();
    // One address for all processes, as behind a load balancer.
    ground = await prepare(engine, { projects: [project(fake, ['discord', 'google'], { limits })] }, { PUBLIC_URL: 'http://localhost' });
    apps = [await startOn(ground)];
    // SQLite is for one process.
    if (engine === 'mysql') apps.push(await startOn(ground));
  }, 60_000);
  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.stop()));
    await ground?.release();
    await fake?.stop();
  });

  const somewhere = (nth: number) => apps[nth % apps.length];
  const parallel = <Result>(number: number, each: (nth: number) => Promise<Result>) => Promise.all(Array.from({ length: number }, (_, nth) => each(nth)));
  const rows = (table: string, column: string, value: string) => select(ground, `SELECT * FROM ${table} WHERE project_id = ? AND ${column} = ?`, [PROJECT, value]);
  /** From the start to the provider's page and back, up to the callback, which waits to be called at another process. */
  const halfway = async (nth: number, provider: 'discord' | 'google', somebody: Somebody, cookies = new Map<string, string>()) => {
    fake.signsIn(provider, somebody);
    const browser = Object.assign(new Browser(somewhere(nth).url, fake), { cookies });
    const { fields } = await fake.consent(await browser.start(provider, ENDS));
    const query = new URLSearchParams({ project: PROJECT, ...fields }).toString();
    return async () => {
      const app = somewhere(nth + 1);
      const { status, headers, text } = await browser.get(`${app.url}/v1/account/sessions/oauth2/${provider}/redirect?${query}`);
      if (status !== 301) throw new Error(`the callback answered ${status}: ${text}`);
      const url = new URL(headers.get('location')!);
      const error = url.searchParams.get('error');
      return { path: url.pathname, type: error ? (JSON.parse(error) as { type: string }).type : undefined, person: Object.assign(visitor(app), { cookies: browser.cookies }) };
    };
  };
  const all = async <Result>(number: number, begin: (nth: number) => Promise<() => Promise<Result>>) => {
    const waiting: (() => Promise<Result>)[] = [];
    // One by one: who sits at the provider's page is chosen for all.
    for (let nth = 0; nth < number; nth += 1) waiting.push(await begin(nth));
    return Promise.all(waiting.map((each) => each()));
  };

  it('20 first ones of one person make one user with one identity and ten sessions', async () => {
    const ada = newPerson();
    const ends = await all(20, (nth) => halfway(nth, 'google', ada));
    expect(ends.map(({ path, type }) => [path, type])).toEqual(Array(20).fill(['/in', undefined]));
    const [user, ...others] = await rows('users', 'email', ada.email);
    expect(others).toEqual([]);
    const userId = user.id as string;
    const found = await Promise.all(['identities', 'sessions', 'targets', 'logs'].map(async (table) => [table, (await rows(table, 'user_id', userId)).length]));
    expect(found).toEqual([['identities', 1], ['sessions', 10], ['targets', 1], ['logs', 20]]);
    const seen = await Promise.all(ends.map(({ person }) => person.call(account.get)));
    expect(seen.filter(({ status }) => status === 200)).toHaveLength(10);
  });

  it('10 people with one vouched-for address are one user with ten identities', async () => {
    const { email } = newPerson();
    const ends = await all(10, (nth) => halfway(nth, nth % 2 ? 'google' : 'discord', newPerson({ email })));
    expect(ends.map(({ path, type }) => [path, type])).toEqual(Array(10).fill(['/in', undefined]));
    const users = await rows('users', 'email', email);
    expect(users).toHaveLength(1);
    expect(await rows('identities', 'user_id', users[0].id as string)).toHaveLength(10);
  });

  it('10 people with one address that nobody vouches for make one account, and the others nothing', async () => {
    const { email } = newPerson();
    const ends = await all(10, (nth) => halfway(nth, 'google', newPerson({ email, emailVerified: false })));
    expect(ends.filter(({ path }) => path === '/in')).toHaveLength(1);
    expect(ends.filter(({ type }) => type === 'general_bad_request')).toHaveLength(9);
    expect(await rows('identities', 'provider_email', email)).toHaveLength(1);
  });

  it('and a sign-up by password with the same address make one account, which the owner of the address has alone', async () => {
    for (let round = 0; round < 10; round += 1) {
      const eve = visitor(somewhere(round));
      const back = await halfway(round, 'google', newPerson({ email: eve.email }));
      const [signUp, end] = await Promise.all([eve.call(account.create, { userId: 'unique()', email: eve.email, password: eve.password }), back()]);
      expect([201, 409]).toContain(signUp.status);
      expect([end.path, end.type]).toEqual(['/in', undefined]);
      expect(await rows('users', 'email', eve.email)).toHaveLength(1);
      expect((await end.person.must(account.get)).body.emailVerification).toBe(true);
      expect(await eve.call(session.createEmailPasswordSession, { email: eve.email, password: eve.password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    }
  });

  it('and sign-ins of whoever planted the account leave him no session', async () => {
    for (let round = 0; round < 10; round += 1) {
      const eve = await visitor(somewhere(round)).signUp();
      const back = await halfway(round, 'google', newPerson({ email: eve.email }));
      const logins = parallel(6, async (nth) => {
        const browser = Object.assign(at(somewhere(nth), eve), { cookies: new Map<string, string>() });
        const { status } = await browser.call(session.createEmailPasswordSession, { email: eve.email, password: eve.password });
        return { browser, status };
      });
      const end = await back();
      expect([end.path, end.type]).toEqual(['/in', undefined]);
      for (const { browser, status } of await logins) {
        expect([201, 401]).toContain(status);
        expect((await browser.call(account.get)).status).toBe(401);
      }
      expect((await end.person.must(session.listSessions)).body.total).toBe(1);
    }
  });

  /** Holds back every login after its password was found right, until `meanwhile` has happened. */
  const between = async (eve: Person, meanwhile: () => Promise<unknown>): Promise<Answer> => {
    const passwords = apps[0].nest.get(Passwords);
    const verify = passwords.verify.bind(passwords);
    let checked!: () => void;
    const arrived = new Promise<void>((resolve) => (checked = resolve));
    let release!: () => void;
    const gate = new Promise<void>((resolve) => (release = resolve));
    passwords.verify = async (...given: Parameters<typeof verify>) => {
      const right = await verify(...given);
      checked();
      await gate;
      return right;
    };
    try {
      const login = Object.assign(at(apps[0], eve), { cookies: new Map<string, string>() }).call(session.createEmailPasswordSession, { email: eve.email, password: eve.password });
      await arrived;
      passwords.verify = verify;
      await meanwhile();
      release();
      return await login;
    } finally {
      passwords.verify = verify;
      release();
    }
  };

  it('a password that was right when it was checked opens nothing once its account was taken over', async () => {
    const eve = await visitor(apps[0]).signUp();
    const back = await halfway(0, 'google', newPerson({ email: eve.email }));
    expect(await between(eve, back)).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    expect(await rows('sessions', 'user_id', eve.userId)).toHaveLength(1);
  });

  it('a password that was right when it was checked opens nothing once it was changed', async () => {
    const ada = await (await visitor(apps[0]).signUp()).signIn();
    const change = () => ada.must(account.updatePassword, { password: 'another password', oldPassword: ada.password });
    expect(await between(ada, change)).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
  });

  it('and a deletion of the account leave nothing of it behind', async () => {
    for (let round = 0; round < 10; round += 1) {
      const somebody = newPerson();
      const { person: ada } = await (await halfway(round, 'google', somebody))();
      const { $id: userId } = (await ada.must(account.get)).body;
      // By a session of its own, for the one that links takes the place of hers.
      const { person: elsewhere } = await (await halfway(round, 'google', somebody))();
      // A further sign-in, one that links, and one that only begins.
      const again = await halfway(round, 'google', somebody);
      const link = await halfway(round, 'discord', newPerson(), new Map(ada.cookies));
      const beginning = Object.assign(new Browser(somewhere(round + 1).url, fake), { cookies: new Map(ada.cookies) });
      const [deleted, ...ends] = await Promise.all([elsewhere.call(account.delete), again(), link(), beginning.get(`${somewhere(round + 1).url}/v1/account/sessions/oauth2/discord?project=${PROJECT}`)]);
      expect(deleted.status).toBe(204);
      expect(ends.map((end) => 'type' in end && end.type)).not.toContain('general_unknown');
      expect([301, 401]).toContain(ends[2].status);
      const left = await Promise.all(TABLES.map(async (table) => [table, (await rows(table, 'user_id', userId as string)).length]));
      expect(left).toEqual(TABLES.map((table) => [table, 0]));
      expect(await rows('users', 'id', userId as string)).toEqual([]);
    }
  });

  it('starts of somebody who is deleted meanwhile leave no attempt that names him', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ada = await (await visitor(somewhere(round)).signUp()).signIn();
      const starts = parallel(12, (nth) => {
        const browser = Object.assign(new Browser(somewhere(nth).url, fake), { cookies: new Map(ada.cookies) });
        return browser.get(`${somewhere(nth).url}/v1/account/sessions/oauth2/discord?project=${PROJECT}`);
      });
      const [deleted, answers] = await Promise.all([ada.call(account.delete), starts]);
      expect(deleted.status).toBe(204);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      expect(await rows('oauth_attempts', 'user_id', ada.userId)).toEqual([]);
    }
  });
});
