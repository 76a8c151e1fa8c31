import type { FakeProvider } from '../oauth/fake-provider';
import { newPerson } from '../oauth/person';
import type { Browser } from './browser';
import type { Client, Program, Refusal } from './sdks';

export interface Ground {
  readonly program: Program;
  readonly fake: FakeProvider;
  /** The page's; a server has none. */
  readonly browser: Browser | undefined;
  /** Nobody yet: a page without cookies, or a server with its key. */
  guest(): Client;
  /** A page keeps its cookie; a server hands the secret on. */
  signedIn(visitor: Client, session: { secret: string }): Client;
  refused(call: Promise<unknown>): Promise<Refusal>;
}

const SUCCESS = 'http://localhost:8080/in?tab=1';
const FAILURE = 'http://localhost:8080/out';
const PROVIDER = 'discord';

/** The steps of signing in through a provider. @param platform a page goes to the provider itself, a server sends its user */
export function oauth2Steps(platform: 'web' | 'server', ground: Ground): void {
  const call = (client: Client, method: string, parameters = {}): Promise<any> => ground.program.account(client, method, parameters);

  afterEach(() => expect(ground.fake.refusals.splice(0)).toEqual([]));

  /** Where a request leads, in the page's browser; in one that knows nothing of us where a server began. */
  async function next(url: string): Promise<string> {
    if (ground.browser) return ground.browser.navigate(url);
    return (await fetch(url, { redirect: 'manual' })).headers.get('location')!;
  }

  /** @returns the provider's page, as the browser is sent there */
  async function setOut(visitor: Client, method: 'createOAuth2Session' | 'createOAuth2Token', scopes: string[] = []): Promise<string> {
    const location = await call(visitor, method, { provider: PROVIDER, success: SUCCESS, failure: FAILURE, ...(scopes.length > 0 && { scopes }) });
    if (!ground.browser) return location as string;
    expect(location).toBeUndefined();
    return next(ground.browser.location);
  }

  async function comeBack(asked: string): Promise<URL> {
    const { url } = await ground.fake.consent(asked);
    return new URL(await next(await next(url)));
  }

  async function signInByToken(): Promise<{ client: Client; session: any; token: object }> {
    const visitor = ground.guest();
    const { origin, pathname, searchParams } = await comeBack(await setOut(visitor, 'createOAuth2Token'));
    const { tab, userId, secret } = Object.fromEntries(searchParams);
    expect([origin + pathname, tab]).toEqual(['http://localhost:8080/in', '1']);
    const session = await call(visitor, 'createSession', { userId, secret });
    expect(session).toMatchObject({ userId, provider: PROVIDER, factors: ['oauth2'] });
    return { client: ground.signedIn(visitor, session), session, token: { userId, secret } };
  }

  if (platform === 'web') {
    it('signs in through a provider, by a cookie', async () => {
      const person = newPerson();
      ground.fake.signsIn(PROVIDER, person);
      const visitor = ground.guest();
      const asked = await setOut(visitor, 'createOAuth2Session', ['guilds', 'connections']);
      expect(new URL(asked).searchParams.get('scope')).toBe('identify email guilds connections');
      expect((await comeBack(asked)).href).toBe(SUCCESS);
      const user = await call(visitor, 'get');
      expect(user).toMatchObject({ email: person.email, emailVerification: true });
      expect(await call(visitor, 'getSession', { sessionId: 'current' })).toMatchObject({ userId: user.$id, provider: PROVIDER, providerUid: person.id, factors: ['oauth2'] });
    });
  } else {
    it('asks a provider for what the server names', async () => {
      const asked = await setOut(ground.guest(), 'createOAuth2Token', ['guilds', 'connections']);
      expect(new URL(asked).searchParams.get('scope')).toBe('identify email guilds connections');
    });
  }

  it('signs in through a provider, by a token, as somebody who has been there before', async () => {
    const person = newPerson();
    ground.fake.signsIn(PROVIDER, person);
    const first = await signInByToken();
    const user = await call(first.client, 'get');
    expect(user).toMatchObject({ $id: first.session.userId, email: person.email, emailVerification: true });
    const { session, token } = await signInByToken();
    expect(session.userId).toBe(user.$id);
    expect(await ground.refused(call(ground.guest(), 'createSession', token))).toMatchObject({ code: 401, type: 'user_invalid_token' });
  });

  it('hears that the person said no', async () => {
    ground.fake.denies(PROVIDER);
    const { origin, pathname, searchParams } = await comeBack(await setOut(ground.guest(), 'createOAuth2Token'));
    expect(origin + pathname).toBe(FAILURE);
    expect(JSON.parse(searchParams.get('error')!)).toMatchObject({ type: 'user_oauth2_provider_error', code: 424, message: expect.stringContaining('access_denied') });
  });

  it('refreshes the provider’s tokens, sees its identity, and unlinks it', async () => {
    const person = newPerson();
    ground.fake.signsIn(PROVIDER, person);
    const { client } = await signInByToken();
    const before = await call(client, 'getSession', { sessionId: 'current' });
    expect(before.providerAccessToken).not.toBe('');
    const after = await call(client, 'updateSession', { sessionId: 'current' });
    expect(after).toMatchObject({ $id: before.$id, providerAccessToken: expect.stringMatching(/./), providerRefreshToken: expect.stringMatching(/./) });
    expect(after.providerAccessToken).not.toBe(before.providerAccessToken);
    expect(Date.parse(after.providerAccessTokenExpiry as string)).toBeGreaterThanOrEqual(Date.parse(before.providerAccessTokenExpiry as string));

    const { total, identities } = await call(client, 'listIdentities', { queries: [ground.program.package.Query.limit(5)] });
    const { providerAccessToken, providerRefreshToken, userId } = after;
    expect([total, identities]).toMatchObject([1, [{ userId, provider: PROVIDER, providerUid: person.id, providerEmail: person.email, providerAccessToken, providerRefreshToken }]]);
    await call(client, 'deleteIdentity', { identityId: identities[0].$id });
    expect(await call(client, 'listIdentities')).toEqual({ total: 0, identities: [] });
  });
}
