import pino from 'pino';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { SecurityLog } from '../../src/modules/users';
import { ENDS, everyInstallation, project } from '../oauth/installation';
import { newPerson } from '../oauth/person';

/** All that the process logged. */
let log = '';
const destination = jest.spyOn(pino, 'destination').mockImplementation((() => ({ write: (line: string) => void (log += line) })) as never);
afterAll(() => destination.mockRestore());

everyInstallation(
  'what is secret',
  (fake) => [project(fake, ['discord', 'google', 'github', 'apple'])],
  (the) => {
    /** Where it may not be: the log, the database, and whatever URL a failure ended at. */
    const places = async (...urls: URL[]) => ({ log, database: JSON.stringify([await the.rows('oauth_attempts', '1 = 1'), await the.rows('outbox', '1 = 1'), await the.rows('logs', '1 = 1'), await the.rows('identities', '1 = 1')]), urls: urls.map(String).join(' ') });
    /** What went out to the provider in the last sign-ins, and what came with the browser. */
    const sentOut = () =>
      the.fake.requests.flatMap(({ query, body, headers }) => [
        ...['client_secret', 'code', 'code_verifier', 'refresh_token'].flatMap((name) => new URLSearchParams(body).getAll(name)),
        ...query.getAll('state').map((state) => state.split('.')[1]),
        ...(headers.authorization ? [headers.authorization.split(' ')[1]] : []),
      ]);
    const expectNone = async (secrets: (string | undefined)[], ...urls: URL[]) => {
      const known = [...new Set(secrets)].filter((each): each is string => Boolean(each));
      expect(known.length).toBeGreaterThan(2);
      for (const [place, text] of Object.entries(await places(...urls))) expect([place, known.filter((secret) => text.includes(secret))]).toEqual([place, []]);
    };
    beforeEach(() => {
      log = '';
    });

    it('is told nowhere by a sign-in that succeeds, nor by its extension', async () => {
      for (const provider of ['discord', 'google', 'github', 'apple'] as const) {
        const { person, url } = await the.enter(provider, newPerson());
        await person.must(session.updateSession, { sessionId: 'current' });
        const { providerAccessToken, providerRefreshToken } = (await person.must(session.getSession, { sessionId: 'current' })).body;
        await expectNone([...sentOut(), ...person.cookies.values(), providerAccessToken as string, providerRefreshToken as string], url);
      }
    });

    it('is told nowhere but in the success URL by the token flow', async () => {
      the.fake.signsIn('discord', newPerson());
      const { url } = await the.browser().signIn('discord', { flow: 'tokens', ...ENDS });
      const secret = url.searchParams.get('secret')!;
      const person = the.stranger();
      await person.must(session.createSession, { userId: url.searchParams.get('userId'), secret });
      await expectNone([...sentOut(), secret, ...person.cookies.values()]);
    });

    it.each([
      ['token', 'http400'],
      ['token', 'garbage'],
      ['token', 'wrong-type'],
      ['user', 'http401'],
      ['user', 'no-id'],
      ['user', 'no-email'],
      ['user', 'wrong-type'],
    ] as const)('is told nowhere by a failure: %s %s', async (step, kind) => {
      the.fake.misbehaves('discord', step, kind);
      const browser = the.browser();
      the.fake.signsIn('discord', newPerson());
      const sent = await the.halfway(browser, 'discord');
      const cookies = [...browser.cookies.values()];
      const { url, error } = await the.comeBack(browser, 'discord', sent);
      expect(error).toBeDefined();
      await expectNone([...sentOut(), sent.code, ...cookies], url);
    });

    it('is told nowhere by forged states and by answers of the provider that repeat a token', async () => {
      const browser = the.browser();
      the.fake.signsIn('discord', newPerson());
      const sent = await the.halfway(browser, 'discord');
      const forged = await the.comeBack(browser, 'discord', { ...sent, state: `${sent.state.slice(0, -1)}g` });
      const [cookie] = browser.cookies.values();
      const repeated = await the.comeBack(browser, 'discord', { state: sent.state, error: 'server_error', error_description: `the code ${sent.code} for ${cookie} is spent` });
      expect(repeated.error?.message).toBe('discord: server_error: the code … for … is spent');
      await expectNone([sent.code, sent.state.split('.')[1], cookie], forged.url, repeated.url);
    });

    it('is in no log of what we did not foresee, and the app learns nothing of that', async () => {
      const securityLog = the.app.nest.get(SecurityLog);
      const record = securityLog.record.bind(securityLog);
      const somebody = newPerson();
      const browser = the.browser();
      the.fake.signsIn('discord', somebody);
      const sent = await the.halfway(browser, 'discord');
      const cookies = [...browser.cookies.values()];
      securityLog.record = () => Promise.reject(new Error('the disk is full'));
      const { url, error } = await the.comeBack(browser, 'discord', sent).finally(() => (securityLog.record = record));
      expect(error).toMatchObject({ type: 'general_unknown', code: 500 });
      expect(url.href).not.toContain('disk');
      expect(log).toContain('the disk is full');
      expect(log).toContain(url.searchParams.get('trace')!);
      await expectNone([...sentOut(), sent.code, ...cookies, somebody.email], url);
      // All of it was undone.
      expect(await the.rows('users', 'email = ?', somebody.email)).toEqual([]);
      expect((await the.enter('discord', somebody)).url.pathname).toBe('/in');
    });

    it('of a provider is shown to its user alone, and to him whole', async () => {
      const { person } = await the.enter('google', newPerson());
      const { identities } = (await person.must(account.listIdentities)).body;
      expect(identities[0]).toMatchObject({ providerAccessToken: expect.stringMatching(/^access\./) as string, providerRefreshToken: expect.stringMatching(/^refresh\./) as string });
      const eve = await (await the.stranger().signUp()).signIn();
      expect((await eve.must(account.listIdentities)).body.total).toBe(0);
    });
  },
  { env: { LOG_LEVEL: 'debug' } },
);
