import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { Browser } from '../oauth/browser';
import { ENDS, everyInstallation, project, unproved } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { AuthenticatorApp } from '../support/authenticator';
import type { Person } from '../support/person';

const MINUTE = 60;

everyInstallation('a start by somebody who is signed in', (fake) => [project(fake, ['discord', 'github', 'google'], { auth: { sessionDuration: 3 * 3_600 } }), { ...project(fake, ['discord'], { auth: { sessionDuration: 5 * MINUTE } }), id: 'brief', keys: [] }], (the) => {
  const member = async () => (await the.stranger().signUp()).signIn();
  const anonymous = async () => {
    const guest = the.stranger();
    guest.userId = (await guest.must(session.createAnonymousSession)).body.userId as string;
    return guest;
  };
  const view = async (person: Person) => (await person.must(account.get)).body;
  /** What the start answers when it does not lead to the provider. */
  const refusal = async (browser: Browser) => {
    const { status, text } = await browser.get(`${the.app.url}/v1/account/sessions/oauth2/discord?${new URLSearchParams({ project: 'default', ...ENDS }).toString()}`);
    return [status, status >= 400 ? (JSON.parse(text) as { type: string }).type : undefined];
  };

  it('adds the identity to that account, whatever its address, and a new session takes the old one’s place', async () => {
    const ada = await member();
    const before = (await ada.must(session.getSession, { sessionId: 'current' })).body.$id as string;
    const old = new Map(ada.cookies);
    const somebody = unproved();
    const { error, person } = await the.enter('google', somebody, the.browserOf(ada));
    expect([error, person.userId]).toEqual([undefined, ada.userId]);
    // Neither the address nor the name is the provider's to change.
    expect(await view(ada)).toMatchObject({ email: ada.email, emailVerification: false, name: ada.name });
    const { total, sessions } = (await ada.must(session.listSessions)).body;
    expect([total, sessions[0].$id === before, sessions[0].provider, sessions[0].providerUid, sessions[0].factors]).toEqual([1, false, 'google', somebody.id, ['oauth2']]);
    expect(await Object.assign(the.stranger(), { cookies: old }).call(account.get)).toMatchObject({ status: 401 });
    // From elsewhere he now comes in by either.
    expect((await the.enter('google', somebody)).person.userId).toBe(ada.userId);
    await ada.elsewhere().signIn();
  });

  it('leaves other sessions alone, and by the token flow its own as well', async () => {
    const ada = await member();
    const other = await ada.elsewhere().signIn();
    the.fake.signsIn('google', newPerson());
    const { url } = await the.browserOf(ada).signIn('google', { flow: 'tokens', ...ENDS });
    expect([url.pathname, url.searchParams.get('userId')]).toEqual(['/in', ada.userId]);
    for (const each of [ada, other]) await each.must(account.get);
    expect((await ada.must(account.listIdentities)).body.total).toBe(1);
  });

  it('does not take an identity away from another user', async () => {
    const somebody = newPerson();
    const first = await the.enter('google', somebody);
    for (const second of [await member(), await anonymous()]) {
      // That he was there is all that is new.
      const before = { ...(await view(second)), accessedAt: expect.anything() as string };
      const { url, error } = await the.enter('google', somebody, the.browserOf(second));
      expect([url.pathname, error?.type]).toEqual(['/out', 'user_already_exists']);
      expect(await view(second)).toEqual(before);
    }
    expect((await the.enter('google', somebody)).person.userId).toBe(first.person.userId);
  });

  it('makes an anonymous user a known one: address, name, device and preferences are his', async () => {
    const guest = await anonymous();
    await guest.must(account.updatePrefs, { prefs: { basket: 3 } });
    await guest.must(account.createPushTarget, { targetId: 'unique()', identifier: `device of ${guest.userId}` });
    const somebody = newPerson();
    const { person } = await the.enter('google', somebody, the.browserOf(guest));
    expect(await view(person)).toMatchObject({ $id: guest.userId, email: somebody.email, emailVerification: true, name: somebody.name, prefs: { basket: 3 } });
    const { sessions } = (await person.must(session.listSessions)).body;
    expect(sessions).toMatchObject([{ provider: 'google' }]);
    const targets = (await view(person)).targets as Record<string, unknown>[];
    expect(targets.map(({ providerType, identifier, expired }) => [providerType, identifier, expired]).sort()).toEqual([
      ['email', somebody.email, false],
      ['push', `device of ${guest.userId}`, false],
    ]);
    expect(await the.rows('targets', 'user_id = ? AND session_id = ?', guest.userId, sessions[0].$id as string)).toHaveLength(1);
  });

  it('gives an anonymous user no address that the provider does not vouch for, nor one that is another’s', async () => {
    const guest = await anonymous();
    const somebody = unproved();
    const { person } = await the.enter('google', somebody, the.browserOf(guest));
    expect(await view(person)).toMatchObject({ $id: guest.userId, email: '', emailVerification: false });
    const [ada, other] = [await member(), await anonymous()];
    const taken = newPerson({ email: ada.email });
    expect((await the.enter('google', taken, the.browserOf(other))).error?.type).toBe('user_already_exists');
    expect(await view(other)).toMatchObject({ email: '' });
    expect(await the.rows('identities', 'provider_uid = ?', taken.id)).toEqual([]);
  });

  it('later than 30 minutes after the sign-in needs a challenge', async () => {
    const ada = await member();
    const { uri } = (await ada.must(mfa.createMFAAuthenticator, { type: 'totp' })).body;
    const authenticator = new AuthenticatorApp(uri as string, the.app.clock);
    await ada.must(mfa.updateMFAAuthenticator, { type: 'totp', otp: authenticator.code() });
    const [{ created_at: signedIn }] = await the.rows('sessions', 'user_id = ?', ada.userId);
    expect(signedIn).toBeDefined();
    const browser = the.browserOf(ada);
    // Enrolling is no challenge: what counts is the sign-in.
    the.app.clock.turn(29 * MINUTE);
    expect(await refusal(browser)).toEqual([301, undefined]);
    the.app.clock.turn(35 * MINUTE);
    expect(await refusal(browser)).toEqual([401, 'user_challenge_required']);
    const { $id: challengeId } = (await ada.must(mfa.createMFAChallenge, { factor: 'totp' })).body;
    await ada.must(mfa.updateMFAChallenge, { challengeId, otp: authenticator.next() });
    expect(await refusal(browser)).toEqual([301, undefined]);
    // Not for an anonymous user, who has nothing to show.
    const guest = await anonymous();
    the.app.clock.turn(45 * MINUTE);
    expect(await refusal(the.browserOf(guest))).toEqual([301, undefined]);
  });

  it('links nothing when that session has ended before the callback, however it ended', async () => {
    const endings: [string, (person: Person) => Promise<unknown>][] = [
      ['signed out', (person) => person.must(session.deleteSession, { sessionId: 'current' })],
      ['signed out everywhere', async (person) => (await person.elsewhere().signIn()).must(session.deleteSessions)],
      ['new password elsewhere', async (person) => (await person.elsewhere().signIn()).must(account.updatePassword, { password: 'another password', oldPassword: person.password })],
      ['deleted', (person) => person.must(account.delete)],
      ['blocked', (person) => person.must(account.updateStatus)],
    ];
    for (const [how, end] of endings) {
      const ada = await member();
      const somebody = newPerson();
      the.fake.signsIn('google', somebody);
      const browser = the.browserOf(ada);
      const sent = await the.halfway(browser, 'google');
      await end(ada);
      const { url, error } = await the.comeBack(browser, 'google', sent);
      const expected = how === 'deleted' ? 'user_oauth2_bad_request' : how === 'blocked' ? 'user_blocked' : 'user_unauthorized';
      expect([how, url.pathname.split('/').pop(), error?.type]).toEqual([how, how === 'deleted' ? 'failure' : 'out', expected]);
      expect([how, await the.rows('identities', 'provider_uid = ?', somebody.id)]).toEqual([how, []]);
    }
  });

  it('links nothing when that session’s time ran out before the callback', async () => {
    const ada = await (await the.stranger('brief').signUp()).signIn();
    const somebody = newPerson();
    the.fake.signsIn('discord', somebody);
    const browser = Object.assign(the.browser('brief'), { cookies: ada.cookies });
    const sent = await the.halfway(browser, 'discord');
    the.app.clock.turn(6 * MINUTE);
    const { error } = await the.comeBack(browser, 'discord', sent, 'brief');
    expect(error?.type).toBe('user_unauthorized');
    expect(await the.rows('identities', 'provider_uid = ?', somebody.id)).toEqual([]);
  });

  it('links to who began it, even when somebody else is signed in by then', async () => {
    const [ada, bob] = [await member(), await member()];
    the.fake.signsIn('google', newPerson());
    const browser = the.browserOf(ada);
    const sent = await the.halfway(browser, 'google');
    const jar = new Map([...browser.cookies, ...bob.cookies]);
    const shared = Object.assign(the.browser(), { cookies: jar });
    expect((await the.comeBack(shared, 'google', sent)).url.pathname).toBe('/in');
    expect((await the.personAt(shared).must(account.get)).body.$id).toBe(ada.userId);
    expect((await bob.must(account.listIdentities)).body.total).toBe(0);
  });
});
