import fc from 'fast-check';
import type { FastifyRequest } from 'fastify';
import { TrustedProxies } from '../infra/addresses';
import type { ApiKey, Project } from '../contract/project';
import { RequestCaller } from './request-caller';

const project = { id: 'default' } as Project;
const key = { name: 'server', scopes: [] } as unknown as ApiKey;

interface Sent {
  headers?: Record<string, string | string[]>;
  query?: unknown;
  via?: 'guest' | 'key';
  proxies?: string[];
}

function caller({ headers = {}, query = {}, via = 'guest', proxies = [] }: Sent): RequestCaller {
  const request = { id: 'r', headers, query, socket: { remoteAddress: '203.0.113.7' } } as unknown as FastifyRequest;
  return new RequestCaller(request, new TrustedProxies(proxies), project, via, via === 'key' ? key : null, null, null);
}

describe('the caller of a request', () => {
  it.each<[string, Sent, string]>([
    ['English when he names none', {}, 'en'],
    ['what the header names', { headers: { 'x-appwrite-locale': 'de' } }, 'de'],
    ['lower-case', { headers: { 'x-appwrite-locale': 'pt-BR' } }, 'pt-br'],
    ['what the query names, before the header', { headers: { 'x-appwrite-locale': 'de' }, query: { locale: 'fr' } }, 'fr'],
    ['the header’s when the query names several', { headers: { 'x-appwrite-locale': 'de' }, query: { locale: ['fr', 'it'] } }, 'de'],
    ['English when he names a path', { headers: { 'x-appwrite-locale': '../../en' } }, 'en'],
    ['English when he names an object’s part', { headers: { 'x-appwrite-locale': '__proto__' } }, 'en'],
  ])('speaks %s', (_, sent, locale) => {
    expect(caller(sent).locale).toBe(locale);
  });

  it('speaks something that is safe in a file’s name, whatever he sends', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.constantFrom('en-us', 'zh-hant-tw', 'EN', 'a-b', 'en/us', 'en\n')), fc.jsonValue(), (text, query) => {
      for (const sent of [{ headers: { 'x-appwrite-locale': text } }, { query: { locale: text } }, { query: { locale: query } }, { query }]) {
        expect(caller(sent).locale).toMatch(/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/);
      }
    }));
  });

  it('has the address of his connection, whatever he writes in a header', () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (invented) => {
      expect(caller({ headers: { 'x-forwarded-for': invented } }).ip).toBe('203.0.113.7');
    }));
  });

  it('has the address that a trusted proxy or a server with a key names', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => {
      const headers = { 'x-forwarded-for': address };
      expect(caller({ headers, proxies: ['203.0.113.7'] }).ip).toBe(address);
      expect(caller({ headers, via: 'key' }).ip).toBe(address);
    }));
  });

  it('has a user agent of bounded length, which only a server with a key may set for another', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 2_000 }), (forwarded) => {
      const headers = { 'user-agent': 'own', 'x-forwarded-user-agent': forwarded };
      expect(caller({ headers }).userAgent).toBe('own');
      expect(caller({ headers, via: 'key' }).userAgent).toBe(forwarded.slice(0, 512));
    }));
  });
});
