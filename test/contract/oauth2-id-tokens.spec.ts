import { everyInstallation, project } from '../oauth/installation';
import { FORGERIES } from '../oauth/id-token';
import { newPerson } from '../oauth/person';

/** Those whose ID token decides, or says more than the user call. */
const PROVIDERS = ['google', 'oidc', 'apple'] as const;
const uidOf = (provider: (typeof PROVIDERS)[number], id: string) => (provider === 'apple' ? `000123.${id}.0456` : id);
/** Apple has no user call, so there is nothing that its `sub` could differ from. */
const cases = PROVIDERS.flatMap((provider) => FORGERIES.filter((forgery) => provider !== 'apple' || forgery !== 'other-sub').map((forgery) => [provider, forgery] as const));

everyInstallation('an ID token', (fake) => [project(fake, PROVIDERS)], (the) => {
  it.each(cases)('of %s that is forged signs nobody in: %s', async (provider, forgery) => {
    const somebody = newPerson();
    the.fake.misbehaves(provider, 'idToken', forgery);
    const { url, error, person } = await the.enter(provider, somebody);
    expect([url.pathname, error?.type, person.cookies.size]).toEqual(['/out', 'user_oauth2_provider_error', 0]);
    expect(await the.rows('users', 'email = ?', somebody.email)).toEqual([]);
    expect(await the.rows('identities', 'provider_uid IN (?, ?)', uidOf(provider, somebody.id), '999999999')).toEqual([]);
  });

  it.each(PROVIDERS)('of %s that is genuine signs in, also after a forged one', async (provider) => {
    const somebody = newPerson();
    the.fake.misbehaves(provider, 'idToken', 'bad-signature');
    await the.enter(provider, somebody);
    the.fake.behaves();
    expect((await the.enter(provider, somebody)).url.pathname).toBe('/in');
    expect(await the.rows('identities', 'provider_uid = ?', uidOf(provider, somebody.id))).toHaveLength(1);
  });

  it('is asked of its provider when it counts: without one Apple signs nobody in', async () => {
    the.fake.misbehaves('apple', 'token', 'wrong-type');
    expect((await the.enter('apple', newPerson())).error?.type).toBe('user_oauth2_provider_error');
  });

  it('the word “false” vouches for no address', async () => {
    const { person } = await the.enter('apple', newPerson({ emailVerified: false }));
    expect(Number((await the.rows('users', 'id = ?', person.userId))[0].email_verified)).toBe(0);
  });

  it('the issuer named by the callback is compared (RFC 9207)', async () => {
    const browser = the.browser();
    the.fake.signsIn('oidc', newPerson());
    const sent = await the.halfway(browser, 'oidc');
    the.fake.forget();
    const { error } = await the.comeBack(browser, 'oidc', { ...sent, iss: 'https://another.example' });
    expect([error?.type, the.fake.requests.filter(({ step }) => step === 'token')]).toEqual(['user_oauth2_bad_request', []]);
    const again = await the.halfway(browser, 'oidc');
    expect((await the.comeBack(browser, 'oidc', { ...again, iss: `${the.fake.url}/oidc` })).url.pathname).toBe('/in');
  });
});
