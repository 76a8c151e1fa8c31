import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { clientAddress, limitKey, parseAddress, TrustedProxies } from './addresses';

const nobody = new TrustedProxies([]);
const ours = new TrustedProxies(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']);

describe('client address', () => {
  it.each([
    ['the peer, when nobody is trusted', '203.0.113.7', '198.51.100.1', nobody, '203.0.113.7'],
    ['the peer, when it is not trusted', '203.0.113.7', '198.51.100.1', ours, '203.0.113.7'],
    ['the peer, when it forwards for nobody', '127.0.0.1', undefined, ours, '127.0.0.1'],
    ['the peer, when the header is empty', '127.0.0.1', '', ours, '127.0.0.1'],
    ['the peer folded to IPv4', '::ffff:127.0.0.1', undefined, nobody, '127.0.0.1'],
    ['the only hop', '127.0.0.1', '198.51.100.1', ours, '198.51.100.1'],
    ['the hop, when the trusted peer is mapped', '::ffff:127.0.0.1', '198.51.100.1', ours, '198.51.100.1'],
    ['the right-most hop, not what the client sent', '127.0.0.1', '1.1.1.1, 2.2.2.2, 198.51.100.1', ours, '198.51.100.1'],
    ['the hop before our proxies', '127.0.0.1', '1.1.1.1,198.51.100.1,10.1.2.3 , 10.9.9.9', ours, '198.51.100.1'],
    ['the left-most of ours, when all are', '127.0.0.1', '10.0.0.1, 10.0.0.2', ours, '10.0.0.1'],
    ['the last good hop before a malformed one', '127.0.0.1', '198.51.100.1, unknown, 10.0.0.2', ours, '10.0.0.2'],
    ['the peer, when the last hop is malformed', '127.0.0.1', '198.51.100.1, _hidden', ours, '127.0.0.1'],
    ['the peer, when the last hop is empty', '127.0.0.1', '198.51.100.1,', ours, '127.0.0.1'],
    ['the last good hop before an empty one', '127.0.0.1', ',10.0.0.1', ours, '10.0.0.1'],
    ['a hop without its port', '127.0.0.1', '198.51.100.1:5678', ours, '198.51.100.1'],
    ['an IPv6 hop', '::1', '2001:DB8:0::1', ours, '2001:db8::1'],
    ['an IPv6 hop without brackets and port', '::1', '[2001:db8::1]:443', ours, '2001:db8::1'],
    ['an IPv6 hop without brackets', '::1', '[2001:db8::1]', ours, '2001:db8::1'],
    ['a mapped hop as IPv4', '::1', '::ffff:198.51.100.1', ours, '198.51.100.1'],
    ['a mapped hop in hexadecimal as IPv4', '::1', '[::ffff:c633:6401]:80', ours, '198.51.100.1'],
    ['a link-local peer as it is', 'fe80::1%eth0', '198.51.100.1', ours, 'fe80::1%eth0'],
    ['nothing, when a socket has gone', '', '198.51.100.1', ours, ''],
  ])('is %s', (_, peer, header, trusted, expected) => {
    expect(clientAddress(peer, header, trusted)).toBe(expected);
  });

  // Read as octal or padded by others: https://nvd.nist.gov/vuln/detail/CVE-2021-28918
  it.each(['010.0.0.1', '0x0a.0.0.1', '10.1', '167772161', '10.0.0.1 10.0.0.2', '10.0.0.1:', '10.0.0.1:99999999', '[10.0.0.1', '::1]', '1.2.3.4/8'])(
    'refuses the hop %s',
    (hop) => expect(clientAddress('127.0.0.1', `198.51.100.1, ${hop}`, ours)).toBe('127.0.0.1'),
  );

  it('does not read the header when nobody is trusted', () => {
    const header = new Proxy(new String('1.1.1.1'), { get: () => { throw new Error('read'); } }) as unknown as string;
    expect(clientAddress('203.0.113.7', header, nobody)).toBe('203.0.113.7');
  });

  const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4().map((ip) => `::ffff:${ip}`), fc.constantFrom('10.0.0.1', '10.2.0.1', '::1', '127.0.0.1'));
  const hop = fc.oneof({ weight: 4, arbitrary: address }, address.map((ip) => (ip.includes(':') ? `[${ip}]:80` : `${ip}:80`)), fc.string(), fc.constantFrom('', 'unknown', '[', ']', '%', ':'));
  const header = fc.oneof(fc.string({ unit: 'binary' }), fc.array(hop).map((hops) => hops.join(',')), fc.array(hop).map((hops) => hops.join(' , ')));
  const same = (text: string) => (parseAddress(text) ? ipaddr.process(text.replace(/%.*/, '')).toString() : text);

  it('never throws, and is the peer or an address in the header', () => {
    fc.assert(
      fc.property(fc.oneof(address, fc.string()), header, (peer, forwardedFor) => {
        const client = clientAddress(peer, forwardedFor, ours);
        const named = forwardedFor.split(',').map((part) => part.trim().replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1'));
        expect([peer, ...named].map(same)).toContain(same(client));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is beyond the reach of whoever writes the left of the header', () => {
    fc.assert(
      fc.property(header, fc.ipV4().filter((ip) => !ours.includes(ip)), (invented, client) => {
        expect(clientAddress('127.0.0.1', `${invented}, ${client}, 10.0.0.1`, ours)).toBe(client);
      }),
    );
  });
});

describe('trusted proxies', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.1.2.3/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
    ['::ffff:10.0.0.0/104', '10.9.9.9', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['2001:db8::/32', '2001:DB8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['10.0.0.0/8', 'nonsense', false],
    ['10.0.0.0/8', '', false],
  ])('%s and %s: %s', (range, address, expected) => {
    expect(new TrustedProxies([range]).includes(address)).toBe(expected);
  });

  it.each(['', 'proxy.internal', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '10.0.0.0/8x', '::/129', '::ffff:10.0.0.0/8', '010.0.0.1', ' 10.0.0.1'])(
    'refuses "%s" by name',
    (entry) => expect(() => new TrustedProxies(['127.0.0.1', entry])).toThrow(`"${entry}"`),
  );
});

describe('limit key', () => {
  it.each([
    ['198.51.100.1', '198.51.100.1'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['::FFFF:c633:6401', '198.51.100.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::'],
    ['2001:db8:1:3::9', '2001:db8:1:3::'],
    ['fe80::1%eth0', 'fe80::'],
    ['', ''],
    ['nonsense', 'nonsense'],
    ['a:b', 'a:b'],
  ])('of %s is %s', (address, key) => expect(limitKey(address)).toBe(key));

  it('is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4().map((ip) => `::ffff:${ip}`), fc.string()), (address) => {
        expect(limitKey(limitKey(address))).toBe(limitKey(address));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one for a whole /64', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
    const half = fc.array(group, { minLength: 4, maxLength: 4 }).map((groups) => groups.join(':'));
    fc.assert(
      fc.property(half.filter((text) => !/^(0:){3}0$/.test(text)), half, half, (network, one, other) => {
        expect(limitKey(`${network}:${one}`)).toBe(limitKey(`${network}:${other}`));
      }),
    );
  });
});
