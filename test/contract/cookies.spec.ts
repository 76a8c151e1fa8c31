import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Person, SendHeaders } from '../support/person';
import { cookiesOf } from '../support/raw';
import { everyWay, type Way } from '../support/ways';

const NAME = 'a_session_default';
const projects = [
  { id: 'default', platforms: ['localhost', 'app.example.com', 'www.elsewhere.org'] },
  { id: 'Family', platforms: ['localhost'], cookieDomain: 'example.com' },
];

const login = (person: Person, headers: SendHeaders = {}) => person.must(session.createEmailPasswordSession, { email: person.email, password: person.password }, headers);
const logout = (person: Person, headers: SendHeaders = {}) => person.must(session.deleteSession, { sessionId: 'current' }, headers);

function sameEverywhere(way: Way, attributes: Record<string, unknown>, sameSite: string) {
  const expected = (expires: unknown) => ({
    [`${NAME}_legacy`]: { value: expect.any(String) as unknown, attributes: { ...attributes, expires } },
    [NAME]: { value: expect.any(String) as unknown, attributes: { ...attributes, expires, samesite: sameSite } },
  });

  it('are two at login, alike but for SameSite, and live as long as the session', async () => {
    const ada = await way.stranger().signUp();
    const { body, headers } = await login(ada);
    const cookies = cookiesOf(headers);
    expect(cookies).toEqual(expected(new Date(Math.floor(Date.parse(body.expire) / 1_000) * 1_000).toUTCString()));
    expect(cookies[NAME].value).toBe(cookies[`${NAME}_legacy`].value);
    const { id, secret } = JSON.parse(Buffer.from(decodeURIComponent(cookies[NAME].value), 'base64').toString()) as Record<string, string>;
    expect([id, secret]).toEqual([ada.userId, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it.each([['the session in use', session.deleteSession, { sessionId: 'current' }], ['all sessions', session.deleteSessions, {}]])('are deleted with the same attributes when %s ends', async (_, operation, input) => {
    const ada = await way.member();
    const cookies = cookiesOf((await ada.must(operation, input)).headers);
    expect(cookies).toEqual(expected('Thu, 01 Jan 1970 00:00:00 GMT'));
    expect([cookies[NAME].value, cookies[`${NAME}_legacy`].value]).toEqual(['deleted', 'deleted']);
  });
}

everyWay(
  'cookies on http',
  (way) => {
    sameEverywhere(way, { path: '/', httponly: true }, 'Lax');

    it('carry the domain that the project names, and the project’s id in lower case', async () => {
      const ada = await way.stranger({ 'X-Appwrite-Project': 'Family' }).signUp();
      const { headers } = await login(ada);
      const { a_session_family: cookie, a_session_family_legacy: legacy } = cookiesOf(headers);
      expect([cookie.attributes.domain, legacy.attributes.domain]).toEqual(['example.com', 'example.com']);
      expect((await ada.call(account.get)).body.$id).toBe(ada.userId);
      expect(cookiesOf((await logout(ada)).headers).a_session_family.attributes.domain).toBe('example.com');
    });

    it('are set by nothing but signing in and out', async () => {
      const ada = way.stranger();
      const created = await ada.must(account.create, { userId: 'unique()', email: ada.email, password: ada.password });
      const failed = await ada.call(session.createEmailPasswordSession, { email: ada.email, password: 'wrong password' });
      await ada.signIn();
      const read = await ada.must(account.get);
      const minted = await ada.must(account.createJWT);
      for (const { headers } of [created, failed, read, minted]) expect([headers.getSetCookie(), headers.get('x-fallback-cookies')]).toEqual([[], null]);
    });

    it('have no understudy for a page of the same host, whatever its port', async () => {
      const ada = await way.stranger().signUp();
      expect((await login(ada, { Origin: 'http://localhost:5173' })).headers.get('x-fallback-cookies')).toBeNull();
    });
  },
  { projects: { projects } },
);

everyWay(
  'cookies on https',
  (way) => {
    sameEverywhere(way, { path: '/', httponly: true, secure: true }, 'None');

    const fallback = async (headers: SendHeaders) => {
      const ada = await way.stranger().signUp();
      const entered = await login(ada, headers);
      const left = await logout(ada, headers);
      const value = entered.headers.get('x-fallback-cookies');
      const cookie = decodeURIComponent(cookiesOf(entered.headers)[NAME].value);
      return { value, same: value === JSON.stringify({ [NAME]: cookie }), afterwards: left.headers.get('x-fallback-cookies') };
    };

    it('have an understudy in a header for an allowed page of another site', async () => {
      expect(await fallback({ Origin: 'https://www.elsewhere.org' })).toMatchObject({ same: true, afterwards: '[]' });
      expect(await fallback({ Origin: 'http://localhost:5173' })).toMatchObject({ same: true, afterwards: '[]' });
    });

    it('have an understudy for a page of the same site only with a dev key', async () => {
      expect(await fallback({ Origin: 'https://app.example.com' })).toMatchObject({ value: null, afterwards: null });
      expect(await fallback({ Origin: 'https://app.example.com', 'X-Appwrite-Dev-Key': 'any' })).toMatchObject({ same: true, afterwards: '[]' });
    });

    it('have no understudy for those who are no page', async () => {
      expect(await fallback({})).toMatchObject({ value: null, afterwards: null });
      expect(await fallback({ 'X-Appwrite-Dev-Key': 'any' })).toMatchObject({ value: null, afterwards: null });
      expect(await fallback({ Referer: 'https://www.elsewhere.org/' })).toMatchObject({ value: null, afterwards: null });
    });
  },
  { projects: { projects }, env: { PUBLIC_URL: 'https://accounts.example.com' } },
);
