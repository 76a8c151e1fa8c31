import { createHash } from 'node:crypto';
import { ENDS, everyInstallation, project, SUCCESS } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT } from '../support/app';

everyInstallation('the callback', (fake) => [project(fake, ['discord', 'google', 'apple', 'github'])], (the) => {
  const CALLBACK = () => `${the.app.url}/v1/account/sessions/oauth2/callback`;

  it('tells the app that the person said no, and keeps the query and fragment of its page', async () => {
    the.fake.denies('discord');
    const { status, url, error } = await the.browser().signIn('discord', { success: SUCCESS, failure: 'http://localhost/out?tab=1&error=mine&x=%26#top' });
    expect([status, url.origin, url.pathname, url.searchParams.get('tab'), url.searchParams.get('x'), url.hash]).toEqual([301, 'http://localhost', '/out', '1', '&', '#top']);
    expect(error).toEqual({ message: 'discord: access_denied: The person said no', type: 'user_oauth2_provider_error', code: 424 });
    expect(url.searchParams.getAll('error')).toHaveLength(1);
    const [{ trace }] = await the.rows('oauth_attempts', 'id = ?', url.searchParams.get('trace')!);
    const steps = (typeof trace === 'string' ? (JSON.parse(trace) as Record<string, string>[]) : (trace as Record<string, string>[])).map(({ step, outcome, said }) => [step, outcome, said]);
    expect(steps).toEqual([['start', 'ok', undefined], ['callback', 'user_oauth2_provider_error', 'access_denied: The person said no']]);
    expect(the.fake.requests.filter(({ step }) => step !== 'authorize')).toEqual([]);
  });

  it('keeps the query and fragment of the app’s page on success as well', async () => {
    the.fake.signsIn('discord', newPerson());
    const { url } = await the.browser().signIn('discord', { ...ENDS, success: 'http://localhost/in?tab=1&x=%26#top' });
    expect(url.href).toBe('http://localhost/in?tab=1&x=%26#top');
  });

  it('without a code fails, whatever else it brings, and cleans what it shows', async () => {
    for (const [sent, message] of [
      [{}, 'discord: the provider sent no code'],
      [{ code: '' }, 'discord: the provider sent no code'],
      [{ error: 'access_denied', code: 'a.code' }, 'discord: access_denied'],
      [{ error: 'x\r\nSet-Cookie: a=b\u0000\u202e', error_description: `token ${'s'.repeat(64)}` }, 'discord: x Set-Cookie: a=b : token …'],
      [{ error: 'y '.repeat(2_000) }, `discord: ${'y '.repeat(150)}`],
    ] as const) {
      const browser = the.browser();
      const { state } = await the.halfway(browser, 'discord');
      the.fake.forget();
      const { error } = await the.comeBack(browser, 'discord', { state, ...sent });
      expect(error).toEqual({ message, type: 'user_oauth2_provider_error', code: 424 });
      expect(the.fake.requests).toEqual([]);
    }
  });

  it('passes on what it knows and nothing else, to our own route and nowhere else', async () => {
    const known = { code: 'c', state: 's', error: 'e', error_description: 'd', user: '{"name":1}', iss: 'https://id.example' };
    const unknown = { success: 'https://evil.example', failure: 'https://evil.example', project: 'other', scope: 'x', session_state: 'y', redirect: '//evil.example' };
    const query = new URLSearchParams({ ...known, ...unknown });
    for (const [method, target, body] of [
      ['GET', `${CALLBACK()}/apple/${PROJECT}?${query.toString()}`, undefined],
      ['POST', `${CALLBACK()}/apple/${PROJECT}?code=another&state=another`, query],
    ] as const) {
      const { status, headers } = await fetch(target, { method, body, redirect: 'manual', headers: { Host: 'localhost', 'X-Forwarded-Host': 'evil.example' } });
      expect([status, headers.get('cache-control'), headers.getSetCookie()]).toEqual([303, expect.stringContaining('no-store') as string, []]);
      const onward = new URL(headers.get('location')!);
      expect(`${onward.origin}${onward.pathname}`).toBe(`${the.app.url}/v1/account/sessions/oauth2/apple/redirect`);
      expect(Object.fromEntries(onward.searchParams)).toEqual({ ...known, project: PROJECT });
    }
  });

  it.each(['..%2f..%2fevil', '%2f%2fevil.example', 'a%0d%0ab', '%5cevil.example'])('of a provider or project named %s leads to our own host', async (name) => {
    for (const path of [`${name}/${PROJECT}`, `discord/${name}`]) {
      const { status, headers } = await fetch(`${CALLBACK()}/${path}?code=c&state=s`, { redirect: 'manual' });
      expect([status, new URL(headers.get('location')!).origin]).toEqual([303, the.app.url]);
    }
  });

  it('by a form works across sites, where no cookie comes along; the name is taken from it, and nothing more', async () => {
    const ada = newPerson({ name: 'Ada King' });
    const browser = the.browser();
    the.fake.signsIn('apple', ada);
    const { method, url, fields } = await the.fake.consent(await browser.start('apple', ENDS));
    expect(method).toBe('POST');
    const user = JSON.stringify({ name: { firstName: 'Eve', lastName: 'L' }, email: 'eve@example.com', sub: '1', email_verified: true });
    const { status, headers } = await fetch(url, { method, body: new URLSearchParams({ ...fields, user }), redirect: 'manual', headers: { Origin: 'https://appleid.apple.com' } });
    expect(status).toBe(303);
    expect((await the.comeBack(browser, 'apple', Object.fromEntries(new URL(headers.get('location')!).searchParams))).url.href).toBe(SUCCESS);
    const [{ user_id: userId }] = await the.rows('identities', 'provider_uid = ?', `000123.${ada.id}.0456`);
    expect(await the.rows('users', 'id = ?', userId as string)).toMatchObject([{ email: ada.email, name: 'Eve L' }]);
  });

  it.each(['null', '[]', '"x"', '{', '{"name":null}', '{"name":{"firstName":{},"lastName":[1]}}', '{"name":"x"}', '{"__proto__":{"firstName":"E"}}'])('by a form with the user %s signs in all the same, without a name', async (user) => {
    const browser = the.browser();
    const ada = newPerson();
    the.fake.signsIn('apple', ada);
    const sent = await the.halfway(browser, 'apple');
    expect((await the.comeBack(browser, 'apple', { ...sent, user })).url.href).toBe(SUCCESS);
    expect(await the.rows('users', 'email = ?', ada.email)).toMatchObject([{ name: '' }]);
  });

  it('proves with the verifier that it began the sign-in itself, and with each a new one', async () => {
    const seen = [];
    for (let nth = 0; nth < 2; nth += 1) {
      the.fake.forget();
      await the.enter('discord', newPerson());
      const [authorize] = the.fake.requests.filter(({ step }) => step === 'authorize');
      const [token] = the.fake.requests.filter(({ step }) => step === 'token');
      const verifier = new URLSearchParams(token.body).get('code_verifier')!;
      expect(createHash('sha256').update(verifier).digest('base64url')).toBe(authorize.query.get('code_challenge'));
      seen.push(verifier);
    }
    expect(seen[0]).not.toBe(seen[1]);
  });

  it('with a code that was given out elsewhere signs nobody in', async () => {
    const [ada, eve] = [the.browser(), the.browser()];
    the.fake.signsIn('discord', newPerson());
    the.fake.signsIn('github', newPerson());
    // A stolen code put into one's own sign-in: the verifier is another one's. So is a code of another provider.
    const stolen = await the.halfway(ada, 'discord');
    const other = await the.halfway(ada, 'github');
    for (const code of [stolen.code, other.code, 'made.up', `${'x'.repeat(4_096)}`]) {
      const own = await the.halfway(eve, 'discord');
      const { url, error } = await the.comeBack(eve, 'discord', { ...own, code });
      expect([url.pathname, error?.type]).toEqual(['/out', 'user_oauth2_bad_request']);
    }
    expect([...eve.cookies.keys()]).toEqual([]);
    expect((await the.comeBack(ada, 'discord', stolen)).error?.type).toBe('user_oauth2_bad_request');
  });
});
