import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProjects } from '../../config/projects';
import { cardOf, fieldsOf, readRegistration } from './registration';

const CLIENT = { clientId: 'id of ours', clientSecret: 'hunter2 of ours' };
const NO_OVERRIDES = { authorizeUrl: '', tokenUrl: '', userUrl: '', jwksUrl: '', issuer: '' };

const faultsOf = (name: string, entry: Record<string, unknown>) => readRegistration(name, entry).faults;
const fieldsAtFault = (name: string, entry: Record<string, unknown>) => faultsOf(name, entry).map(({ field }) => field);

describe('a registration', () => {
  it('needs the client’s id and secret, and is on', () => {
    expect(readRegistration('discord', CLIENT)).toEqual({ registration: { title: '', enabled: true, values: { ...CLIENT, ...NO_OVERRIDES } }, faults: [] });
  });

  it('takes the card’s defaults where the operator says nothing, or nothing but blanks between quotes', () => {
    for (const tenant of [undefined, '']) expect(readRegistration('microsoft', { ...CLIENT, ...(tenant !== undefined && { tenant }) }).registration!.values).toMatchObject({ tenant: 'common' });
    expect(readRegistration('microsoft', { ...CLIENT, tenant: 'example.org' }).registration!.values).toMatchObject({ tenant: 'example.org' });
  });

  it('may be switched off, and is checked all the same', () => {
    expect(readRegistration('discord', { ...CLIENT, enabled: false }).registration).toMatchObject({ enabled: false });
    expect(fieldsAtFault('discord', { clientSecret: 'x', enabled: false })).toEqual(['clientId']);
  });

  it.each(['yes', 1, null, 'false'])('is neither on nor off by enabled: %j', (enabled) => {
    expect(faultsOf('discord', { ...CLIENT, enabled })).toEqual([{ field: 'enabled', what: 'must be true or false' }]);
  });

  it.each([{ clientSecret: 'x' }, { clientId: '', clientSecret: 'x' }, { clientId: ' ', clientSecret: 'x' }, { clientId: 7, clientSecret: 'x' }])('without a client id is none: %j', (entry) => {
    expect(fieldsAtFault('discord', entry)).toEqual(['clientId']);
  });

  it('has no secret where the provider takes none', () => {
    expect(faultsOf('apple', { clientId: 'com.example', clientSecret: 'x', teamId: 'DEF123GHIJ', keyId: 'ABC123DEFG', privateKey: '-----BEGIN PRIVATE KEY-----' })).toEqual([
      { field: 'clientSecret', what: expect.stringMatching(/^is not a known field of Apple; it takes clientId, teamId/) as unknown },
    ]);
  });

  it('names a field that it does not know, and those that it does', () => {
    expect(faultsOf('okta', { ...CLIENT, domain: 'acme.okta.com', server: 'default' })).toEqual([
      { field: 'server', what: 'is not a known field of Okta; it takes clientId, clientSecret, domain, authorizationServerId, authorizeUrl, tokenUrl, userUrl, jwksUrl, issuer' },
    ]);
  });

  it.each(['toString', 'constructor', '__proto__'])('knows no field %s', (field) => {
    expect(fieldsAtFault('discord', JSON.parse(`{"clientId": "a", "clientSecret": "b", "${field}": "c"}`) as Record<string, unknown>)).toEqual([field]);
  });

  it.each(['https://acme.okta.com', 'acme.okta.com/', 'acme.okta.com/path', 'acme okta', 'user@acme.okta.com', 'acme.okta.com?x', 'acme.okta.com#x', '{clientSecret}.evil.example', 'acme.okta.com:port', 'acme.okta.com:99999', 'acme.okta.com\n'])(
    'does not take %j for a domain',
    (domain) => expect(fieldsAtFault('okta', { ...CLIENT, domain })).toEqual(['domain']),
  );

  it('takes a domain with a port', () => expect(faultsOf('okta', { ...CLIENT, domain: 'localhost:8443' })).toEqual([]));

  it.each(['ftp://id.example/', '//id.example/', 'javascript:alert(1)', 'https://id.example/a b', 'https://', 'https://[', 'https://id.example:99999/'])('does not take %j for an address', (authorizeUrl) => {
    expect(fieldsAtFault('discord', { ...CLIENT, authorizeUrl })).toEqual(['authorizeUrl']);
  });

  it('tells all that is wrong at once', () => {
    expect(fieldsAtFault('keycloak', { clientId: '', domain: 'https://sso.example', relam: 'shop', enabled: 'on' }).sort()).toEqual(['clientId', 'clientSecret', 'domain', 'enabled', 'realm', 'relam']);
  });

  it('never repeats what it was given', () => {
    const words = ['hunter2 secret', 'https://secret.example/hunter2', 'hunter2-key'];
    for (const [name, entry] of [
      ['okta', { clientId: 7, clientSecret: [words[0]], domain: words[1], extra: words[2] }],
      ['apple', { clientId: 'a', privateKey: words[2], teamId: words[0], keyId: words[1] }],
      ['discord', { type: words[2], clientSecret: words[0] }],
      ['unheard-of', { clientSecret: words[0] }],
    ] as const) {
      const { faults } = readRegistration(name, entry);
      expect(faults.length).toBeGreaterThan(0);
      expect(JSON.stringify(faults)).not.toContain('hunter2');
    }
  });
});

