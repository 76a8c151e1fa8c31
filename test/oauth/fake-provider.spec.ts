import { decode, verify } from 'jsonwebtoken';
import { createPublicKey } from 'node:crypto';
import { expectations } from './expectations';
import { FakeProvider } from './fake-provider';
import { callsUser, callsWithHeaders, refresh, type Slip, takesPkce, walk, walked, type Walked } from './hand-client';
import { FORGERIES } from './id-token';
import { newPerson } from './person';

let fake: FakeProvider;

beforeAll(async () => {
  fake = await FakeProvider.start();
});

afterEach(() => {
  fake.behaves();
  fake.forget();
});

afterAll(() => fake.stop());

const reasons = () => fake.refusals.map(({ provider, step, reason }) => `${provider} ${step}: ${reason}`);

const deletes = (...names: string[]): Slip['token'] => (params) => names.forEach((name) => params.delete(name));

describe.each(walked)('%s', (key: Walked) => {
  async function refuses(slip: Slip, step: string, reason: RegExp) {
    await walk(fake, key, slip).catch(() => undefined);
    expect(reasons()[0]).toMatch(new RegExp(`^${key} ${step}: .*${reason.source}`, 's'));
  }

  it('takes a client that does as the documentation says, and tells of the person in front', async () => {
    const person = newPerson();
    fake.signsIn(key, person);
    const { tokens, answers } = await walk(fake, key);
    expect(reasons()).toEqual([]);
    const told = JSON.stringify([answers, tokens.id_token && decode(tokens.id_token)]);
    expect(told).toContain(expectations[key].outcome(person).uid);
    expect(told).toContain(person.email);
  });

  it('knows its own client by the secret', () =>
    key === 'etsy'
      ? refuses({ token: (params) => params.set('client_id', 'someone-else') }, 'token', /client_id is another one/)
      : refuses({ token: (params, headers) => spoil(params, headers) }, 'token', /(client_secret is|Basic credentials are) (wrong|no JWT)/));

  it('wants the way of proving oneself that it documents', () => {
    const basic: Slip['token'] = (params, headers) => {
      params.delete('client_secret');
      headers.set('authorization', 'Basic YTpi');
    };
    const params: Slip['token'] = (all, headers) => {
      headers.delete('authorization');
      all.set('client_id', fake.registration(key).clientId);
      all.set('client_secret', 'a secret');
    };
    if (key === 'notion' || key === 'etsy') return refuses({ token: params }, 'token', /the client used params, this provider takes (basic|none)/);
    if (key === 'github' || key === 'twitch') return refuses({ token: basic }, 'token', /the client used basic, this provider takes params/);
    if (key === 'apple') return refuses({ token: basic }, 'token', /the client used basic, this provider takes jwt/);
    // The rest take both ways, but never both at once.
    return refuses({ token: (all, headers) => [all.set('client_secret', 'x'), headers.set('authorization', 'Basic YTpi')] }, 'token', /proves itself twice/);
  });

  it('compares the redirect address', () =>
    refuses({ token: (params) => params.set('redirect_uri', 'http://127.0.0.1:9/other') }, 'token', /redirect_uri is "http:\/\/127.0.0.1:9\/other"/));

  it('spends a code once', () => refuses({ twice: true }, 'token', /the code was used before/));

  it('refuses a code that nobody gave out', () => refuses({ token: (params) => params.set('code', 'guessed') }, 'token', /never given out/));

  it('wants a state', () => refuses({ authorize: (query) => query.delete('state') }, 'authorize', /state is missing/));

  if (takesPkce(key)) {
    it('holds the verifier against the challenge', async () => {
      await refuses({ token: deletes('code_verifier') }, 'token', /code_verifier is missing/);
      fake.forget();
      await refuses({ token: (params) => params.set('code_verifier', 'v'.repeat(43)) }, 'token', /does not match/);
      fake.forget();
      await refuses({ authorize: (query) => query.set('code_challenge_method', 'plain') }, 'authorize', /not S256/);
    });
  }

  if (callsWithHeaders(key)) {
    it('wants its header', () =>
      refuses({ user: (headers) => ['x-api-key', 'notion-version', 'client-id', 'user-agent'].forEach((name) => headers.set(name, '')) }, 'user.*', /header \S+ is missing/));
  }

  if (callsUser(key)) {
    it('wants its token', () => refuses({ user: (headers) => headers.delete('authorization') }, 'user.*', /no token where/));
  }
});

