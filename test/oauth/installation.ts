import { accountOperations as account } from '../../src/modules/account';
import { type Engine, type Ground, prepare, PROJECT, startOn, type TestApp } from '../support/app';
import { Person } from '../support/person';
import { select } from '../support/select';
import { type Arrived, Browser } from './browser';
import type { ProviderKey } from './expectations';
import { FakeProvider } from './fake-provider';
import { newPerson, type Person as Somebody } from './person';

export const SUCCESS = 'http://localhost/in';
export const FAILURE = 'http://localhost/out';
export const ENDS = { success: SUCCESS, failure: FAILURE };
export const KEY = 'lk_test_key_of_the_provider_tests';

/** The parameters a provider sends back. */
export type Sent = Record<string, string>;

export interface Installation {
  readonly app: TestApp;
  readonly ground: Ground;
  readonly fake: FakeProvider;
  readonly engine: Engine;
  /** A browser without cookies, at an address of its own. */
  browser(project?: string): Browser;
  /** A browser with this person's cookies; what one gets the other has. */
  browserOf(person: Person): Browser;
  /** Whoever sits in front of a browser, as a caller of the API. */
  personAt(browser: Browser, project?: string): Person;
  /** Somebody new, not signed up. */
  stranger(project?: string): Person;
  /** Signs somebody in through a provider, in a new browser unless told. */
  enter(provider: ProviderKey, somebody: Somebody, browser?: Browser): Promise<Arrived & { person: Person }>;
  /** From the start to what the provider sends back; the callback has not come yet. */
  halfway(browser: Browser, provider: ProviderKey, query?: Sent): Promise<Sent>;
  /** Comes back with these parameters. */
  comeBack(browser: Browser, provider: string, sent: Sent, project?: string): Promise<Arrived>;
  rows(table: string, condition: string, ...values: string[]): Promise<Record<string, any>[]>;
}

/** What the projects file says of the usual project. */
export function project(fake: FakeProvider, providers: readonly ProviderKey[], more: object = {}): object {
  const oauth = Object.fromEntries(providers.map((key) => [key, fake.registration(key)]));
  return { id: PROJECT, name: 'Test', platforms: ['localhost'], keys: [{ name: 'server', secret: KEY, scopes: ['sessions.write'] }], oauth, ...more };
}

const ENGINES: Engine[] = ['sqlite', 'mysql'];

/** The same cases on both engines, each with one running app and a provider of its own. */
export function everyInstallation(
  name: string,
  projects: (fake: FakeProvider) => object[],
  cases: (installation: Installation) => void,
  { engines = ENGINES, env }: { engines?: Engine[]; env?: Record<string, string> } = {},
): void {
  describe.each(engines)(`${name} on %s`, (engine) => {
    let fake: FakeProvider;
    let ground: Ground;
    let app: TestApp;

    beforeAll(async () => {
      fake = await FakeProvider.start();
      ground = await prepare(engine, { projects: projects(fake) }, env);
      app = await startOn(ground);
    }, 60_000);
    afterAll(async () => {
      await app?.stop();
      await ground?.release();
      await fake?.stop();
    });
    beforeEach(() => {
      fake.behaves();
      fake.denials.clear();
      fake.forget();
    });
    afterEach(() => app.clock.back());

    const browser = (id = PROJECT) => new Browser(app.url, fake, id);
    const stranger = (id = PROJECT) => new Person(app, 'rest', { project: id });
    const personAt = ({ cookies }: Browser, id?: string) => Object.assign(stranger(id), { cookies });
    cases({
      get app() {
        return app;
      },
      get ground() {
        return ground;
      },
      get fake() {
        return fake;
      },
      engine,
      browser,
      stranger,
      personAt,
      browserOf: ({ cookies }) => Object.assign(browser(), { cookies }),
      async enter(provider, somebody, from = browser()) {
        fake.signsIn(provider, somebody);
        const arrived = await from.signIn(provider, ENDS);
        const person = personAt(from);
        if (!arrived.error) person.userId = (await person.must(account.get)).body.$id as string;
        return { ...arrived, person };
      },
      halfway: async (from, provider, query = ENDS) => (await fake.consent(await from.start(provider, query))).fields,
      async comeBack(from, provider, sent, id = PROJECT) {
        const url = new URL(`${app.url}/v1/account/sessions/oauth2/${provider}/redirect`);
        for (const [key, value] of Object.entries({ project: id, ...sent })) url.searchParams.set(key, value);
        const { status, headers, text } = await from.get(url.href);
        const location = headers.get('location');
        if (!location) throw new Error(`the callback answered ${status}: ${text}`);
        const end = new URL(location);
        const error = end.searchParams.get('error');
        return { status, url: end, ...(error && { error: JSON.parse(error) as Arrived['error'] }) };
      },
      rows: (table, condition, ...values) => select(ground, `SELECT * FROM ${table} WHERE ${condition}`, values),
    });
  });
}

/** Somebody with an account at a provider that does not vouch for the address. */
export const unproved = (traits: Partial<Somebody> = {}): Somebody => newPerson({ emailVerified: false, ...traits });