describe('a provider by configuration', () => {
  const DISCOVERED = { ...CLIENT, wellKnownEndpoint: 'https://id.example/.well-known/openid-configuration' };

  it('has a name of the operator’s', () => {
    const { registration } = readRegistration('our-staff', { type: 'oidc', name: 'Our staff', ...DISCOVERED });
    expect(registration).toMatchObject({ type: 'oidc', title: 'Our staff', enabled: true });
    expect(cardOf('our-staff', registration!)).toMatchObject({ name: 'Our staff' });
    expect(cardOf('our-staff', { type: 'oidc', title: '' })).toMatchObject({ name: 'our-staff' });
  });

  it.each([{}, { authorizationEndpoint: 'https://id.example/authorize' }, { tokenEndpoint: 'https://id.example/token' }])('needs discovery or both endpoints, not just %j', (endpoints) => {
    expect(faultsOf('oidc', { ...CLIENT, ...endpoints })).toEqual([{ field: 'wellKnownEndpoint', what: 'is missing: give it, or authorizationEndpoint and tokenEndpoint (and userinfoEndpoint)' }]);
  });

  it('takes endpoints in place of discovery', () => {
    expect(faultsOf('oidc', { ...CLIENT, authorizationEndpoint: 'https://id.example/authorize', tokenEndpoint: 'https://id.example/token' })).toEqual([]);
    expect(faultsOf('oidc', { ...CLIENT, authorizeUrl: 'https://id.example/authorize', tokenUrl: 'https://id.example/token' })).toEqual([]);
  });

  it('is of type oidc and of no other', () => {
    for (const type of ['oauth2', '', 'OIDC', true, null]) expect(faultsOf('discord', { type, ...DISCOVERED })).toEqual([{ field: 'type', what: 'must be oidc, or be left out' }]);
  });

  it.each(['unheard-of', 'Discord', 'constructor', 'toString', '__proto__'])('is none under a name alone: %s', (name) => {
    expect(faultsOf(name, CLIENT)).toEqual([{ field: '', what: 'is no provider that is known; see docs/reference/providers.md, or add `type: oidc`' }]);
  });
});

describe('the fields of a provider', () => {
  it('are the client’s, the card’s and the addresses', () => {
    expect(Object.keys(fieldsOf(cardOf('keycloak', { title: '' })!))).toEqual(['clientId', 'clientSecret', 'domain', 'realm', 'authorizeUrl', 'tokenUrl', 'userUrl', 'jwksUrl', 'issuer']);
  });
});

describe('registrations in the projects file', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'latchkey-registrations-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const read = (oauth: unknown, environment: Record<string, string> = {}) => {
    const path = join(directory, 'projects.json');
    writeFileSync(path, JSON.stringify({ projects: [{ id: 'shop', oauth }] }));
    return readProjects(path, environment, { operations: new Map(), templates: () => [], registration: readRegistration });
  };

  it('are read with secrets from the environment', () => {
    const { projects, faults } = read({ discord: { clientId: 'a', clientSecret: '${DISCORD_SECRET}' } }, { DISCORD_SECRET: 'hunter2' });
    expect(faults).toEqual([]);
    expect(projects[0].oauth.discord.values).toMatchObject({ clientId: 'a', clientSecret: 'hunter2' });
  });

  it('are all told about in one go, each by its place', () => {
    const { projects, faults } = read({ discord: { clientSecret: 'hunter2' }, okta: { ...CLIENT, domain: 'https://hunter2/' }, nobody: {}, oidc: { ...CLIENT, clientSecret: 'hunter2' } });
    expect(projects).toEqual([]);
    expect(faults.map(({ where }) => where)).toEqual(['projects[0].oauth.discord.clientId', 'projects[0].oauth.okta.domain', 'projects[0].oauth.nobody', 'projects[0].oauth.oidc.wellKnownEndpoint']);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it.each([['of a wrong name', { '1password': CLIENT }], ['that are no table', { discord: 'hunter2' }], ['that are a list', [CLIENT]]])('are refused %s', (_, oauth) => {
    const { projects, faults } = read(oauth);
    expect(projects).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });
});
