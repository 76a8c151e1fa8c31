import type { Operation } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY } from '../support/app';
import type { Person } from '../support/person';
import { TARGET, USER } from '../support/shapes';
import { everyWay } from '../support/ways';

let numbers = 0;
const newPhone = () => `+1617555${String((numbers += 1)).padStart(4, '0')}`;
const newEmail = () => `new.${(numbers += 1)}@example.com`;

const wrong = { status: 401, type: 'user_invalid_credentials' };
const unusable = { status: 400, type: 'general_bad_request' };
const dead = { status: 401, type: 'user_invalid_token' };

everyWay('addresses', (way) => {
  const setEmail = (person: Person, email: string, password = person.password) => person.call(account.updateEmail, { email, password });
  const setPhone = (person: Person, phone: string, password = person.password) => person.call(account.updatePhone, { phone, password });
  const targets = async (person: Person) => ((await person.must(account.get)).body.targets as { providerType: string; identifier: string }[]).map(({ providerType, identifier }) => [providerType, identifier]);
  const byPassword = (email: string, password: string) => way.stranger().call(session.createEmailPasswordSession, { email, password });
  /** As a server that asks with its key: it is told the secret. */
  const secretFor = async (operation: Operation, input: object) => (await way.stranger().must(operation, { userId: 'unique()', ...input }, { 'X-Appwrite-Key': API_KEY })).body.secret as string;
  const anonymous = async () => {
    const person = way.stranger();
    person.userId = (await person.must(session.createAnonymousSession)).body.userId as string;
    return person;
  };

  it('of mail change with the password, are unverified then, and the target follows', async () => {
    const ada = await way.member();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
    const { userId, secret } = await way.app.inbox.link(ada.email);
    await ada.must(verification.updateEmailVerification, { userId, secret });
    const before = (await ada.must(account.get)).body;
    expect(before.emailVerification).toBe(true);

    way.app.clock.turn(5);
    const email = newEmail();
    const { status, body } = await setEmail(ada, email.toUpperCase());
    expect(status).toBe(200);
    expect(body).toEqual({ ...USER, $id: ada.userId, name: 'Ada', email, emailVerification: false, passwordUpdate: before.passwordUpdate, targets: [{ ...TARGET, $id: before.targets[0].$id, identifier: email }] });
    expect(Date.parse(body.$updatedAt)).toBeGreaterThan(Date.parse(before.$updatedAt));
    expect((await ada.must(account.get)).body).toEqual(body);
    expect(await byPassword(ada.email, ada.password)).toMatchObject(wrong);
    expect((await byPassword(email, ada.password)).status).toBe(201);
    // The old one is free for whoever comes.
    expect((await way.stranger().call(account.create, { userId: 'unique()', email: ada.email, password: 'good password' })).status).toBe(201);
  });

  it('of phones change with the password, are unverified then, and the target follows', async () => {
    const ada = await way.member();
    const [first, second] = [newPhone(), newPhone()];
    expect(await setPhone(ada, first)).toMatchObject({ status: 200, body: { phone: first, phoneVerification: false, email: ada.email } });
    expect(await targets(ada)).toEqual([['email', ada.email], ['sms', first]]);
    const secret = (await ada.must(verification.createPhoneVerification)) && /\d{6}/.exec((await way.app.inbox.newest(first)).text)![0];
    expect((await ada.must(verification.updatePhoneVerification, { userId: ada.userId, secret })) && (await ada.must(account.get)).body.phoneVerification).toBe(true);

    expect(await setPhone(ada, second)).toMatchObject({ status: 200, body: { phone: second, phoneVerification: false } });
    expect(await targets(ada)).toEqual([['email', ada.email], ['sms', second]]);
  });

  it('stay when the password is wrong', async () => {
    const ada = await way.member();
    expect(await setEmail(ada, newEmail(), 'not the password')).toMatchObject(wrong);
    expect(await setPhone(ada, newPhone(), 'not the password')).toMatchObject(wrong);
    expect((await ada.must(account.get)).body).toMatchObject({ email: ada.email, phone: '' });
  });

  it('change by a JWT too', async () => {
    const ada = await way.member();
    const { jwt } = (await ada.must(account.createJWT)).body;
    const email = newEmail();
    expect(await way.stranger({ 'X-Appwrite-JWT': jwt }).call(account.updateEmail, { email, password: ada.password })).toMatchObject({ status: 200, body: { email } });
  });

  it.each(['email', 'phone'])('of an anonymous user come with his first password: %s', async (kind) => {
    const ada = await anonymous();
    const address = kind === 'email' ? newEmail() : newPhone();
    const { status, body } = kind === 'email' ? await setEmail(ada, address) : await setPhone(ada, address);
    expect([status, body[kind]]).toEqual([200, address]);
    expect(body.passwordUpdate).not.toBe('');
    expect(body.targets).toEqual([{ ...TARGET, providerType: kind === 'email' ? 'email' : 'sms', userId: ada.userId, identifier: address }]);
    // From now on it is asked for.
    expect(await setEmail(ada, newEmail(), 'another password')).toMatchObject(wrong);
    if (kind === 'email') expect(await byPassword(address, ada.password)).toMatchObject({ status: 201, body: { userId: ada.userId } });
  });

  it('of one who signed in by a code come with his first password', async () => {
    const ada = way.stranger();
    const { body } = await ada.must(token.createEmailToken, { userId: 'unique()', email: ada.email });
    const secret = /\b\d{6}\b/.exec((await way.app.inbox.newest(ada.email)).text)![0];
    await ada.must(session.createSession, { userId: body.userId, secret });
    const email = newEmail();
    expect(await setEmail(ada, email)).toMatchObject({ status: 200, body: { email, emailVerification: false } });
    expect(await byPassword(email, ada.password)).toMatchObject({ status: 201, body: { userId: body.userId } });
    expect(await byPassword(ada.email, ada.password)).toMatchObject(wrong);
  });

  it('that changed leave no secret of the old ones alive', async () => {
    const ada = await way.member();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/' });
    const link = await way.app.inbox.link(ada.email);
    const [magic, code] = [await secretFor(token.createMagicURLToken, { email: ada.email }), await secretFor(token.createEmailToken, { email: ada.email })];
    const recovery = (await way.stranger().must(verification.createRecovery, { email: ada.email, url: 'http://localhost/' }, { 'X-Appwrite-Key': API_KEY })).body.secret as string;
    await setEmail(ada, newEmail());

    expect(await way.stranger().call(verification.updateEmailVerification, { userId: ada.userId, secret: link.secret })).toMatchObject(dead);
    for (const secret of [magic, code]) expect(await way.stranger().call(session.createSession, { userId: ada.userId, secret })).toMatchObject(dead);
    expect(await way.stranger().call(verification.updateRecovery, { userId: ada.userId, secret: recovery, password: 'another password' })).toMatchObject(dead);

    await setPhone(ada, newPhone());
    const { body } = await ada.must(account.get);
    const sms = await secretFor(token.createPhoneToken, { phone: body.phone });
    await setPhone(ada, newPhone());
    expect(await way.stranger().call(session.updatePhoneSession, { userId: ada.userId, secret: sms })).toMatchObject(dead);
    expect((await ada.must(account.get)).body).toMatchObject({ emailVerification: false, phoneVerification: false });
  });

  it('that are taken are refused without saying so, and nothing changed', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    const phone = newPhone();
    await setPhone(bob, phone);
    const refused = [await setEmail(ada, bob.email), await setEmail(ada, bob.email.toUpperCase()), await setPhone(ada, phone)];
    for (const answer of refused) {
      expect(answer).toMatchObject(unusable);
      expect(JSON.stringify(answer.body)).not.toMatch(/exist|taken|another (user|account)|belongs|already/i);
    }
    const stranger = await anonymous();
    expect(await setEmail(stranger, bob.email)).toMatchObject(unusable);
    expect((await stranger.must(account.get)).body).toMatchObject({ email: '', passwordUpdate: '', targets: [] });
    expect((await ada.must(account.get)).body).toMatchObject({ email: ada.email, phone: '' });
    expect(await targets(ada)).toEqual([['email', ada.email]]);
    expect(await targets(bob)).toEqual([['email', bob.email], ['sms', phone]]);
  });

  it('may be given again', async () => {
    const ada = await way.member();
    const phone = newPhone();
    for (let times = 0; times < 2; times += 1) {
      expect(await setEmail(ada, ada.email)).toMatchObject({ status: 200, body: { email: ada.email } });
      expect(await setPhone(ada, phone)).toMatchObject({ status: 200, body: { phone } });
    }
    expect(await targets(ada)).toEqual([['email', ada.email], ['sms', phone]]);
  });

  it.each(['email', 'phone'])('are one of 20’s who want it at once: %s', async (kind) => {
    const people = await Promise.all(Array.from({ length: 20 }, anonymous));
    const address = kind === 'email' ? newEmail() : newPhone();
    const answers = await Promise.all(people.map((person) => (kind === 'email' ? setEmail(person, address) : setPhone(person, address))));
    const [winners, others] = [answers.filter(({ status }) => status === 200), answers.filter(({ status }) => status !== 200)];
    expect([winners.length, others.length]).toEqual([1, 19]);
    for (const answer of others) expect(answer).toMatchObject(unusable);
    const holders = (await Promise.all(people.map((person) => person.must(account.get)))).filter(({ body }) => body[kind] === address);
    expect(holders.map(({ body }) => body.$id)).toEqual([winners[0].body.$id]);
  });
});
