import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import type { Person as Client } from '../support/person';
import { shown } from './allowed';
import { everyCard } from './every-card';
import { expectations, type ProviderKey, providerKeys } from './expectations';
import { newPerson } from './person';

/** Their cards do not ask for a refresh token, since not every app there may have one: the app asks. */
const ASKED: Partial<Record<ProviderKey, string>> = { salesforce: 'refresh_token', oidc: 'offline_access' };

const refreshOf = (key: ProviderKey) => (expectations[key]).refresh;
const refreshing = providerKeys.filter(refreshOf);
const keeping = providerKeys.filter((key) => !refreshOf(key));

const FIELDS = ['providerAccessToken', 'providerRefreshToken', 'providerAccessTokenExpiry'];
const tokensIn = (shownThere: Record<string, unknown>) => Object.fromEntries(FIELDS.map((field) => [field, shownThere[field]]));

everyCard('extending a session', 'sqlite', (walks) => {
  const extend = (client: Client) => client.must(sessionOperations.updateSession, { sessionId: 'current' });
  const steps = () => walks.fake.requests.map(({ step }) => step);

  /** What the session and the identity show now. */
  const both = async (client: Client) => {
    const { body: session } = await client.must(sessionOperations.getSession, { sessionId: 'current' });
    const { body: listed } = await client.must(account.listIdentities);
    return [tokensIn(session), tokensIn((listed.identities as Record<string, unknown>[])[0])];
  };

  it.each(refreshing)('%s gives new tokens, once for each time', async (key) => {
    const asked = ASKED[key] ? { 'scopes[]': ASKED[key] } : {};
    const client = walks.client((await walks.signIn(key, newPerson(), asked)).browser);
    let held = walks.gifts.last(key);
    expect(held.refreshToken).not.toBe('');
    // Twice: the second time takes what the first one brought.
    for (const _ of ['first', 'second']) {
      walks.fake.forget();
      const { body: extended } = await extend(client);
      expect(steps()).toEqual(['refresh']);
      const fresh = walks.gifts.last(key);
      expect(fresh.accessToken).not.toBe(held.accessToken);
      held = { ...fresh, refreshToken: fresh.refreshToken || held.refreshToken };
      expect(tokensIn(extended)).toEqual(shown(held));
      expect(await both(client)).toEqual([shown(held), shown(held)]);
    }
  });

  it.each([...keeping, ...(Object.keys(ASKED) as ProviderKey[])])('%s is asked for nothing where it gave nothing to refresh with', async (key) => {
    const client = walks.client((await walks.signIn(key, newPerson())).browser);
    const held = walks.gifts.last(key);
    expect(held.refreshToken).toBe('');
    walks.fake.forget();
    await extend(client);
    expect(steps()).toEqual([]);
    expect(await both(client)).toEqual([shown(held), shown(held)]);
  });
});
