import { writeFileSync } from 'node:fs';
import type { Browser } from '../oauth/browser';
import { ENDS, everyInstallation, FAILURE, type Installation, KEY, project, type Sent, SUCCESS } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT, startOn } from '../support/app';

const projects = (fake: Parameters<typeof project>[0]) => [project(fake, ['discord', 'github']), { ...project(fake, ['discord', 'github']), id: 'other', keys: [] }];

/** Back with nothing: no session, no token, no call to the provider, and to our own page. */
async function refused(the: Installation, browser: Browser, provider: string, sent: Sent, id = PROJECT): Promise<void> {
  the.fake.forget();
  const cookies = new Map(browser.cookies);
  const { status, url, error } = await the.comeBack(browser, provider, sent, id);
  expect([status, `${url.origin}${url.pathname}`, error?.type]).toEqual([301, `${the.app.url}/auth/oauth2/failure`, 'user_oauth2_bad_request']);
  expect([...url.searchParams.keys()]).toEqual(['error']);
  expect(the.fake.requests).toEqual([]);
  expect(browser.cookies).toEqual(cookies);
}

everyInstallation('a state', projects, (the) => {
  const flip = (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
  beforeEach(() => {
    the.fake.signsIn('discord', newPerson());
    the.fake.signsIn('github', newPerson());
  });

  it('is spent once: a second callback of the browser ends at our page, and of one that kept its cookie at the app’s failure', async () => {
    const browser = the.browser();
    const sent = await the.halfway(browser, 'discord');
    const kept = new Map(browser.cookies);
    expect((await the.comeBack(browser, 'discord', sent)).url.href).toBe(SUCCESS);
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('a_oauth2_'))).toEqual([]);
    await refused(the, browser, 'discord', sent);
    const again = await the.comeBack(Object.assign(the.browser(), { cookies: kept }), 'discord', sent);
    expect([again.url.pathname, again.error?.type]).toEqual(['/out', 'user_oauth2_bad_request']);
    expect(the.fake.requests).toEqual([]);
  });

  it('of 50 callbacks at once one signs in', async () => {
    const somebody = newPerson();
    the.fake.signsIn('discord', somebody);
    const browser = the.browser();
    const sent = await the.halfway(browser, 'discord');
    const cookies = new Map(browser.cookies);
    const ends = await Promise.all(Array.from({ length: 50 }, () => the.comeBack(Object.assign(the.browser(), { cookies: new Map(cookies) }), 'discord', sent)));
    expect(ends.filter(({ url }) => url.href === SUCCESS)).toHaveLength(1);
    expect(new Set(ends.map(({ error }) => error?.type))).toEqual(new Set([undefined, 'user_oauth2_bad_request']));
    expect(the.fake.requests.filter(({ step }) => step === 'token')).toHaveLength(1);
    expect(await the.rows('sessions', 'provider_uid = ?', somebody.id)).toHaveLength(1);
  });

  it('holds ten minutes', async () => {
    const [early, late] = [the.browser(), the.browser()];
    const sent = [await the.halfway(early, 'discord'), await the.halfway(late, 'discord')];
    the.app.clock.turn(590);
    expect((await the.comeBack(early, 'discord', sent[0])).url.href).toBe(SUCCESS);
    the.app.clock.turn(11);
    the.fake.forget();
    const { url, error } = await the.comeBack(late, 'discord', sent[1]);
    expect([url.pathname, error?.type]).toEqual(['/out', 'user_oauth2_bad_request']);
    expect(the.fake.requests).toEqual([]);
  });

  it('of another browser is nobody’s, whatever cookies of its own that one has (login CSRF)', async () => {
    const [eve, ada] = [the.browser(), the.browser()];
    const planted = await the.halfway(eve, 'discord');
    await refused(the, ada, 'discord', planted);
    await the.halfway(ada, 'discord');
    await refused(the, ada, 'discord', planted);
    // Nor under the name of the other's attempt.
    const [id] = planted.state.split('.');
    const own = [...ada.cookies].find(([name]) => name.startsWith('a_oauth2_'))!;
    for (const value of [own[1], '', 'undefined', 'null', 'x'.repeat(4_000)]) {
      ada.cookies.set(`a_oauth2_${id}`, value);
      await refused(the, ada, 'discord', planted);
    }
    // Her refusals have not spent it.
    expect((await the.comeBack(eve, 'discord', planted)).url.href).toBe(SUCCESS);
  });

  it('of another provider, or of another project, is not this one’s (mix-up)', async () => {
    const browser = the.browser();
    const sent = await the.halfway(browser, 'discord');
    await refused(the, browser, 'github', sent);
    await refused(the, browser, 'discord', sent, 'other');
    await refused(the, browser, 'nobody', sent);
    expect((await the.comeBack(browser, 'discord', sent)).url.href).toBe(SUCCESS);
  });

  it('that is forged, bent, missing or garbage costs nothing and leads nowhere', async () => {
    const browser = the.browser();
    const { state, ...rest } = await the.halfway(browser, 'discord');
    const [id, signature] = state.split('.');
    const open = JSON.stringify({ success: 'https://evil.example', failure: 'https://evil.example', token: true });
    const others = [flip(state), `${flip(id)}.${signature}`, `${id}.`, id, `.${signature}`, `${state}0`, ` ${state}`, state.toUpperCase(), `${state}\n`, '', 'null', '[object Object]', open, 'x'.repeat(4_096), 'é'.repeat(1_000)];
    for (const other of others) await refused(the, browser, 'discord', { ...rest, state: other });
    await refused(the, browser, 'discord', rest);
    await refused(the, browser, 'discord', {});
    expect((await the.comeBack(browser, 'discord', { ...rest, state })).url.href).toBe(SUCCESS);
  });

  it('as a list, or 8 KB long, is none', async () => {
    const browser = the.browser();
    const { state, code } = await the.halfway(browser, 'discord');
    the.fake.forget();
    for (const query of [`state=${state}&state=${state}&code=${code}`, `state[]=${state}&code=${code}`, `state[0]=${state}&code=${code}`, `state=${'a'.repeat(8_192)}&code=${code}`]) {
      for (const path of [`callback/discord/${PROJECT}?`, `discord/redirect?project=${PROJECT}&`]) {
        let { headers } = await browser.get(`${the.app.url}/v1/account/sessions/oauth2/${path}${query}`);
        if (path.startsWith('callback')) ({ headers } = await browser.get(headers.get('location')!));
        expect([query.slice(0, 9), new URL(headers.get('location')!).pathname]).toEqual([query.slice(0, 9), '/auth/oauth2/failure']);
      }
    }
    expect(the.fake.requests).toEqual([]);
    expect((await the.comeBack(browser, 'discord', { state, code })).url.href).toBe(SUCCESS);
  });

  it('a project that is missing, doubled or unknown is a plain refusal', async () => {
    const browser = the.browser();
    const { state, code } = await the.halfway(browser, 'discord');
    for (const query of ['', '&project=nobody', `&project=${PROJECT}&project=${PROJECT}`, '&project=__proto__']) {
      const { status, text } = await browser.get(`${the.app.url}/v1/account/sessions/oauth2/discord/redirect?state=${state}&code=${code}${query}`);
      expect([query, status, (JSON.parse(text) as { type: string }).type]).toEqual([query, 404, 'project_not_found']);
    }
  });

  it('is not spent by looking (HEAD), and stays what it was', async () => {
    const browser = the.browser();
    const sent = await the.halfway(browser, 'discord');
    the.fake.forget();
    const query = new URLSearchParams({ project: PROJECT, ...sent }).toString();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    for (const path of [`callback/discord/${PROJECT}`, 'discord/redirect']) {
      const { status, headers } = await fetch(`${the.app.url}/v1/account/sessions/oauth2/${path}?${query}`, { method: 'HEAD', redirect: 'manual', headers: { cookie } });
      expect([status < 400, headers.getSetCookie()]).toEqual([true, []]);
    }
    expect(the.fake.requests).toEqual([]);
    expect((await the.comeBack(browser, 'discord', sent)).url.href).toBe(SUCCESS);
  });

  it('several tabs of one browser each end well, in any order', async () => {
    const browser = the.browser();
    const [first, second, third] = [await the.halfway(browser, 'discord'), await the.halfway(browser, 'github'), await the.halfway(browser, 'discord')];
    for (const [provider, sent] of [['discord', third], ['discord', first], ['github', second]] as const) {
      expect((await the.comeBack(browser, provider, sent)).url.href).toBe(SUCCESS);
    }
  });

  it('that a server began needs no cookie, holds once, and gives a token and no session', async () => {
    const browser = the.browser();
    const { headers } = await the.browser().get(`${the.app.url}/v1/account/tokens/oauth2/discord?${new URLSearchParams({ project: PROJECT, ...ENDS }).toString()}`, { 'X-Appwrite-Key': KEY });
    const { fields } = await the.fake.consent(headers.get('location')!);
    const { url } = await the.comeBack(browser, 'discord', fields);
    expect([url.pathname, [...url.searchParams.keys()].sort(), browser.cookies.size]).toEqual(['/in', ['secret', 'userId'], 0]);
    expect((await the.comeBack(browser, 'discord', fields)).error?.type).toBe('user_oauth2_bad_request');
  });

  it('meets the projects file as it is at the callback: ends no longer allowed, a provider switched off', async () => {
    const browser = the.browser();
    const begun = { ...ENDS, failure: 'http://app.localhost.example/out' };
    const file = the.ground.env.PROJECTS_FILE;
    const write = (platforms: string[], oauth: object) => writeFileSync(file, JSON.stringify({ projects: [project(the.fake, [], { platforms, oauth })] }));
    const [discord, github] = [the.fake.registration('discord'), the.fake.registration('github')];
    write(['localhost', 'app.localhost.example'], { discord, github });
    const before = await startOn(the.ground);
    const begin = async (query: object, provider = 'discord') => {
      const url = `${before.url}/v1/account/sessions/oauth2/${provider}?${new URLSearchParams({ project: PROJECT, ...begun, ...query }).toString()}`;
      return (await the.fake.consent((await browser.get(url)).headers.get('location')!)).fields;
    };
    const [bothGone, failureGone, successGone] = [await begin({ success: 'http://app.localhost.example/in' }), await begin({ success: SUCCESS }), await begin({ success: 'http://app.localhost.example/in', failure: FAILURE })];
    const switchedOff = await begin({ failure: FAILURE }, 'github');
    await before.stop();
    write(['localhost'], { discord, github: { ...github, enabled: false } });
    const after = await startOn(the.ground);
    try {
      the.fake.forget();
      const back = async (sent: Sent, provider = 'discord') => {
        const { headers } = await browser.get(`${after.url}/v1/account/sessions/oauth2/${provider}/redirect?${new URLSearchParams({ project: PROJECT, ...sent }).toString()}`);
        const end = new URL(headers.get('location')!);
        return [`${end.origin}${end.pathname}`, (JSON.parse(end.searchParams.get('error')!) as { type: string }).type];
      };
      const own = `${after.url}/auth/oauth2/failure`;
      expect(await back(bothGone)).toEqual([own, 'general_argument_invalid']);
      expect(await back(successGone)).toEqual([FAILURE, 'general_argument_invalid']);
      const denied = { state: failureGone.state, error: 'access_denied' };
      expect(await back(denied)).toEqual([own, 'user_oauth2_provider_error']);
      expect(await back(switchedOff, 'github')).toEqual([FAILURE, 'project_provider_disabled']);
      expect(the.fake.requests).toEqual([]);
    } finally {
      await after.stop();
    }
  });
});
