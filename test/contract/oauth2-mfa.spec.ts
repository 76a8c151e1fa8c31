import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { ENDS, everyInstallation, project } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT } from '../support/app';
import { AuthenticatorApp } from '../support/authenticator';
import type { Person } from '../support/person';

everyInstallation('a second factor', (fake) => [project(fake, ['discord', 'google']), { ...project(fake, ['discord', 'google']), id: 'trusting', keys: [], oauthSatisfiesMfa: true }], (the) => {
  const gated = { status: 401, type: 'user_more_factors_required' };
  const protect = async (person: Person) => {
    const { uri } = (await person.must(mfa.createMFAAuthenticator, { type: 'totp' })).body;
    const authenticator = new AuthenticatorApp(uri as string, the.app.clock);
    await person.must(mfa.updateMFAAuthenticator, { type: 'totp', otp: authenticator.code() });
    await person.must(mfa.updateMFA, { mfa: true });
    return authenticator;
  };
  const show = async (person: Person, authenticator: AuthenticatorApp) => {
    const { $id: challengeId } = (await person.must(mfa.createMFAChallenge, { factor: 'totp' })).body;
    return (await person.must(mfa.updateMFAChallenge, { challengeId, otp: authenticator.next() })).body;
  };
  const enter = async (somebody: ReturnType<typeof newPerson>, project = PROJECT) => {
    the.fake.signsIn('discord', somebody);
    const browser = the.browser(project);
    expect((await browser.signIn('discord', ENDS)).url.pathname).toBe('/in');
    return the.personAt(browser, project);
  };

  it('is asked of a sign-in through a provider as of any other, and an answered challenge completes it', async () => {
    const somebody = newPerson();
    const authenticator = await protect(await enter(somebody));
    const again = await enter(somebody);
    for (const operation of [account.get, account.listIdentities, session.listSessions, account.createJWT]) expect(await again.call(operation)).toMatchObject(gated);
    expect((await show(again, authenticator)).factors).toEqual(['oauth2', 'totp']);
    expect((await again.must(account.get)).body.mfa).toBe(true);
  });

  it('is asked after a token’s session as well', async () => {
    const somebody = newPerson();
    await protect(await enter(somebody));
    the.fake.signsIn('discord', somebody);
    const { url } = await the.browser().signIn('discord', { flow: 'tokens', ...ENDS });
    const person = the.stranger();
    const { body } = await person.must(session.createSession, { userId: url.searchParams.get('userId'), secret: url.searchParams.get('secret') });
    expect([body.provider, body.factors]).toEqual(['discord', ['oauth2']]);
    expect(await person.call(account.get)).toMatchObject(gated);
  });

  it('is missing: such a session begins nothing at a provider', async () => {
    const ada = await (await the.stranger().signUp()).signIn();
    await protect(ada);
    const half = the.browserOf(await ada.elsewhere().signIn());
    for (const flow of ['sessions', 'tokens']) {
      const { status, text, headers } = await half.get(`${the.app.url}/v1/account/${flow}/oauth2/discord?${new URLSearchParams({ project: PROJECT, ...ENDS }).toString()}`);
      expect([status, (JSON.parse(text) as { type: string }).type, headers.getSetCookie()]).toEqual([401, 'user_more_factors_required', []]);
    }
  });

  it('does not come from linking: the new session has shown the provider and no more', async () => {
    const ada = await (await the.stranger().signUp()).signIn();
    const authenticator = await protect(ada);
    await show(ada, authenticator);
    the.fake.signsIn('google', newPerson());
    expect((await the.browserOf(ada).signIn('google', ENDS)).url.pathname).toBe('/in');
    expect(await ada.call(account.get)).toMatchObject(gated);
    expect((await show(ada, authenticator)).factors).toEqual(['oauth2', 'totp']);
  });

  it('is the provider’s business where the project says so, and stays ours for a password', async () => {
    const somebody = newPerson();
    const first = await enter(somebody, 'trusting');
    await protect(first);
    await first.must(account.updatePassword, { password: 'a password of her own' });
    const again = await enter(somebody, 'trusting');
    expect((await again.must(account.get)).body).toMatchObject({ mfa: true });
    const byPassword = the.stranger('trusting');
    await byPassword.must(session.createEmailPasswordSession, { email: somebody.email, password: 'a password of her own' });
    expect(await byPassword.call(account.get)).toMatchObject(gated);
  });
});
