import fc from 'fast-check';
import { tokenRequest } from './token-request';

const URL_OF = 'https://id.example/token';
const VALUES = { clientId: 'client one', clientSecret: 'p&ss=w:rd', tokenUrl: '' };
const GRANT = { grant_type: 'authorization_code', code: 'c/o+d e', redirect_uri: 'http://localhost/back?a=b' };
const form = (body?: string) => Object.fromEntries(new URLSearchParams(body));

it('is a form with the client among the parameters, unless the card says otherwise', () => {
  const { method, url, headers, body } = tokenRequest({ url: URL_OF }, VALUES, GRANT);
  expect({ method, url, headers }).toEqual({ method: 'POST', url: URL_OF, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
  expect(form(body)).toEqual({ ...GRANT, client_id: 'client one', client_secret: 'p&ss=w:rd' });
});

it('shows the client in a header, form-encoded, and the secret nowhere else', () => {
  const { headers, body, url } = tokenRequest({ url: URL_OF, credentials: 'basic' }, VALUES, GRANT);
  expect(headers!.Authorization).toBe(`Basic ${Buffer.from('client%20one:p%26ss%3Dw%3Ard').toString('base64')}`);
  expect(form(body)).toEqual(GRANT);
  expect(url).toBe(URL_OF);
});

it('shows the client’s id alone where PKCE stands for a secret', () => {
  const { headers, body } = tokenRequest({ url: URL_OF, credentials: 'none' }, VALUES, GRANT);
  expect(form(body)).toEqual({ ...GRANT, client_id: 'client one' });
  expect(JSON.stringify(headers)).not.toContain('Basic');
});

it('is JSON where the card says so', () => {
  const { headers, body } = tokenRequest({ url: URL_OF, send: 'json', credentials: 'basic', headers: { 'Api-Version': '1' } }, VALUES, GRANT);
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Api-Version': '1' });
  expect(JSON.parse(body!)).toEqual(GRANT);
});

it('goes by the query where the card says so, beside what stands there', () => {
  const { method, url, body } = tokenRequest({ url: `${URL_OF}?v=2`, method: 'GET', send: 'query', omit: ['grant_type'] }, VALUES, GRANT);
  expect([method, body]).toEqual(['GET', undefined]);
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ v: '2', code: GRANT.code, redirect_uri: GRANT.redirect_uri, client_id: 'client one', client_secret: 'p&ss=w:rd' });
});

it('fills what the card leaves open, and goes where the operator says', () => {
  const call = { url: 'https://{domain}/token', params: { audience: 'https://{domain}/' }, headers: { 'Client-Id': '{clientId}' } };
  const filled = tokenRequest(call, { ...VALUES, domain: 'id.example' }, GRANT);
  expect([filled.url, form(filled.body).audience, filled.headers!['Client-Id']]).toEqual(['https://id.example/token', 'https://id.example/', 'client one']);
  expect(tokenRequest(call, { ...VALUES, domain: 'id.example', tokenUrl: 'http://localhost:9/t' }, GRANT).url).toBe('http://localhost:9/t');
});

it('leaves out what the provider does not take', () => {
  expect(form(tokenRequest({ url: URL_OF, omit: ['grant_type', 'redirect_uri'] }, VALUES, GRANT).body)).toEqual({ code: GRANT.code, client_id: 'client one', client_secret: 'p&ss=w:rd' });
});

it('carries any code and any secret unharmed, in each of the ways', () => {
  const readers = {
    form: (body: string | undefined) => form(body),
    json: (body: string | undefined) => JSON.parse(body!) as Record<string, string>,
    query: (_: string | undefined, url: string) => Object.fromEntries(new URL(url).searchParams),
  };
  fc.assert(
    fc.property(fc.constantFrom('form', 'json', 'query' as const), fc.string(), fc.string(), (send, code, clientSecret) => {
      const { url, body } = tokenRequest({ url: URL_OF, send: send }, { ...VALUES, clientSecret }, { code });
      expect(readers[send](body, url)).toEqual({ code, client_id: 'client one', client_secret: clientSecret });
    }),
  );
});
