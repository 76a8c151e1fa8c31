import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { verificationOperations as op } from '../../src/modules/verification';
import { API_KEY } from '../support/app';
import type { Person } from '../support/person';
import { field } from '../support/transport-graphql';
import { send } from '../support/raw';
import { TOKEN } from '../support/shapes';
import { everyWay } from '../support/ways';

const WEEK = 7 * 24 * 3_600;
const PAGE = 'http://localhost/verify';

everyWay('e-mail verification', (way) => {
  const request = (person: Person, url = PAGE) => person.must(op.createEmailVerification, { url });
  const confirm = (person: Person, { userId, secret }: { userId: string; secret: string }) => person.call(op.updateEmailVerification, { userId, secret });
  const verified = async (person: Person) => (await person.must(account.get)).body.emailVerification as boolean;
  const invalid = { status: 401, type: 'user_invalid_token' };

  it('sends a mail whose link proves the address', async () => {
    const ada = await way.member();
    const { status, body } = await ada.call(op.createEmailVerification, { url: PAGE });
    expect(status).toBe(201);
    expect(body).toEqual({ ...TOKEN, userId: ada.userId });
    expect(Math.abs(Date.parse(body.expire) - Date.parse(body.$createdAt) - WEEK * 1_000)).toBeLessThan(100);

    const mail = await way.app.inbox.newest(ada.email);
    expect(mail).toMatchObject({ channel: 'email', to: ada.email, subject: 'Account Verification' });
    expect(mail.text).toContain('Hello Ada,');
    const link = await way.app.inbox.link(ada.email);
    expect(link).toMatchObject({ userId: ada.userId, secret: expect.stringMatching(/^[0-9a-f]{64}$/), expire: body.expire });
    expect(new URL(link.href)).toMatchObject({ origin: 'http://localhost', pathname: '/verify' });
    expect(mail.html).toContain(link.secret);

    expect(await verified(ada)).toBe(false);
    const confirmed = await confirm(way.stranger(), link);
    expect([confirmed.status, confirmed.body]).toEqual([200, { ...body, $createdAt: body.$createdAt }]);
    expect(await verified(ada)).toBe(true);
  });

  it('keeps the query and fragment of the page it was given, but not its own parameters there', async () => {
    const ada = await way.member();
    await request(ada, `${PAGE}?lang=fr&next=%2Fhome%3Fa%3D1%26b&empty=&userId=eve&secret=planted#top`);
    const { href, userId, secret } = await way.app.inbox.link(ada.email);
    const { searchParams, hash } = new URL(href);
    expect(Object.fromEntries(searchParams)).toEqual({ lang: 'fr', next: '/home?a=1&b', empty: '', userId: ada.userId, secret, expire: expect.any(String) });
    expect([userId, searchParams.getAll('secret').length, hash]).toEqual([ada.userId, 1, '#top']);
    expect(secret).not.toBe('planted');
  });

  it('spends a secret once', async () => {
    const ada = await way.member();
    await request(ada);
    const link = await way.app.inbox.link(ada.email);
    expect((await confirm(ada, link)).status).toBe(200);
    expect(await confirm(ada, link)).toMatchObject(invalid);
  });

  it('spends a secret once, however many try at the same time', async () => {
    const ada = await way.member();
    await request(ada);
    const link = await way.app.inbox.link(ada.email);
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(way.stranger(), link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(401)]);
  });

  it('replaces an older secret by a newer one', async () => {
    const ada = await way.member();
    await request(ada);
    const older = await way.app.inbox.link(ada.email);
    await request(ada);
    const newer = await way.app.inbox.link(ada.email, 2);
    expect(await confirm(ada, older)).toMatchObject(invalid);
    expect((await confirm(ada, newer)).status).toBe(200);
  });

  it('takes a secret for seven days and not a second more', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    await Promise.all([request(ada), request(bob)]);
    const links = [await way.app.inbox.link(ada.email), await way.app.inbox.link(bob.email)];
    way.app.clock.turn(WEEK - 60);
    expect((await confirm(ada, links[0])).status).toBe(200);
    way.app.clock.turn(61);
    expect(await confirm(bob, links[1])).toMatchObject(invalid);
    expect(await verified(bob)).toBe(false);
  });

  it('takes a secret for its own user only, and another’s try does not spend it', async () => {
    const [ada, eve] = [await way.member(), await way.member()];
    await request(ada);
    const link = await way.app.inbox.link(ada.email);
    expect(await confirm(eve, { ...link, userId: eve.userId })).toMatchObject(invalid);
    expect(await verified(eve)).toBe(false);
    expect((await confirm(eve, link)).status).toBe(200);
    expect([await verified(ada), await verified(eve)]).toEqual([true, false]);
  });

  it('refuses a wrong secret and an unknown user alike', async () => {
    const ada = await way.member();
    await request(ada);
    const { secret } = await way.app.inbox.link(ada.email);
    const refusals = await Promise.all(
      [{ userId: ada.userId, secret: 'wrong' }, { userId: 'nobody', secret }, { userId: 'nobody', secret: 'wrong' }, { userId: ada.userId, secret: secret.toUpperCase() }, { userId: ada.userId, secret: `${secret} ` }].map((tried) => confirm(way.stranger(), tried)),
    );
    for (const { status, type, body } of refusals) expect({ status, type, ...body, requestId: '' }).toEqual({ ...refusals[0].body, status: 401, type: 'user_invalid_token', requestId: '' });
    expect(await verified(ada)).toBe(false);
  });

  it('is asked for by a user, confirmed by anyone who read the mail, and by no API key', async () => {
    const ada = await way.member();
    expect(await way.stranger().call(op.createEmailVerification, { url: PAGE })).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    await request(ada);
    const link = await way.app.inbox.link(ada.email);
    for (const operation of [op.createEmailVerification, op.updateEmailVerification]) {
      const { status, type } = await way.stranger().call(operation, { url: PAGE, ...link }, { 'X-Appwrite-Key': API_KEY });
      expect([operation.name, status, type]).toEqual([operation.name, 401, 'general_unauthorized_scope']);
    }
    const { jwt } = (await ada.must(account.createJWT)).body;
    expect((await way.stranger().call(op.createEmailVerification, { url: PAGE }, { 'X-Appwrite-JWT': jwt })).status).toBe(201);
  });

  it('is not asked for twice', async () => {
    const ada = await way.member();
    await request(ada);
    await confirm(ada, await way.app.inbox.link(ada.email));
    expect(await ada.call(op.createEmailVerification, { url: PAGE })).toMatchObject({ status: 409, type: 'user_email_already_verified' });
    expect(await way.app.inbox.all(ada.email)).toHaveLength(1);
  });

  it('does not make a session, and its secret is no session', async () => {
    const ada = await way.member();
    await request(ada);
    const { userId, secret } = await way.app.inbox.link(ada.email);
    const value = Buffer.from(JSON.stringify({ id: userId, secret })).toString('base64');
    expect(await way.stranger({ 'X-Appwrite-Session': value }).call(account.get)).toMatchObject({ status: 401 });
    const browser = way.stranger();
    const { headers } = await confirm(browser, { userId, secret });
    expect([headers.getSetCookie(), browser.cookies.size]).toEqual([[], 0]);
    expect((await ada.must(sessionOperations.listSessions)).body.total).toBe(1);
  });

  it('is not spent by those who only open the link', async () => {
    const ada = await way.member();
    await request(ada, `${way.app.url}/dev/confirm`);
    const link = await way.app.inbox.link(ada.email);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await fetch(link.href, { method });
    const query = `?userId=${link.userId}&secret=${link.secret}&project=default`;
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await send(way.app, `/v1/account/verification${query}`, { method });
    expect(await verified(ada)).toBe(false);
    expect((await confirm(ada, link)).status).toBe(200);
  });

  it('has an older and a newer name', async () => {
    const [ada, url] = [await way.member(), PAGE];
    const old = async (operation: typeof op.createEmailVerification, name: string, input: object) =>
      way.transport === 'graphql'
        ? field(ada, 'mutation', name, operation, { ...input }, { ...ada.headers, Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` })
        : send(way.app, '/v1/account/verifications/email', { method: operation.rest.split(' ')[0], headers: { Cookie: `a_session_default=${ada.cookies.get('a_session_default')}` }, body: input });
    expect((await old(op.createEmailVerification, 'accountCreateVerification', { url })).status).toBe(201);
    const { userId, secret } = await way.app.inbox.link(ada.email);
    expect((await old(op.updateEmailVerification, 'accountUpdateVerification', { userId, secret })).status).toBe(200);
    expect(await verified(ada)).toBe(true);
  });
});
