import { Geo } from './geo';

describe('geo', () => {
  const geo = new Geo();
  const unknown = { code: '--', name: 'Unknown' };

  it.each([
    ['8.8.8.8', 'us'],
    ['91.198.174.192', 'nl'],
    ['2001:4860:4860::8888', 'us'],
    ['::ffff:91.198.174.192', 'nl'],
    ['::ffff:5bc6:aec0', 'nl'],
  ])('knows the country of %s', (ip, code) => expect(geo.country(ip, 'en').code).toBe(code));

  it.each([
    ['en', 'United States'],
    ['fr', 'États-Unis'],
    ['de', 'Vereinigte Staaten'],
    ['pt-br', 'Estados Unidos'],
    ['zh-tw', '美國'],
    ['tlh', 'United States'], // well-formed, but of nobody
    ['en_US', 'United States'],
    ['', 'United States'],
    ['../../etc', 'United States'],
  ])('names it for the locale "%s"', (locale, name) => expect(geo.country('8.8.8.8', locale)).toEqual({ code: 'us', name }));

  it.each([
    '10.0.0.1', '127.0.0.1', '192.168.1.1', '172.16.0.1', '169.254.1.1', '100.64.0.1', '203.0.113.7', '0.0.0.0', '255.255.255.255',
    '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fd00::1', '2001:db8::1', '::ffff:192.168.1.1',
    '', 'nonsense', '8.8.8', '8.8.8.8.8', '8.8.8.8:80', '[::1]', '08.8.8.8', '999.1.1.1', ':::', '2001:4860', '8.8.8.8\u0000',
  ])('does not know %s', (ip) => expect(geo.country(ip, 'fr')).toEqual(unknown));
});
