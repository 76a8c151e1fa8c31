import { type Engine, startApp, type TestApp } from './app';
import { Person, type Transport } from './person';

export interface Way {
  readonly app: TestApp;
  readonly engine: Engine;
  readonly transport: Transport;
  /** Somebody new, without an account. */
  stranger(headers?: Record<string, string>): Person;
  /** Somebody with an account and a session. */
  member(): Promise<Person>;
}

const ENGINES: Engine[] = ['sqlite', 'mysql'];
const TRANSPORTS: Transport[] = ['rest', 'graphql'];

/** Runs the same cases on both engines and over both transports, each engine with one running app. */
export function everyWay(name: string, cases: (way: Way) => void, { transports = TRANSPORTS, projects, env }: { transports?: Transport[]; projects?: object; env?: Record<string, string> } = {}): void {
  describe.each(ENGINES)(`${name} on %s`, (engine) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp(engine, projects, env);
    });
    afterAll(() => app?.stop());
    afterEach(() => app.clock.back());

    describe.each(transports)('over %s', (transport) => {
      const stranger = (headers?: Record<string, string>) => new Person(app, transport, { headers });
      cases({
        get app() {
          return app;
        },
        engine,
        transport,
        stranger,
        member: async () => (await stranger().signUp()).signIn(),
      });
    });
  });
}
