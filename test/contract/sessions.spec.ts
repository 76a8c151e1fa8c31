import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as op } from '../../src/modules/sessions';
import { Person } from '../support/person';
import { cookiesOf } from '../support/raw';
import { SESSION } from '../support/shapes';
import { everyWay } from '../support/ways';

const YEAR = 31_536_000;
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';

everyWay('sessions', (way) => {
  const ids = async (person: Person) => ((await person.call(op.listSessions)).body.sessions as { $id: string }[]).map(({ $id }) => $id);
  const isGuest = async (person: Person) => (await person.call(account.get)).type === 'general_unauthorized_scope';

  it('are opened with e-mail and password', async () => {
    const ada = await way.stranger().signUp();
    const { status, body } = await ada.call(op.createEmailPasswordSession, { email: ada.email, password: ada.password }, { 'User-Agent': CHROME });
    expect(status).toBe(201);
    expect(body).toEqual({ ...SESSION, userId: ada.userId, providerUid: ada.email, current: true });
    expect(body).toMatchObject({ ip: ada.headers['X-Forwarded-For'], osCode: 'LIN', clientName: 'Chrome', clientType: 'browser', countryCode: '--', countryName: 'Unknown' });
    expect(Date.parse(body.expire) - Date.parse(body.$createdAt)).toBe(YEAR * 1_000);
    expect((await ada.call(account.get)).body.$id).toBe(ada.userId);
  });

  it('are refused for a wrong password and for an unknown address alike', async () => {
    const ada = await way.stranger().signUp();
    const refusal = async (email: string) => {
      const { status, type, body, headers } = await way.stranger().call(op.createEmailPasswordSession, { email, password: 'not the password' });
      const names = [...headers.keys()].filter((name) => name !== 'date');
      return { status, type, names, body: { ...body, requestId: '' } };
    };
    const wrong = await refusal(ada.email);
    expect(wrong).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    expect(await refusal(way.stranger().email)).toEqual(wrong);
  });

  it('are opened by whoever is out, not by whoever is in', async () => {
    const ada = await way.member();
    const again = { status: 401, type: 'user_session_already_exists' };
    expect(await ada.call(op.createEmailPasswordSession, { email: ada.email, password: ada.password })).toMatchObject(again);
    const { jwt } = (await ada.must(account.createJWT)).body;
    expect(await ada.elsewhere().call(op.createEmailPasswordSession, { email: ada.email, password: ada.password }, { 'X-Appwrite-JWT': jwt })).toMatchObject(again);
    expect(await ids(ada)).toHaveLength(1);
  });

  it('are listed oldest first, the one in use marked', async () => {
    const ada = await way.member();
    const later = [];
    for (let device = 0; device < 3; device += 1) {
      way.app.clock.turn(1);
      later.push(await ada.elsewhere().signIn());
    }
    const { status, body } = await later[1].call(op.listSessions);
    expect([status, body.total]).toEqual([200, 4]);
    expect(body.sessions).toEqual([false, false, true, false].map((current) => ({ ...SESSION, userId: ada.userId, providerUid: ada.email, current })));
    const times = (body.sessions as { $createdAt: string }[]).map(({ $createdAt }) => $createdAt);
    expect(times).toEqual([...times].sort());
    expect((await later[1].call(op.getSession, { sessionId: 'current' })).body).toEqual(body.sessions[2]);
    expect((await ada.call(op.getSession, { sessionId: body.sessions[2].$id })).body).toEqual({ ...body.sessions[2], current: false });
  });

  it('are ten at most: the eleventh ends the oldest, whichever was used last', async () => {
    const ada = await way.member();
    const others = [];
    for (let device = 1; device < 10; device += 1) others.push(await ada.elsewhere().signIn());
    const ten = await ids(ada);
    expect(ten).toHaveLength(10);
    const eleventh = await ada.elsewhere().signIn();
    expect(await isGuest(ada)).toBe(true);
    const now = await ids(eleventh);
    expect(now.slice(0, 9)).toEqual(ten.slice(1));
    expect(now).toHaveLength(10);
    expect(await isGuest(others[0])).toBe(false);
  });

  it('are ten at most when twelve are opened at the same time', async () => {
    const ada = await way.stranger().signUp();
    const devices = Array.from({ length: 12 }, () => ada.elsewhere());
    await Promise.all(devices.slice(0, 6).map((device) => device.signIn()));
    await Promise.all(devices.slice(6).map((device) => device.signIn()));
    const live = (await Promise.all(devices.map(isGuest))).filter((guest) => !guest);
    expect(live).toHaveLength(10);
    way.app.clock.turn(1);
    expect(await ids(await ada.elsewhere().signIn())).toHaveLength(10);
  });

  it('end by the clock, a year after they began', async () => {
    const ada = await way.member();
    way.app.clock.turn(YEAR - 60);
    expect(await isGuest(ada)).toBe(false);
    way.app.clock.turn(61);
    const { status, type, body } = await ada.call(account.get);
    expect([status, type]).toEqual([401, 'general_unauthorized_scope']);
    expect(body.message).toContain('expired');
  });

  it('end one by one, and each is dead at once', async () => {
    const ada = await way.member();
    const phone = await ada.elsewhere().signIn();
    const [first] = await ids(ada);
    const { status, headers } = await phone.call(op.deleteSession, { sessionId: first });
    expect(status).toBe(204);
    expect(headers.getSetCookie()).toEqual([]);
    expect([await isGuest(ada), await isGuest(phone)]).toEqual([true, false]);

    const before = new Map(phone.cookies);
    expect((await phone.call(op.deleteSession, { sessionId: 'current' })).status).toBe(204);
    expect(phone.cookies.size).toBe(0);
    before.forEach((value, name) => phone.cookies.set(name, value));
    expect(await isGuest(phone)).toBe(true);
  });

  it('end all together', async () => {
    const ada = await way.member();
    const phone = await ada.elsewhere().signIn();
    const { status, headers } = await phone.call(op.deleteSessions);
    expect(status).toBe(204);
    expect(cookiesOf(headers).a_session_default.value).toBe('deleted');
    expect([await isGuest(ada), await isGuest(phone)]).toEqual([true, true]);
    expect(await ids(await ada.elsewhere().signIn())).toHaveLength(1);
  });

  it('of somebody else are not there, and stay', async () => {
    const [ada, eve] = [await way.member(), await way.member()];
    const [id] = await ids(ada);
    for (const operation of [op.getSession, op.deleteSession]) {
      const others = await eve.call(operation, { sessionId: id });
      const nobodys = await eve.call(operation, { sessionId: 'nothing' });
      expect(others).toMatchObject({ status: 404, type: 'user_session_not_found' });
      expect({ ...others.body, requestId: '' }).toEqual({ ...nobodys.body, requestId: '' });
    }
    await eve.must(op.deleteSessions);
    expect(await isGuest(ada)).toBe(false);
  });

  it('are not shown to guests nor ended by them', async () => {
    const ada = await way.member();
    const [id] = await ids(ada);
    for (const operation of [op.listSessions, op.getSession, op.deleteSession, op.deleteSessions]) {
      expect(await way.stranger().call(operation, { sessionId: id })).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    }
    expect(await isGuest(ada)).toBe(false);
  });

  it('are never the value that a browser brought along', async () => {
    const ada = await way.stranger().signUp();
    const planted = Buffer.from(JSON.stringify({ id: ada.userId, secret: 'a'.repeat(64) })).toString('base64');
    ada.cookies.set('a_session_default', planted).set('a_session_default_legacy', planted);
    await ada.signIn();
    expect(ada.cookies.get('a_session_default')).not.toBe(planted);
    expect(ada.cookies.get('a_session_default_legacy')).toBe(ada.cookies.get('a_session_default'));
    const eve = way.stranger({ 'X-Appwrite-Session': planted });
    expect(await isGuest(eve)).toBe(true);
    expect(await isGuest(ada)).toBe(false);
  });

  it('name the country of their address in the caller’s language, and in English when that is none', async () => {
    const ada = await way.stranger({ 'X-Forwarded-For': '8.8.8.8' }).signUp();
    await ada.signIn();
    const named = async (locale: string) => (await ada.must(op.getSession, { sessionId: 'current' }, { 'X-Appwrite-Locale': locale })).body;
    expect(await named('en')).toMatchObject({ ip: '8.8.8.8', countryCode: 'us', countryName: 'United States' });
    expect((await named('de')).countryName).toBe('Vereinigte Staaten');
    for (const locale of ['', 'nonsense-of-a-locale', '../../etc', 'x', '{{7*7}}', 'zz']) expect([locale, (await named(locale)).countryName]).toEqual([locale, 'United States']);
  });

  it('of two logins share no secret', async () => {
    const ada = await way.member();
    const phone = await ada.elsewhere().signIn();
    expect(phone.cookies.get('a_session_default')).not.toBe(ada.cookies.get('a_session_default'));
  });
});
