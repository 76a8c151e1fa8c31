import { sessionOperations as session } from '../../src/modules/sessions';
import { ENDS, everyInstallation, project } from '../oauth/installation';
import type { Misbehaviour } from '../oauth/misbehaviour';
import { newPerson } from '../oauth/person';

type Fault = [kind: Misbehaviour, type: string];
const REFUSALS: Fault[] = [
  ['http400', 'user_oauth2_bad_request'],
  ['http401', 'user_oauth2_unauthorized'],
  ['http500', 'user_oauth2_provider_error'],
  ['garbage', 'user_oauth2_provider_error'],
  ['empty', 'user_oauth2_provider_error'],
  ['huge', 'user_oauth2_provider_error'],
  ['redirect', 'user_oauth2_provider_error'],
];

everyInstallation('a provider that does not do its part', (fake) => [project(fake, ['discord', 'github', 'google', 'apple', 'oidc'])], (the) => {
  const nothing = async (email: string, uid: string) => {
    expect(await the.rows('users', 'email = ?', email)).toEqual([]);
    expect(await the.rows('identities', 'provider_uid = ?', uid)).toEqual([]);
    expect(the.fake.trapped).toEqual([]);
  };
  /** Goes all the way, while one step goes wrong. */
  const through = async (provider: 'discord' | 'github' | 'google' | 'oidc', step: Parameters<typeof the.fake.misbehaves>[1], kind: Misbehaviour, somebody = newPerson()) => {
    the.fake.misbehaves(provider, step, kind);
    const { url, error, person } = await the.enter(provider, somebody);
    await nothing(somebody.email, somebody.id);
    expect(person.cookies.size).toBe(0);
    return { path: url.pathname, type: error?.type, message: error?.message ?? '' };
  };

  it.each<Fault>([...REFUSALS, ['wrong-type', 'user_oauth2_provider_error']])('at the token endpoint: %s', async (kind, type) => {
    expect(await through('discord', 'token', kind)).toMatchObject({ path: '/out', type });
  });

  it.each<Fault>([...REFUSALS, ['wrong-type', 'user_missing_id'], ['no-id', 'user_missing_id'], ['no-email', 'user_unauthorized']])('at the user endpoint: %s', async (kind, type) => {
    expect(await through('discord', 'user', kind)).toMatchObject({ path: '/out', type });
  });

  it.each<Fault>(REFUSALS)('at a follow-up call: %s', async (kind, type) => {
    expect(await through('github', 'user/emails', kind)).toMatchObject({ path: '/out', type });
  });

  it.each<Fault>(REFUSALS)('at its keys: %s', async (kind, type) => {
    // Keys are remembered for an hour; what is remembered needs no call.
    the.app.clock.turn(2 * 3_600);
    expect(await through('google', 'jwks', kind)).toMatchObject({ path: '/out', type });
  });

  it.each<Fault>(REFUSALS.map(([kind]) => [kind, 'user_oauth2_provider_error']))('at its discovery document: %s', async (kind, type) => {
    the.app.clock.turn(4 * 3_600);
    the.fake.misbehaves('oidc', 'discovery', kind);
    const location = await the.browser().start('oidc', ENDS);
    const error = JSON.parse(new URL(location).searchParams.get('error')!) as { type: string };
    expect([new URL(location).pathname, error.type, the.fake.trapped]).toEqual(['/out', type, []]);
  });

  it('is tried anew with the next sign-in', async () => {
    for (const provider of ['discord', 'github', 'google', 'oidc'] as const) expect((await the.enter(provider, newPerson())).url.pathname).toBe('/in');
  });

  it('is told in its own words, one line and not too long', async () => {
    const { message } = await through('discord', 'user', 'http500');
    expect(message).toBe('discord: answered 500: server_error: told to fail');
  });

  it('spends the attempt all the same: the callback cannot be tried again', async () => {
    const browser = the.browser();
    the.fake.signsIn('discord', newPerson());
    const sent = await the.halfway(browser, 'discord');
    the.fake.misbehaves('discord', 'token', 'http500');
    expect((await the.comeBack(browser, 'discord', sent)).error?.type).toBe('user_oauth2_provider_error');
    the.fake.behaves();
    expect((await the.comeBack(browser, 'discord', sent)).error?.type).toBe('user_oauth2_bad_request');
  });

  it('an address that no mail could go to is none', async () => {
    for (const email of ['ada\u0000@example.com', 'ada@example.com\n', 'ada@example.com\r\nBcc: eve@example.com', 'ада\u200b@example.com', '\uff41da@example.com', 'ada@example\u3002com', 'ada', '@', '', ' ', 'a@b@c', `${'a'.repeat(300)}@example.com`, 'ada@example.com,eve@example.com', 'Ada <ada@example.com>']) {
      const { error } = await the.enter('discord', newPerson({ email }));
      expect([email, error?.type]).toEqual([email, 'user_unauthorized']);
    }
  });

  it('an id that is too long, or no id, is none', async () => {
    for (const id of ['', 'a'.repeat(256)]) expect((await the.enter('discord', newPerson({ id }))).error?.type).toBe('user_missing_id');
    expect((await the.enter('discord', newPerson({ id: 'a'.repeat(255) }))).url.pathname).toBe('/in');
  });

  it('names and addresses of any length and script are taken as far as they fit', async () => {
    const name = `🐎${'é'.repeat(400)} <script>alert(1)</script>`;
    const { person } = await the.enter('google', newPerson({ name }));
    expect((await the.rows('users', 'id = ?', person.userId))[0].name).toBe(name.slice(0, 128));
    expect((await person.must(session.listSessions)).body.total).toBe(1);
  });
});

// Real time is the point, so once: nobody waits for a provider longer than ten seconds.
everyInstallation(
  'a provider that does not answer',
  (fake) => [project(fake, ['discord', 'github', 'google', 'oidc'])],
  (the) => {
    it('is waited for ten seconds, at each of its endpoints, even when it drips', async () => {
      the.fake.misbehaves('discord', 'token', 'hang');
      the.fake.misbehaves('github', 'user', 'slow-drip');
      the.fake.misbehaves('google', 'jwks', 'slow-drip');
      const began = Date.now();
      const ends = await Promise.all((['discord', 'github', 'google'] as const).map((provider) => the.browser().signIn(provider, ENDS)));
      expect(ends.map(({ error }) => [error?.type, error?.message.replace(/^\w+: /, '')])).toEqual(Array(3).fill(['user_oauth2_provider_error', 'no answer: no answer within 10000 ms']));
      expect(Date.now() - began).toBeLessThan(13_000);
      expect((await fetch(`${the.app.url}/v1/health/ready`)).status).toBe(200);
    });
  },
  { engines: ['sqlite'] },
);
