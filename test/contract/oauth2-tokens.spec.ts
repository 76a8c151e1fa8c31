import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { ENDS, everyInstallation, KEY, project } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT } from '../support/app';

const limits = Object.fromEntries(['createSession', 'updateMagicURLSession', 'updatePhoneSession', 'updateRecovery'].map((name) => [name, 1_000]));

everyInstallation('a token of the token flow', (fake) => [project(fake, ['discord', 'google'], { limits }), { ...project(fake, ['discord'], { limits }), id: 'other', keys: [] }], (the) => {
  const ask = async (somebody = newPerson(), success = ENDS.success) => {
    the.fake.signsIn('google', somebody);
    const browser = the.browser();
    const { url } = await browser.signIn('google', { flow: 'tokens', ...ENDS, success });
    expect([...browser.cookies.keys()]).toEqual([]);
    return { url, userId: url.searchParams.get('userId')!, secret: url.searchParams.get('secret')! };
  };
  const invalid = { status: 401, type: 'user_invalid_token' };
  const spend = (sent: { userId: string; secret: string }, operation = session.createSession) => the.stranger().call(operation, sent);

  it('makes one session, which names the provider and shows its tokens to its owner', async () => {
    const somebody = newPerson();
    const { url, ...sent } = await ask(somebody, 'http://localhost/in?tab=1&x=%26#top');
    expect([url.searchParams.get('tab'), url.searchParams.get('x'), url.hash]).toEqual(['1', '&', '#top']);
    const ada = the.stranger();
    const { body } = await ada.must(session.createSession, sent);
    expect(body).toMatchObject({ userId: sent.userId, provider: 'google', providerUid: somebody.id, factors: ['oauth2'], providerAccessToken: expect.stringMatching(/^access\./) as string });
    expect((await ada.must(account.get)).body.email).toBe(somebody.email);
    expect(await spend(sent)).toMatchObject(invalid);
  });

  it('is kept as a hash alone', async () => {
    const { userId, secret } = await ask();
    expect(JSON.stringify([await the.rows('tokens', 'user_id = ?', userId), await the.rows('oauth_attempts', '1 = 1')])).not.toContain(secret);
  });

  it('of 50 uses at once one succeeds', async () => {
    const { userId, secret } = await ask();
    const routes = [session.createSession, session.updateMagicURLSession, session.updatePhoneSession];
    const answers = await Promise.all(Array.from({ length: 50 }, (_, nth) => spend({ userId, secret }, routes[nth % 3])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ type }) => type === 'user_invalid_token')).toHaveLength(49);
    expect(await the.rows('sessions', 'user_id = ?', userId)).toHaveLength(1);
  });

  it('holds fifteen minutes', async () => {
    const [early, late] = [await ask(), await ask()];
    the.app.clock.turn(890);
    expect((await spend(early)).status).toBe(201);
    the.app.clock.turn(11);
    expect(await spend(late)).toMatchObject(invalid);
  });

  it('is its own user’s, its own project’s, and the newest', async () => {
    const somebody = newPerson();
    const [first, eve] = [await ask(somebody), await ask()];
    const second = await ask(somebody);
    expect(await spend({ userId: eve.userId, secret: second.secret })).toMatchObject(invalid);
    expect(await spend({ userId: 'nobody', secret: second.secret })).toMatchObject(invalid);
    expect(await the.stranger('other').call(session.createSession, { userId: second.userId, secret: second.secret })).toMatchObject(invalid);
    expect(await spend(first)).toMatchObject(invalid);
    expect((await spend(second)).status).toBe(201);
  });

  it('serves for nothing else, and no other secret serves for it', async () => {
    const { userId, secret } = await ask();
    for (const operation of [verification.updateRecovery, verification.updateEmailVerification]) {
      expect(await the.stranger().call(operation, { userId, secret, password: 'a new password' })).toMatchObject(invalid);
    }
    const ada = await (await the.stranger().signUp()).signIn();
    expect(await ada.call(verification.updatePhoneVerification, { userId, secret })).toMatchObject(invalid);
    // It is still unspent.
    expect((await spend({ userId, secret })).status).toBe(201);
    await ada.must(verification.createRecovery, { email: ada.email, url: 'http://localhost/' });
    expect(await spend({ userId: ada.userId, secret: (await the.app.inbox.link(ada.email)).secret })).toMatchObject(invalid);
  });

  it('proves nothing about an address', async () => {
    const { userId, secret } = await ask(newPerson({ emailVerified: false }));
    const ada = the.stranger();
    await ada.must(session.createSession, { userId, secret });
    expect((await ada.must(account.get)).body.emailVerification).toBe(false);
  });

  it('dies with the identity, with the block, with the account', async () => {
    const somebody = newPerson();
    const { person } = await the.enter('google', somebody);
    const unlinked = await ask(somebody);
    await person.must(account.deleteIdentity, { identityId: (await person.must(account.listIdentities)).body.identities[0].$id as string });
    expect(await spend(unlinked)).toMatchObject(invalid);
    const blocked = await ask(somebody);
    await person.must(account.updateStatus);
    expect(await spend(blocked)).toMatchObject(invalid);
    const another = newPerson();
    const deleted = await the.enter('google', another);
    const gone = await ask(another);
    await deleted.person.must(account.delete);
    expect(await spend(gone)).toMatchObject(invalid);
  });

  it('of a server with an API key ends in a session whose secret the server sees', async () => {
    the.fake.signsIn('google', newPerson());
    const { headers } = await the.browser().get(`${the.app.url}/v1/account/tokens/oauth2/google?${new URLSearchParams({ project: PROJECT, ...ENDS }).toString()}`, { 'X-Appwrite-Key': KEY });
    const { url } = await the.browser().comeBack(headers.get('location')!);
    const sent = { userId: url.searchParams.get('userId')!, secret: url.searchParams.get('secret')! };
    const { status, body } = await the.stranger().call(session.createSession, sent, { 'X-Appwrite-Key': KEY });
    expect([status, body.secret]).toEqual([201, expect.stringMatching(/.{32,}/)]);
    expect((await the.stranger().call(account.get, {}, { 'X-Appwrite-Session': body.secret as string })).body.$id).toBe(sent.userId);
  });

  it('of a mail goes on as before: an OAuth2 token does not replace it', async () => {
    const somebody = newPerson();
    const { userId, secret } = await ask(somebody);
    await the.stranger().must(token.createMagicURLToken, { userId: 'unique()', email: somebody.email, url: 'http://localhost/' });
    const magic = await the.app.inbox.link(somebody.email);
    expect((await spend({ userId, secret })).status).toBe(201);
    expect((await spend({ userId, secret: magic.secret })).status).toBe(201);
  });
});

