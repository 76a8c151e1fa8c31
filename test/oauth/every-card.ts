import { type Engine, PROJECT, startApp, type TestApp } from '../support/app';
import { Person as Client } from '../support/person';
import { Browser } from './browser';
import { type ProviderKey, providerKeys } from './expectations';
import { FakeProvider } from './fake-provider';
import { Gifts } from './gifts';
import type { Person } from './person';

/** One running app that every provider is switched on in, and every provider. */
export interface Walks {
  readonly app: TestApp;
  readonly fake: FakeProvider;
  readonly gifts: Gifts;
  browser(): Browser;
  /** Start, consent, callback, in a new browser unless one is given. A refusal by the provider fails the test, an error by the product too. */
  signIn(key: ProviderKey, person: Person, asked?: Asked, browser?: Browser): Promise<Arrival>;
  /** Calls the API with the cookies of a browser. */
  client(browser: Browser): Client;
}

interface Asked {
  flow?: 'sessions' | 'tokens';
  success?: string;
  'scopes[]'?: string;
}

interface Arrival {
  browser: Browser;
  url: URL;
}

export const SUCCESS = 'http://localhost/in';
export const FAILURE = 'http://localhost/out';

/** Runs the same cases against one app and one fake of all providers. */
export function everyCard(name: string, engine: Engine, cases: (walks: Walks) => void): void {
  describe(`${name} on ${engine}`, () => {
    const gifts = new Gifts();
    let app: TestApp;
    let fake: FakeProvider;

    beforeAll(async () => {
      fake = await FakeProvider.start();
      const oauth = Object.fromEntries(providerKeys.map((key) => [key, fake.registration(key)]));
      app = await startApp(engine, { projects: [{ id: PROJECT, name: 'Test', platforms: ['localhost'], oauth }] });
    });
    afterAll(async () => {
      await app?.stop();
      await fake?.stop();
    });
    beforeEach(() => fake.forget());
    afterEach(() => expect(fake.refusals).toEqual([]));

    const browser = () => new Browser(app.url, fake);
    cases({
      get app() {
        return app;
      },
      get fake() {
        return fake;
      },
      gifts,
      browser,
      client: ({ cookies }) => Object.assign(new Client(app, 'rest'), { cookies: new Map(cookies) }),
      async signIn(key, person, asked = {}, used = browser()) {
        fake.signsIn(key, person);
        const { url, error } = await used.signIn(key, { success: SUCCESS, failure: FAILURE, ...asked });
        expect({ error, refusals: fake.refusals }).toEqual({ error: undefined, refusals: [] });
        return { browser: used, url };
      },
    });
  });
}
