import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { UserEntity } from '../../src/modules/users';
import { verificationOperations as verification } from '../../src/modules/verification';
import { everyInstallation, project, unproved } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT } from '../support/app';
import type { Person } from '../support/person';

const providers = ['discord', 'github', 'google', 'amazon'] as const;

everyInstallation('whose account it is', (fake) => [project(fake, providers), { ...project(fake, providers), id: 'other', keys: [] }, { ...project(fake, providers), id: 'small', keys: [], auth: { limit: 1 } }], (the) => {
  const change = (id: string, patch: Partial<UserEntity>) => {
    const database = the.app.nest.get(Database);
    return database.transaction(() => database.writer.update(UserEntity, { projectId: PROJECT, id }, patch));
  };
  const seen = async (person: Person) => (await person.must(account.get)).body;
  /** Somebody with an account whose address is proved. */
  const proved = async (): Promise<Person> => {
    const person = await (await the.stranger().signUp()).signIn();
    await person.must(verification.createEmailVerification, { url: 'http://localhost/' });
    const { userId, secret } = await the.app.inbox.link(person.email);
    await person.must(verification.updateEmailVerification, { userId, secret });
    return person;
  };
  const usersOf = (email: string) => the.rows('users', 'email = ?', email);

  it('is told by the provider’s own id: a changed address keeps the user, an address given to somebody else does not', async () => {
    const ada = newPerson();
    const first = await the.enter('google', ada);
    const moved = await the.enter('google', { ...ada, email: 'moved.' + ada.email, name: 'Another Name' });
    expect(moved.person.userId).toBe(first.person.userId);
    expect(await seen(moved.person)).toMatchObject({ email: ada.email, name: ada.name });
    const [{ provider_email: told }] = await the.rows('identities', 'provider_uid = ?', ada.id);
    expect(told).toBe(`moved.${ada.email}`);
    // Her former address, at the same provider now somebody else's and not vouched for.
    expect((await the.enter('google', unproved({ email: ada.email }))).error?.type).toBe('general_bad_request');
  });

  it('ids that differ in case, accents or width are different people, and one with blanks around it is none', async () => {
    const ids = ['Abc', 'abc', 'äbc', 'ａbc'];
    const people = [];
    for (const id of ids) people.push(await the.enter('google', newPerson({ id })));
    expect(people.map(({ error }) => error)).toEqual(ids.map(() => undefined));
    expect(new Set(people.map(({ person }) => person.userId)).size).toBe(ids.length);
    for (const id of ['abc ', ' abc', 'abc\n']) expect((await the.enter('google', newPerson({ id }))).error?.type).toBe('user_missing_id');
  });

  it('the same id at another provider is somebody else', async () => {
    const ada = newPerson();
    const eve = newPerson({ id: ada.id });
    expect((await the.enter('github', eve)).person.userId).not.toBe((await the.enter('discord', ada)).person.userId);
  });

  it('a new person gets an account, whose address counts as proved only if the provider vouches for it', async () => {
    const [ada, bob, carl] = [newPerson(), unproved(), newPerson()];
    expect(await seen((await the.enter('google', ada)).person)).toMatchObject({ email: ada.email, emailVerification: true, name: ada.name, status: true, passwordUpdate: '' });
    expect(await seen((await the.enter('discord', bob)).person)).toMatchObject({ email: bob.email, emailVerification: false });
    // Amazon never says.
    expect(await seen((await the.enter('amazon', carl)).person)).toMatchObject({ email: carl.email, emailVerification: false });
  });

  it('an address that the provider does not vouch for opens no account, proved or not, and makes nothing', async () => {
    for (const holder of [await the.stranger().signUp(), await proved()]) {
      const eve = unproved({ email: holder.email });
      const { url, error, person } = await the.enter('discord', eve);
      expect([url.pathname, error?.type, person.cookies.size]).toEqual(['/out', 'general_bad_request', 0]);
      expect(await the.rows('identities', 'provider_uid = ?', eve.id)).toEqual([]);
      expect(await usersOf(holder.email)).toHaveLength(1);
    }
  });

  it('a vouched-for address and a proved account meet: linked, and password and sessions stay', async () => {
    const ada = await proved();
    const { person } = await the.enter('discord', newPerson({ email: ada.email }));
    expect(person.userId).toBe(ada.userId);
    expect(await seen(ada)).toMatchObject({ $id: ada.userId, emailVerification: true, name: 'Ada' });
    await ada.elsewhere().signIn();
    expect((await person.must(account.listIdentities)).body).toMatchObject({ total: 1, identities: [{ provider: 'discord', providerEmail: ada.email }] });
    // A second provider joins the same account.
    expect((await the.enter('github', newPerson({ email: ada.email }))).person.userId).toBe(ada.userId);
  });

  it('an address is compared in its one spelling', async () => {
    const ada = await proved();
    expect((await the.enter('discord', newPerson({ email: ada.email.toUpperCase() }))).person.userId).toBe(ada.userId);
    const [composed, decomposed] = ['zo\u00eb', 'zoe\u0308'].map((name) => newPerson({ email: `${name}.${the.engine}@example.com` }));
    const first = await the.enter('discord', decomposed);
    expect((await the.enter('discord', composed)).person.userId).toBe(first.person.userId);
    expect((await seen(first.person)).email).toBe(composed.email);
  });

  it('an address that only looks alike is another one', async () => {
    const ada = newPerson({ email: `paypal.${the.engine}@example.com` });
    const { person } = await the.enter('discord', ada);
    expect((await the.enter('discord', newPerson({ email: ada.email.replace('a', 'а') }))).person.userId).not.toBe(person.userId);
    for (const email of [ada.email.replace('p', 'ｐ'), `${ada.email}\u200b`, `${ada.email}\u0000`]) expect((await the.enter('discord', newPerson({ email }))).error?.type).toBe('user_unauthorized');
    expect(await usersOf(ada.email)).toHaveLength(1);
  });

  it('without an address nobody new comes in; who is known does', async () => {
    const ada = newPerson();
    const { person } = await the.enter('discord', ada);
    the.fake.misbehaves('discord', 'user', 'no-email');
    expect((await the.enter('discord', ada)).person.userId).toBe(person.userId);
    expect((await the.enter('discord', newPerson())).error?.type).toBe('user_unauthorized');
  });

  it('a blocked user stays out and blocked, by his identity and by his address, proved or not', async () => {
    const ada = newPerson();
    const { person } = await the.enter('discord', ada);
    const bob = await the.stranger().signUp();
    for (const { userId } of [person, bob]) await change(userId, { status: false });
    const tries = [
      await the.enter('discord', ada),
      await the.enter('github', newPerson({ email: ada.email })),
      await the.enter('discord', newPerson({ email: bob.email })),
    ];
    expect(tries.map(({ url, error, person: { cookies } }) => [url.pathname, error?.type, cookies.size])).toEqual(Array(3).fill(['/out', 'user_blocked', 0]));
    the.fake.signsIn('discord', ada);
    expect((await the.browser().signIn('discord', { flow: 'tokens', success: 'http://localhost/in', failure: 'http://localhost/out' })).error?.type).toBe('user_blocked');
    for (const { userId } of [person, bob]) expect(Number((await the.rows('users', 'id = ?', userId))[0].status)).toBe(0);
    expect(await the.rows('identities', 'user_id = ?', bob.userId)).toEqual([]);
    // Nothing of bob was taken from him either: the refusal undid it.
    expect((await the.rows('users', 'id = ?', bob.userId))[0].password_hash).not.toBeNull();
  });

  it('of one project is nobody in the other', async () => {
    const ada = newPerson();
    const { person } = await the.enter('discord', ada);
    const away = the.browser('other');
    the.fake.signsIn('discord', ada);
    expect((await away.signIn('discord', { success: 'http://localhost/in', failure: 'http://localhost/out' })).url.pathname).toBe('/in');
    const there = the.personAt(away, 'other');
    expect((await seen(there)).$id).not.toBe(person.userId);
    expect(await the.rows('identities', 'provider_uid = ?', ada.id)).toHaveLength(2);
  });

  it('the project’s limit of users holds; who is one comes in', async () => {
    const ends = { success: 'http://localhost/in', failure: 'http://localhost/out' };
    const ada = newPerson();
    const enter = (somebody: typeof ada) => {
      the.fake.signsIn('discord', somebody);
      return the.browser('small').signIn('discord', ends);
    };
    expect((await enter(ada)).url.pathname).toBe('/in');
    const bob = newPerson();
    expect((await enter(bob)).error?.type).toBe('user_count_exceeded');
    expect((await enter(ada)).url.pathname).toBe('/in');
    expect([await usersOf(bob.email), await the.rows('identities', 'provider_uid = ?', bob.id)]).toEqual([[], []]);
  });
});
