import fc from 'fast-check';
import type { Project } from '../../contract/project';
import { allowedRedirect, allowsOrigin } from './origins';

const OWN = 'accounts.example.com';
const project = (platforms: string[], schemes: string[] = []) => ({ id: 'Shop', platforms, schemes }) as unknown as Project;
const allowed = (platforms: string[], origin: string, schemes: string[] = []) => allowsOrigin(project(platforms, schemes), origin, OWN);

const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/).filter((text) => !text.startsWith('xn--'));
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }).map((number) => (number === undefined ? '' : `:${number}`));
const scheme = fc.constantFrom('http', 'https', 'chrome-extension', 'moz-extension', 'tauri');

describe('origins', () => {
  it.each([
    ['a host', ['ok.com'], 'https://ok.com', true],
    ['a host, whatever the port and scheme', ['ok.com'], 'http://ok.com:8080', true],
    ['a host in capitals', ['ok.com'], 'HTTPS://OK.COM', true],
    ['another host', ['ok.com'], 'https://no.com', false],
    ['a host that ends alike', ['ok.com'], 'https://notok.com', false],
    ['a host that begins alike', ['ok.com'], 'https://ok.com.no', false],
    ['a sub-domain that nobody listed', ['ok.com'], 'https://a.ok.com', false],
    ['any sub-domain', ['*.ok.com'], 'https://a.b.ok.com', true],
    ['the domain of sub-domains', ['*.ok.com'], 'https://ok.com', false],
    ['the bare dot of sub-domains', ['*.ok.com'], 'https://.ok.com', false],
    ['everything', ['*'], 'https://any.where', true],
    ['null to everybody', ['*'], 'null', false],
    ['the port that is named', ['ok.com:8080'], 'https://ok.com:8080', true],
    ['another port than is named', ['ok.com:8080'], 'https://ok.com', false],
    ['the default port that is named', ['ok.com:443'], 'https://ok.com', true],
    ['the scheme that is named', ['https://ok.com'], 'https://ok.com', true],
    ['another scheme than is named', ['https://ok.com'], 'http://ok.com', false],
    ['our own pages', [], `https://${OWN}`, true],
    ['loopback by number for localhost', ['localhost'], 'http://127.0.0.1:5173', true],
    ['loopback by number in IPv6 for localhost', ['localhost'], 'http://[::1]:5173', true],
    ['loopback by number without localhost', ['ok.com'], 'http://127.0.0.1', false],
    ['an IPv6 host', ['[2001:db8::1]'], 'http://[2001:db8::1]:3000', true],
    ['an extension by its id', ['abcdef'], 'chrome-extension://abcdef', true],
    ['the Expo scheme', [], 'exp://10.0.0.2:8081', true],
    ['the project’s callback scheme', [], 'appwrite-callback-shop://', true],
    ['another project’s callback scheme', [], 'appwrite-callback-other://', false],
    ['a registered scheme', [], 'myapp://open', true],
    ['a scheme that nobody registered', ['*'], 'otherapp://open', false],
    ['a script', ['*'], 'javascript://ok.com/%0aalert(1)', false],
  ])('%s', (_, platforms, origin, expected) => {
    expect(allowed(platforms, origin, ['MyApp'])).toBe(expected);
  });

  it('are allowed for a listed host with any port, path and web scheme', () => {
    fc.assert(fc.property(scheme, host, port, fc.webPath(), (protocol, name, number, path) => {
      expect(allowed([name], `${protocol}://${name}${number}${path.replace(/[^!-~]|["<>\\]/g, '')}`)).toBe(true);
    }));
  });

  it('are refused for a host that is neither listed nor below a listed wildcard', () => {
    fc.assert(fc.property(scheme, host, host, port, (protocol, listed, name, number) => {
      fc.pre(name !== listed && name !== OWN && !name.endsWith(`.${listed}`));
      expect(allowed([listed, `*.${listed}`], `${protocol}://${name}${number}`)).toBe(false);
    }));
  });

  it('lead, when they are allowed, to the host that every parser sees', () => {
    const piece = fc.oneof(fc.constantFrom('https:', 'http:', '//', '/', '\\', '@', ':', '#', '?', '.', 'ok.com', 'evil.com', '%2e', '%00', '%40', ' ', '\t', '\n', '。', '．', 'javascript:', 'data:', '[', ']', '127.0.0.1', 'localhost', 'xn--', '\u00ad'), fc.string({ maxLength: 3 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')), (text) => {
      const url = allowedRedirect(project(['ok.com']), text, OWN);
      if (!url || !/^https?:$/.test(url.protocol)) return;
      expect(['ok.com', OWN]).toContain(url.hostname);
      // What a naive reader takes for the host: everything between the slashes and the next of / ? #.
      expect(/^https?:\/\/([^/?#]+)/i.exec(text)?.[1].toLowerCase().replace(/:\d*$/, '')).toBe(url.hostname);
      expect([url.username, url.password]).toEqual(['', '']);
    }), { numRuns: 5_000 });
  });
});
