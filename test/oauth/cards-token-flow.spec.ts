import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { SESSION } from '../support/shapes';
import { allowed, shown } from './allowed';
import { everyCard, SUCCESS } from './every-card';
import { expectations, providerKeys } from './expectations';
import { newPerson } from './person';

everyCard('the token flow of every card', 'sqlite', (walks) => {
  it.each(providerKeys)('%s ends with a secret that makes one session', async (key) => {
    const person = newPerson();
    const { uid, email } = (expectations[key]).outcome(person);
    const { browser, url } = await walks.signIn(key, person, { flow: 'tokens', success: `${SUCCESS}?tab=2#top` });
    expect({ origin: url.origin, path: url.pathname, hash: url.hash, query: [...url.searchParams.keys()].sort() }).toEqual({ origin: 'http://localhost', path: '/in', hash: '#top', query: ['secret', 'tab', 'userId'] });
    // The browser got no session: only who has the secret does.
    expect([...browser.cookies.keys()]).toEqual([]);

    const { userId, secret } = Object.fromEntries(url.searchParams);
    const client = walks.client(browser);
    const { body: session } = await client.must(sessionOperations.createSession, { userId, secret });
    expect(session).toEqual({ ...SESSION, userId, provider: key, providerUid: uid, factors: ['oauth2'], current: true, ...shown(walks.gifts.last(key)) });
    const { body: user } = await client.must(account.get);
    expect(user).toMatchObject({ $id: userId, email: allowed(email) });

    const second = walks.client(browser);
    expect(await second.call(sessionOperations.createSession, { userId, secret })).toMatchObject({ status: 401, type: 'user_invalid_token' });
  });
});
