import { gzipSync } from 'node:zlib';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Person } from '../support/person';
import { send } from '../support/raw';
import { ERROR } from '../support/shapes';
import { everyWay } from '../support/ways';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const PATHS = ['/v1/account', '/v1/graphql'];

everyWay(
  'bodies',
  (way) => {
    const carrying = (person: Person) => ({ Cookie: `a_session_default=${person.cookies.get('a_session_default')}` });

    it.each(PATHS)('that are no JSON are refused by %s', async (path) => {
      for (const body of ['{', '{"a":}', "{'a':1}", 'email=a', '<xml/>', '{"a":1}}', '\u0000', 'undefined']) {
        expect(await send(way.app, path, { headers: JSON_TYPE, body })).toMatchObject({ status: 400, type: 'general_argument_invalid', body: ERROR });
      }
    });

    it.each(PATHS)('that are a scalar are refused by %s', async (path) => {
      for (const body of ['1', 'true', '"text"']) expect(await send(way.app, path, { headers: JSON_TYPE, body })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it.each(['', '[]', '{}', 'null', ' \n'])('of %j are no body', async (body) => {
      const { status, type, body: answer } = await send(way.app, '/v1/account', { headers: JSON_TYPE, body });
      expect([status, type, answer.message]).toEqual([400, 'general_argument_invalid', 'Param "userId" is not optional.']);
      const ada = await way.member();
      expect((await send(way.app, '/v1/account/jwts', { headers: { ...JSON_TYPE, ...carrying(ada) }, body })).status).toBe(201);
      expect((await send(way.app, '/v1/account/sessions/current', { method: 'DELETE', headers: { ...JSON_TYPE, ...carrying(ada) }, body })).status).toBe(204);
    });

    it('need not be there, nor be announced', async () => {
      const ada = await way.member();
      expect((await send(way.app, '/v1/account/jwts', { headers: carrying(ada) })).status).toBe(201);
      expect((await send(way.app, '/v1/account', { method: 'GET', headers: { ...JSON_TYPE, ...carrying(ada) } })).status).toBe(200);
    });

    it('that are a list are never taken for parameters', async () => {
      expect(await send(way.app, '/v1/account/sessions/email', { body: [{ email: 'a@example.com', password: 'good password' }] })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it.each(PATHS)('of another type than JSON are refused by %s, which no page’s form can send', async (path) => {
      const ada = await way.stranger().signUp();
      const body = JSON.stringify({ email: ada.email, password: ada.password, query: '{ __typename }' });
      for (const type of ['text/plain', 'text/plain; application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/octet-stream', 'text/json', 'application/jsonp']) {
        const answer = await send(way.app, path, { headers: { 'Content-Type': type }, body });
        expect([type, answer.status, answer.type]).toEqual([type, 415, 'general_content_type_unsupported']);
      }
    });

    it.each(['//v1/account/sessions/email', '/%761/account/sessions/email', '/v1/account/sessions/email/', '///v1//account/sessions', '//v1/graphql', '/v1//graphql/mutation', '/%76%31/graphql'])('that are a form are refused however the path is written: %s', async (path) => {
      const ada = await way.stranger().signUp();
      const form = new URLSearchParams({ email: ada.email, password: ada.password, query: '{ __typename }' }).toString();
      const answer = await send(way.app, path, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: form });
      expect(answer).toMatchObject({ status: 415, type: 'general_content_type_unsupported' });
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
    });

    it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json;charset=UTF-8'])('are JSON when they say %s', async (type) => {
      const ada = await way.stranger().signUp();
      const { status } = await send(way.app, '/v1/account/sessions/email', { headers: { 'Content-Type': type }, body: JSON.stringify({ email: ada.email, password: ada.password }) });
      expect(status).toBe(201);
    });

    it.each(PATHS)('of ten megabytes are refused by %s unread', async (path) => {
      const answer = await send(way.app, path, { headers: JSON_TYPE, body: `{"name":"${'a'.repeat(10_000_000)}"}` });
      expect(answer).toMatchObject({ status: 413, type: 'general_payload_too_large', body: ERROR });
      expect((await send(way.app, '/v1/ping', { method: 'GET' })).text).toBe('Pong!');
    });

    it('that are compressed are not unpacked', async () => {
      const bomb = gzipSync(Buffer.from(`{"name":"${'a'.repeat(50_000_000)}"}`));
      const { status } = await send(way.app, '/v1/account', { headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body: bomb });
      expect(status).toBe(400);
    });

    it('with a hundred thousand unknown keys are too large, and with ten thousand harmless', async () => {
      const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
      const ada = await way.member();
      expect((await send(way.app, '/v1/account/name', { method: 'PATCH', headers: carrying(ada), body: keys(100_000) })).status).toBe(413);
      expect((await send(way.app, '/v1/account/name', { method: 'PATCH', headers: carrying(ada), body: { ...keys(10_000), name: 'Ada King' } })).body.name).toBe('Ada King');
    });

    it('cannot reach what every object has', async () => {
      const ada = await way.member();
      for (const text of ['{"__proto__":{"name":"Eve"}}', '{"constructor":{"prototype":{"name":"Eve"}}}']) {
        const answer = await send(way.app, '/v1/account/name', { method: 'PATCH', headers: { ...JSON_TYPE, ...carrying(ada) }, body: text });
        expect(answer).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      }
      expect(({} as Record<string, unknown>).name).toBeUndefined();
    });
  },
  { transports: ['rest'], env: { RATE_LIMITS: 'off' } },
);

everyWay(
  'errors',
  (way) => {
    it.each([
      ['GET', '/v1/nothing'],
      ['POST', '/v1/account/consents'],
      ['GET', '/v1/account/sessions/a/b'],
      ['PUT', '/v1/account'],
      ['PATCH', '/v1/account/sessions/email/x'],
      ['GET', '/nothing'],
      ['DELETE', '/v1'],
      ['GET', '/v1/%'],
      ['GET', '/v1/account/%E0%A4%A'],
      ['GET', `/v1/account/sessions/${'a'.repeat(300)}`],
    ])('say of %s %s that there is no such route', async (method, path) => {
      const { status, body, headers } = await send(way.app, path, { method });
      expect([status, body]).toEqual([404, { ...ERROR, code: 404, type: 'general_route_not_found' }]);
      expect(headers.get('content-type')).toMatch(/^application\/json; charset=utf-8$/i);
    });

    it('carry one envelope, whoever refuses, with the id of their request', async () => {
      const refusals = [
        await send(way.app, '/v1/account', { method: 'GET' }),
        await send(way.app, '/v1/account', { method: 'GET', headers: { 'X-Appwrite-Project': 'nothing' } }),
        await send(way.app, '/v1/account', { body: '{', headers: JSON_TYPE }),
        await send(way.app, '/v1/account', { body: {} }),
        await send(way.app, '/v1/nothing'),
        await send(way.app, '/v1/account', { body: 'x', headers: { 'Content-Type': 'text/plain' } }),
        await send(way.app, '/v1/graphql', { body: {} }),
      ];
      expect(refusals.map(({ status }) => status)).toEqual([401, 404, 400, 400, 404, 415, 400]);
      for (const { status, body, headers } of refusals) {
        expect(body).toEqual({ ...ERROR, code: status });
        expect(body.requestId).toBe(headers.get('x-request-id'));
      }
      expect(new Set(refusals.map(({ body }) => body.requestId)).size).toBe(refusals.length);
    });

    it('say nothing of what is inside', async () => {
      const ada = way.stranger();
      const { body } = await ada.call(session.createEmailPasswordSession, { email: "'; DROP TABLE users; --", password: "' OR 1=1; --" });
      expect(JSON.stringify(body)).not.toMatch(/select|sqlite|mysql|typeorm|node_modules|\.ts\b|stack/i);
      expect((await (await way.member()).call(account.get)).status).toBe(200);
    });
  },
  { transports: ['rest'] },
);