everyInstallation('the session flow', (fake) => [project(fake, ['discord'])], (the) => {
  const end = async (success: string) => {
    the.fake.signsIn('discord', newPerson());
    const browser = the.browser();
    return { browser, url: (await browser.signIn('discord', { ...ENDS, success })).url };
  };

  it('hands a native app its session in its own scheme', async () => {
    const { url } = await end(`appwrite-callback-${PROJECT}:///auth/oauth2/success?x=1`);
    const { secret, ...rest } = Object.fromEntries(url.searchParams);
    expect([url.protocol, rest]).toEqual([`appwrite-callback-${PROJECT}:`, { x: '1', project: PROJECT, domain: 'localhost', key: `a_session_${PROJECT}` }]);
    const { status } = await the.stranger().call(account.get, {}, { 'X-Appwrite-Session': secret });
    expect(status).toBe(200);
  });

  it.each(['http://localhost/auth/oauth2/success', 'https://localhost/auth/oauth2/success', 'http://127.0.0.1:4711/auth/oauth2/success', `appwrite-callback-${PROJECT}:///elsewhere`])('and tells %s nothing', async (success) => {
    const { url, browser } = await end(success);
    expect(url.search).toBe('');
    expect(browser.cookies.get(`a_session_${PROJECT}`)).toMatch(/.{32,}/);
  });

  it('shows its cookie to no script, and leaves that of the attempt behind', async () => {
    the.fake.signsIn('discord', newPerson());
    const browser = the.browser();
    const sent = await the.halfway(browser, 'discord');
    const { headers } = await browser.get(`${the.app.url}/v1/account/sessions/oauth2/discord/redirect?${new URLSearchParams({ project: PROJECT, ...sent }).toString()}`);
    const cookies = headers.getSetCookie();
    expect(cookies.filter((line) => line.startsWith('a_session_'))).toHaveLength(2);
    for (const line of cookies) expect(line).toContain('HttpOnly');
    expect(cookies.find((line) => line.startsWith('a_oauth2_'))).toMatch(/^a_oauth2_[0-9a-f]{20}=; Max-Age=0; Path=\/v1\/account\/sessions\/oauth2;/);
    expect(headers.get('cache-control')).toContain('no-store');
  });
});
