import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Person } from '../support/person';
import { TARGET } from '../support/shapes';
import { everyWay } from '../support/ways';

const PIXEL = 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';

let devices = 0;
const newDevice = () => `device ${(devices += 1)}`;

everyWay('push targets', (way) => {
  const create = (person: Person, identifier = newDevice(), more = {}) => person.call(account.createPushTarget, { targetId: 'unique()', identifier, ...more });
  const pushOf = async (person: Person) => ((await person.must(account.get)).body.targets as { providerType: string }[]).filter(({ providerType }) => providerType === 'push');
  const absent = { status: 404, type: 'user_target_not_found' };
  const taken = { status: 409, type: 'user_target_already_exists' };

  it('are made with a session, and shown with the user', async () => {
    const ada = await way.member();
    const identifier = newDevice();
    const { status, body } = await ada.call(account.createPushTarget, { targetId: 'unique()', identifier }, { 'User-Agent': PIXEL });
    expect(status).toBe(201);
    expect(body).toEqual({ ...TARGET, userId: ada.userId, providerType: 'push', identifier, name: 'Google Pixel 8' });
    expect(await pushOf(ada)).toEqual([body]);
    expect(((await ada.must(account.get)).body.targets as object[]).length).toBe(2);
  });

  it('take an id and a provider of the caller’s choice', async () => {
    const ada = await way.member();
    const targetId = `Phone-of-${way.transport}`;
    expect(await create(ada, newDevice(), { targetId, providerId: 'fcm-1' })).toMatchObject({ status: 201, body: { $id: targetId, providerId: 'fcm-1' } });
    expect(await create(ada, newDevice(), { targetId })).toMatchObject(taken);
    expect(await create(await way.member(), newDevice(), { targetId })).toMatchObject(taken);
    expect(await pushOf(ada)).toHaveLength(1);
  });

  it('are one for each device', async () => {
    const [ada, bob] = [await way.member(), await way.member()];
    const identifier = newDevice();
    await create(ada, identifier);
    expect(await create(ada, identifier)).toMatchObject(taken);
    expect(await create(bob, identifier)).toMatchObject(taken);
    // An address of mail is no device: the same words are another thing.
    expect(await create(bob, ada.email)).toMatchObject({ status: 201 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(ada, 'one of eight at once, over ' + way.transport)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
  });

  it('change their identifier', async () => {
    const ada = await way.member();
    const [first, second] = [await create(ada), await create(ada)];
    const identifier = newDevice();
    way.app.clock.turn(5);
    const { status, body } = await ada.call(account.updatePushTarget, { targetId: first.body.$id, identifier });
    expect(status).toBe(200);
    expect(body).toEqual({ ...first.body, identifier, $updatedAt: expect.any(String) });
    expect(Date.parse(body.$updatedAt)).toBeGreaterThan(Date.parse(first.body.$updatedAt));
    expect(await ada.call(account.updatePushTarget, { targetId: first.body.$id, identifier: second.body.identifier })).toMatchObject(taken);
    expect((await ada.call(account.updatePushTarget, { targetId: first.body.$id, identifier })).status).toBe(200);
    expect((await pushOf(ada)).map((target) => (target as { identifier?: string }).identifier)).toEqual([identifier, second.body.identifier]);
  });

  it('are forgotten', async () => {
    const ada = await way.member();
    const { body } = await create(ada);
    expect((await ada.call(account.deletePushTarget, { targetId: body.$id })).status).toBe(204);
    expect(await pushOf(ada)).toEqual([]);
    expect(await ada.call(account.deletePushTarget, { targetId: body.$id })).toMatchObject(absent);
    expect((await create(ada, body.identifier)).status).toBe(201);
  });

  it('are their owner’s alone, and the address’s own is none of them', async () => {
    const [ada, eve] = [await way.member(), await way.member()];
    const { body } = await create(ada);
    const own = (await ada.must(account.get)).body.targets[0].$id as string;
    const tries: [Person, string][] = [[eve, body.$id as string], [eve, own], [ada, own], [ada, 'nothing']];
    for (const [person, targetId] of tries) {
      expect(await person.call(account.updatePushTarget, { targetId, identifier: newDevice() })).toMatchObject(absent);
      expect(await person.call(account.deletePushTarget, { targetId })).toMatchObject(absent);
    }
    expect((await ada.must(account.get)).body.targets).toMatchObject([{ $id: own, identifier: ada.email }, body]);
  });

  it('are for sessions, not for JWTs and guests', async () => {
    const ada = await way.member();
    const { body } = await create(ada);
    const { jwt } = (await ada.must(account.createJWT)).body;
    const bearer = way.stranger({ 'X-Appwrite-JWT': jwt });
    const targetId = body.$id as string;
    for (const operation of [account.createPushTarget, account.updatePushTarget, account.deletePushTarget]) {
      expect(await bearer.call(operation, { targetId, identifier: newDevice() })).toMatchObject({ status: 404, type: 'user_session_not_found' });
      expect(await way.stranger().call(operation, { targetId, identifier: newDevice() })).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    }
    expect(await pushOf(ada)).toEqual([body]);
  });

  it('expire with the session they were made with, however it ends', async () => {
    const ada = await way.member();
    const expired = async () => (await pushOf(ada)).map((target) => (target as { expired?: boolean }).expired);
    await create(ada);
    const phone = await ada.elsewhere().signIn();
    await create(phone);
    expect(await expired()).toEqual([false, false]);
    await phone.must(session.deleteSession, { sessionId: 'current' });
    expect(await expired()).toEqual([false, true]);

    const tablet = await ada.elsewhere().signIn();
    await create(tablet);
    await ada.must(account.updatePassword, { password: 'another password', oldPassword: ada.password });
    expect(await expired()).toEqual([false, true, true]);

    const again = Object.assign(ada.elsewhere(), { password: 'another password' });
    await again.signIn();
    await again.must(session.deleteSessions);
    await Object.assign(ada, { password: 'another password' }).signIn();
    expect(await expired()).toEqual([true, true, true]);
  });

  it('expire when their session is pushed out, and live again with another', async () => {
    const ada = await way.member();
    const { body } = await create(ada);
    const others: Person[] = [];
    for (let made = 0; made < 10; made += 1) others.push(await ada.elsewhere().signIn());
    expect(await pushOf(others[9])).toEqual([{ ...body, expired: true }]);
    expect(await others[9].call(account.updatePushTarget, { targetId: body.$id, identifier: body.identifier })).toMatchObject({ status: 200, body: { expired: false } });
    await others[9].must(session.deleteSession, { sessionId: 'current' });
    expect(await pushOf(others[8])).toMatchObject([{ expired: true }]);
  });
});
