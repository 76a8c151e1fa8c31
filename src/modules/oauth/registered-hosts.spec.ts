import { hostsOf } from './registered-hosts';

const hosts = (values: Record<string, string>) => [...hostsOf(values)].sort();

it('are those of addresses and domains, ports included', () => {
  expect(hosts({ clientId: 'a', domain: 'ID.example:8443', tokenUrl: 'https://Token.example/x', wellKnownEndpoint: 'http://10.0.0.5:9000/.well-known/openid-configuration' })).toEqual(['10.0.0.5:9000', 'id.example:8443', 'token.example']);
});

it('name the usual port as URLs do: not at all', () => {
  expect(hosts({ tokenUrl: 'https://token.example:443/', userUrl: 'http://user.example:80/' })).toEqual(['token.example', 'user.example']);
});

it('are nothing else: no client, no secret, no empty field, no other scheme', () => {
  expect(hosts({ clientId: 'client.example', clientSecret: 'secret', realm: 'shop', tokenUrl: '', issuer: 'accounts.example', userUrl: 'ftp://user.example/', jwksUrl: 'https://' })).toEqual([]);
});
