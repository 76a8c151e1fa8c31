import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { IDENTITY, SESSION, TARGET, USER } from '../support/shapes';
import { allowed, shown } from './allowed';
import { everyCard, FAILURE, SUCCESS, type Walks } from './every-card';
import { allows } from './expectation';
import { expectations, type ProviderKey, providerKeys } from './expectations';
import { newPerson } from './person';

/** Enough to see that a walk is the same on the other engine: form post, follow-up call, ID token alone, JSON, form, discovery. */
const HANDFUL: ProviderKey[] = ['apple', 'github', 'zoho', 'notion', 'discord', 'oidc'];

const verified = { emailVerified: true };
const unverified = { emailVerified: false };
const outcomeOf = (key: ProviderKey, person: ReturnType<typeof newPerson>) => (expectations[key]).outcome(person);
const givesAddress = (key: ProviderKey) => !allows(outcomeOf(key, newPerson(unverified)).email, '');

function signingIn(walks: Walks, keys: readonly ProviderKey[]): void {
  it.each([
    ...keys.map((key) => [key, 'verified', verified] as const),
    ...keys.filter(givesAddress).map((key) => [key, 'unverified', unverified] as const),
  ])('%s signs in a person with a %s address', async (key, _, traits) => {
    const person = newPerson(traits);
    const { uid, email, emailVerified, name } = outcomeOf(key, person);
    const { browser, url } = await walks.signIn(key, person);
    expect(url.href).toBe(SUCCESS);
    const client = walks.client(browser);

    const { body: user } = await client.must(account.get);
    const address = { email: allowed(email), name: allowed(name) };
    expect(user).toEqual({ ...USER, ...address, emailVerification: allowed(emailVerified), passwordUpdate: '', targets: [{ ...TARGET, identifier: allowed(email) }] });

    const given = shown(walks.gifts.last(key));
    const { body: session } = await client.must(sessionOperations.getSession, { sessionId: 'current' });
    expect(session).toEqual({ ...SESSION, userId: user.$id, provider: key, providerUid: uid, factors: ['oauth2'], current: true, ...given });

    const { body: listed } = await client.must(account.listIdentities);
    expect(listed).toEqual({ total: 1, identities: [{ ...IDENTITY, userId: user.$id, provider: key, providerUid: uid, providerEmail: allowed(email), ...given }] });
  });
}

everyCard('every card', 'sqlite', (walks) => {
  signingIn(walks, providerKeys);

  it.each(providerKeys.filter((key) => !givesAddress(key)))('%s gives no address that is not verified, and nobody is signed in without one', async (key) => {
    const person = newPerson(unverified);
    walks.fake.signsIn(key, person);
    const browser = walks.browser();
    const { url, error } = await browser.signIn(key, { success: SUCCESS, failure: FAILURE });
    // Where the provider leaves it open, an address that is not proven may come all the same.
    const told = outcomeOf(key, person).email === '' || error ? { type: 'user_unauthorized', code: 401 } : undefined;
    expect({ at: url.origin + url.pathname, error }).toEqual(told ? { at: FAILURE, error: { ...told, message: expect.stringContaining('e-mail') as unknown } } : { at: SUCCESS, error: undefined });
    const { status, body } = await walks.client(browser).call(account.get);
    expect({ status, verified: body.emailVerification }).toEqual(told ? { status: 401, verified: undefined } : { status: 200, verified: false });
  });
});

everyCard('a handful of cards', 'mysql', (walks) => signingIn(walks, HANDFUL));
