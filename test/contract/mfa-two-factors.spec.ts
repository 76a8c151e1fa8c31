import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import type { Person } from '../support/person';
import { answer, asked, enrol, type FactorName, GATED, prove, recoveryCodes, secure, switchOn, tries, verifyEmail, verifyPhone } from '../support/second-factors';
import { everyWay } from '../support/ways';

everyWay('two factors', (way) => {
  const opened = async (person: Person) => (await person.call(account.get)).status === 200;
  const factors = async (person: Person) => (await person.must(session.getSession, { sessionId: 'current' })).body.factors as string[];
  /** Answers a challenge with the code that is sent. */
  const bySent = async (person: Person, factor: FactorName, messages: number) => {
    const challengeId = await asked(person, factor);
    return answer(person, challengeId, await way.app.inbox.code(factor === 'email' ? person.email : person.phone, messages));
  };

  const SAME = [
    {
      way: 'a magic link and a code by e-mail',
      factor: 'email' as const,
      hold: verifyEmail,
      enter: async (device: Person) => {
        const { userId } = (await device.must(token.createMagicURLToken, { userId: 'unique()', email: device.email })).body;
        await device.must(session.updateMagicURLSession, { userId, secret: (await way.app.inbox.link(device.email, 2)).secret });
      },
    },
    {
      way: 'a code by e-mail and another',
      factor: 'email' as const,
      hold: verifyEmail,
      enter: async (device: Person) => {
        const { userId } = (await device.must(token.createEmailToken, { userId: 'unique()', email: device.email })).body;
        await device.must(session.createSession, { userId, secret: await way.app.inbox.code(device.email, 2) });
      },
    },
    {
      way: 'a code by SMS and another',
      factor: 'phone' as const,
      hold: verifyPhone,
      enter: async (device: Person) => {
        const { userId } = (await device.must(token.createPhoneToken, { userId: 'unique()', phone: device.phone })).body;
        await device.must(session.updatePhoneSession, { userId, secret: await way.app.inbox.code(device.phone, 2) });
      },
    },
  ];

  it.each(SAME)('are not $way', async ({ factor, hold, enter }) => {
    const ada = await way.member();
    await hold(ada);
    const app = await secure(ada);
    const device = ada.elsewhere();
    await enter(device);
    for (const messages of [3, 4]) {
      const { status, body } = await bySent(device, factor, messages);
      expect([status, body.factors]).toEqual([200, [factor]]);
      expect(await device.call(account.get)).toMatchObject(GATED);
    }
    await prove(device, app);
    expect(await opened(device)).toBe(true);
    expect(await factors(device)).toEqual([factor, 'totp']);
  });

  it.each(SAME)('are not asked for after the first of $way, where there is no other', async ({ hold, enter }) => {
    const ada = await way.member();
    await hold(ada);
    await switchOn(ada);
    const device = ada.elsewhere();
    await enter(device);
    expect(await opened(device)).toBe(true);
  });

  it('are any two that differ', async () => {
    const ada = await way.member();
    await verifyEmail(ada);
    await verifyPhone(ada);
    const app = await secure(ada);
    const [paper] = await recoveryCodes(ada);
    const ways: Record<string, (person: Person) => Promise<{ status: number }>> = {
      totp: (person) => tries(person, 'totp', app.next()),
      email: (person) => bySent(person, 'email', 2),
      phone: (person) => bySent(person, 'phone', 2),
      recoveryCode: (person) => tries(person, 'recoveryCode', paper),
    };
    for (const [factor, show] of Object.entries(ways)) {
      const device = await ada.elsewhere().signIn();
      expect(await device.call(account.get)).toMatchObject(GATED);
      expect([factor, (await show(device)).status]).toEqual([factor, 200]);
      expect([await opened(device), await factors(device)]).toEqual([true, ['password', factor]]);
    }
  });

  it('do not begin with a session of nobody in particular', async () => {
    const device = way.stranger();
    const { body } = await device.must(session.createAnonymousSession);
    await device.must(account.updateEmail, { email: device.email, password: device.password });
    const ada = await Object.assign(device.elsewhere(), { userId: body.userId as string }).signIn();
    await verifyEmail(ada);
    const app = await secure(ada);
    const codes = await recoveryCodes(ada);
    expect(await device.call(account.get)).toMatchObject(GATED);
    for (const code of codes.slice(0, 2)) {
      expect((await tries(device, 'recoveryCode', code)).body.factors).toEqual(['anonymous', 'recoveryCode']);
      expect(await device.call(account.get)).toMatchObject(GATED);
    }
    const other = way.stranger();
    Object.assign(other, { cookies: device.cookies });
    await prove(other, app);
    expect(await opened(device)).toBe(true);
    expect(await factors(device)).toEqual(['anonymous', 'recoveryCode', 'totp']);
  });

  it('with an authenticator alone, after a session of nobody in particular, are all there is to show', async () => {
    const device = way.stranger();
    await device.must(session.createAnonymousSession);
    await device.must(account.updateEmail, { email: device.email, password: device.password });
    const ada = await device.elsewhere().signIn();
    const app = await secure(ada);
    expect(await device.call(account.get)).toMatchObject(GATED);
    await prove(device, app);
    expect(await opened(device)).toBe(true);
    await verifyEmail(ada);
    // What is held since then has yet to be shown.
    expect(await device.call(account.get)).toMatchObject(GATED);
    expect((await bySent(device, 'email', 2)).status).toBe(200);
    expect(await opened(device)).toBe(true);
  });

  it('shown by one session say nothing for another', async () => {
    const ada = await way.member();
    const app = await secure(ada);
    const [first, second] = [await ada.elsewhere().signIn(), await ada.elsewhere().signIn()];
    await prove(first, app);
    expect([await opened(first), await opened(second)]).toEqual([true, false]);
    const { body } = await first.must(session.listSessions);
    const others = (body.sessions as Record<string, any>[]).filter(({ current }) => !current);
    expect(others.map((each) => [each.factors, each.mfaUpdatedAt])).toEqual([[['password', 'totp'], ''], [['password'], '']]);
    expect(await opened(await ada.elsewhere().signIn())).toBe(false);
    await prove(second, app);
    expect(await opened(second)).toBe(true);
  });

  it('are not needed to leave, and needed to turn others out', async () => {
    const ada = await way.member();
    await enrol(ada);
    await switchOn(ada);
    const device = await ada.elsewhere().signIn();
    const third = await ada.elsewhere().signIn();
    const ids = ((await ada.must(session.listSessions)).body.sessions as Record<string, any>[]).map(({ $id, current }) => ({ $id: $id as string, current: current as boolean }));
    expect(ids).toHaveLength(3);
    const mine = ids.find(({ current }) => current)!.$id;
    for (const sessionId of [mine, 'nothing']) expect(await device.call(session.deleteSession, { sessionId })).toMatchObject(GATED);
    expect(await device.call(session.deleteSessions)).toMatchObject(GATED);
    expect((await ada.must(session.listSessions)).body.total).toBe(3);

    expect((await device.call(session.deleteSession, { sessionId: 'current' })).status).toBe(204);
    expect(device.cookies.size).toBe(0);
    // By its own id as well.
    const { userId } = third;
    const own = (await ada.must(session.listSessions)).body.sessions.at(-1).$id as string;
    expect([userId, (await third.call(session.deleteSession, { sessionId: own })).status]).toEqual([ada.userId, 204]);
    expect((await ada.must(session.listSessions)).body.total).toBe(1);
  });
});
