import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { IDENTITY } from '../support/shapes';
import { allowed, shown } from './allowed';
import { everyCard } from './every-card';
import { expectations, type ProviderKey, providerKeys } from './expectations';
import { newPerson } from './person';

const outcomeOf = (key: ProviderKey, person: ReturnType<typeof newPerson>) => (expectations[key]).outcome(person);

everyCard('a second sign-in', 'sqlite', (walks) => {
  it.each(providerKeys)('%s knows a person again by his id, under whatever address', async (key) => {
    const person = newPerson();
    const first = await walks.signIn(key, person);
    const before = await walks.client(first.browser).must(account.get);
    const [known] = (await walks.client(first.browser).must(account.listIdentities)).body.identities as { $id: string }[];
    const refreshToken = walks.gifts.last(key).refreshToken;

    // Somebody else at the provider in between: what is kept is not mixed up.
    const other = await walks.signIn(key, newPerson());
    expect((await walks.client(other.browser).must(account.get)).body.$id).not.toBe(before.body.$id);

    const moved = { ...person, name: 'Ada King', email: `moved.${person.email}` };
    const second = await walks.signIn(key, moved);
    const client = walks.client(second.browser);
    const { body: user } = await client.must(account.get);
    // The account keeps the address and the name that it has.
    expect(user).toMatchObject({ $id: before.body.$id, email: before.body.email, name: before.body.name, emailVerification: before.body.emailVerification });

    const { uid, email } = outcomeOf(key, moved);
    const last = walks.gifts.last(key);
    const given = shown({ ...last, refreshToken: last.refreshToken || refreshToken });
    const { body: listed } = await client.must(account.listIdentities);
    expect(listed).toEqual({ total: 1, identities: [{ ...IDENTITY, $id: known.$id, userId: user.$id, provider: key, providerUid: uid, providerEmail: allowed(email), ...given }] });
    const { body: sessions } = await client.must(sessionOperations.listSessions);
    expect(sessions.total).toBe(2);
  });
});
