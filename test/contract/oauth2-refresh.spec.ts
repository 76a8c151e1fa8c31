import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { everyInstallation, project } from '../oauth/installation';
import type { Outage } from '../oauth/misbehaviour';
import { newPerson } from '../oauth/person';
import type { Person } from '../support/person';

everyInstallation('a session’s tokens of its provider', (fake) => [project(fake, ['discord', 'google', 'github'], { limits: { updateSession: 1_000 } })], (the) => {
  const current = { sessionId: 'current' };
  const shown = async (person: Person) => {
    const { expire, providerAccessToken, providerRefreshToken, providerAccessTokenExpiry } = (await person.must(session.getSession, current)).body;
    return { expire, providerAccessToken, providerRefreshToken, providerAccessTokenExpiry } as Record<string, string>;
  };
  const refreshes = () => the.fake.requests.filter(({ step }) => step === 'refresh');
  /** Does the provider take it? */
  const works = async (accessToken: string) => (await fetch(the.fake.registration('discord').userUrl, { headers: { Authorization: `Bearer ${accessToken}` } })).status === 200;

  it('are replaced when it is extended, and those of the same identity’s other sessions with them', async () => {
    const somebody = newPerson();
    const { person } = await the.enter('discord', somebody);
    const other = (await the.enter('discord', somebody)).person;
    const before = await shown(person);
    the.app.clock.turn(3_600);
    await person.must(session.updateSession, current);
    const after = await shown(person);
    for (const key of ['expire', 'providerAccessToken', 'providerRefreshToken', 'providerAccessTokenExpiry']) expect([key, after[key] === before[key]]).toEqual([key, false]);
    expect((await shown(other)).providerAccessToken).toBe(after.providerAccessToken);
    expect(await works(after.providerAccessToken)).toBe(true);
    // In the table they are sealed.
    expect(JSON.stringify(await the.rows('identities', 'provider_uid = ?', somebody.id))).not.toMatch(/access\.|refresh\./);
  });

  it.each<[Outage, number, string]>([
    ['http400', 400, 'user_oauth2_bad_request'],
    ['http401', 401, 'user_oauth2_unauthorized'],
    ['http500', 424, 'user_oauth2_provider_error'],
    ['garbage', 424, 'user_oauth2_provider_error'],
    ['empty', 424, 'user_oauth2_provider_error'],
    ['huge', 424, 'user_oauth2_provider_error'],
    ['redirect', 424, 'user_oauth2_provider_error'],
  ])('stay, and the session is not extended, when the provider answers %s', async (kind, status, type) => {
    const { person } = await the.enter('discord', newPerson());
    const before = await shown(person);
    the.fake.misbehaves('discord', 'refresh', kind);
    the.app.clock.turn(3_600);
    const refused = await person.call(session.updateSession, current);
    expect(refused).toMatchObject({ status, type });
    expect(JSON.stringify(refused.body)).not.toMatch(/access\.|refresh\.|secret_/);
    expect(await shown(person)).toEqual(before);
    expect(the.fake.trapped).toEqual([]);
    the.fake.behaves();
    await person.must(session.updateSession, current);
    expect((await shown(person)).providerAccessToken).not.toBe(before.providerAccessToken);
  });

  it('are asked for once by 20 extensions at once, and work afterwards', async () => {
    const { person } = await the.enter('discord', newPerson());
    const answers = await Promise.all(Array.from({ length: 20 }, () => person.call(session.updateSession, current)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(the.fake.refusals).toEqual([]);
    expect(refreshes().length).toBeGreaterThan(0);
    expect(await works((await shown(person)).providerAccessToken)).toBe(true);
    await person.must(session.updateSession, current);
    expect(the.fake.refusals).toEqual([]);
  });

  it('keep the refresh token of a provider that sends no new one', async () => {
    const { person } = await the.enter('google', newPerson());
    const before = await shown(person);
    for (let nth = 0; nth < 2; nth += 1) await person.must(session.updateSession, current);
    const after = await shown(person);
    expect([after.providerRefreshToken, after.providerAccessToken === before.providerAccessToken]).toEqual([before.providerRefreshToken, false]);
  });

  it('are not asked for where there is nothing to ask with: no refresh token, no identity any more, no provider at all', async () => {
    const { person: ada } = await the.enter('github', newPerson());
    const { person: bob } = await the.enter('discord', newPerson());
    await bob.must(account.deleteIdentity, { identityId: (await bob.must(account.listIdentities)).body.identities[0].$id as string });
    const carl = await (await the.stranger().signUp()).signIn();
    for (const person of [ada, bob, carl]) {
      const { expire } = await shown(person);
      the.app.clock.turn(60);
      expect((await person.must(session.updateSession, current)).body.expire > expire).toBe(true);
    }
    expect(refreshes()).toEqual([]);
    expect(await shown(bob)).toMatchObject({ providerAccessToken: '', providerRefreshToken: '' });
  });

  it('are their user’s alone: nobody else’s session refreshes or shows them', async () => {
    const { person: ada } = await the.enter('discord', newPerson());
    const eve = await (await the.stranger().signUp()).signIn();
    const id = (await ada.must(session.getSession, current)).body.$id as string;
    for (const operation of [session.updateSession, session.getSession]) expect(await eve.call(operation, { sessionId: id })).toMatchObject({ status: 404, type: 'user_session_not_found' });
    expect(refreshes()).toEqual([]);
  });
});