/** Turns the client's proof into another one. */
function spoil(params: URLSearchParams, headers: Headers): void {
  if (params.has('client_secret')) params.set('client_secret', 'wrong');
  if (headers.has('authorization')) headers.set('authorization', `Basic ${Buffer.from('a:b').toString('base64')}`);
}

describe('a code', () => {
  it('lives for a minute', async () => {
    let now = Date.now();
    const slow = await FakeProvider.start({ now: () => now });
    await walk(slow, 'discord', { token: () => (now += 61_000) });
    expect(slow.refusals).toContainEqual({ provider: 'discord', step: 'token', reason: 'the code is older than a minute' });
    await slow.stop();
  });
});

describe('refreshing', () => {
  it('spends a single-use token', async () => {
    const { tokens } = await walk(fake, 'discord');
    await expect(refresh(fake, 'discord', tokens.refresh_token)).resolves.toMatchObject({ status: 200 });
    await expect(refresh(fake, 'discord', tokens.refresh_token)).resolves.toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('gives a token only to who asked for it', async () => {
    expect((await walk(fake, 'google')).tokens.refresh_token).toBeUndefined();
    expect((await walk(fake, 'google', { authorize: (query) => query.set('access_type', 'offline') })).tokens.refresh_token).toBeDefined();
  });
});

describe('the way back', () => {
  it('carries a refusal and the state', async () => {
    fake.denies('discord');
    const query = new URLSearchParams({ client_id: 'discord-client-1', redirect_uri: 'http://127.0.0.1:9/cb', state: 's', response_type: 'code', scope: 'identify email' });
    const { fields } = await fake.consent(`${fake.registration('discord').authorizeUrl}?${query}`);
    expect(fields).toMatchObject({ error: 'access_denied', state: 's' });
    fake.signsIn('discord', newPerson());
  });

  it('is a form from Apple, with the name the first time only', async () => {
    fake.signsIn('apple', newPerson({ name: 'Ada "L" Lovelace' }));
    const { clientId, authorizeUrl } = fake.registration('apple');
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: 'http://127.0.0.1:9/cb', state: 's&"', response_type: 'code', response_mode: 'form_post', scope: 'name email' });
    const first = await fake.consent(`${authorizeUrl}?${query}`);
    expect(first).toMatchObject({ method: 'POST', url: 'http://127.0.0.1:9/cb', fields: { state: 's&"', code: expect.any(String) } });
    expect(JSON.parse(first.fields.user)).toMatchObject({ name: { firstName: 'Ada', lastName: '"L" Lovelace' } });
    expect((await fake.consent(`${authorizeUrl}?${query}`)).fields.user).toBeUndefined();
  });
});

describe('an ID token', () => {
  const publicKeys = async () => ((await (await fetch(fake.registration('google').jwksUrl)).json()) as { keys: any[] }).keys;

  async function holds(token: string): Promise<boolean> {
    const kid = decode(token, { complete: true })?.header.kid;
    const jwk = (await publicKeys()).find((key) => key.kid === kid);
    try {
      verify(token, createPublicKey({ key: jwk, format: 'jwk' }), {
        algorithms: ['RS256'],
        issuer: fake.registration('google').issuer,
        audience: fake.registration('google').clientId,
        nonce: 'n-1',
      });
      return true;
    } catch {
      return false;
    }
  }

  it('holds', async () => expect(holds((await walk(fake, 'google')).tokens.id_token)).resolves.toBe(true));

  it.each(FORGERIES.filter((kind) => kind !== 'other-sub'))('does not hold when forged: %s', async (kind) => {
    fake.misbehaves('google', 'idToken', kind);
    await expect(holds((await walk(fake, 'google')).tokens.id_token)).resolves.toBe(false);
  });

  it('may hold and be of somebody else', async () => {
    fake.misbehaves('google', 'idToken', 'other-sub');
    const { tokens, answers } = await walk(fake, 'google');
    await expect(holds(tokens.id_token)).resolves.toBe(true);
    expect(decode(tokens.id_token)?.sub).not.toBe(answers[0].body.sub);
  });
});
