// Real OpenID Connect providers, certified ones, in a process of their own: an ES module that Jest cannot load.
// OIDC_ISSUERS: JSON list of { issuer, method, clientId, clientSecret, redirectUri }.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

/** Who types `ada` is Ada. Names that begin with `new-` have an address that was not proved. */
async function findAccount(_, login) {
  const claims = { sub: login, name: login.toUpperCase(), email: `${login}@example.com`, email_verified: !login.startsWith('new-') };
  return { accountId: login, claims: () => claims };
}

function providerFor({ issuer, method, clientId, clientSecret, redirectUri }) {
  return new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri], token_endpoint_auth_method: method }],
    // Discovery lists every way, and each client is held to the one it is registered with.
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['a key for tests'] },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  });
}

for (const each of JSON.parse(process.env.OIDC_ISSUERS)) {
  const { port, hostname } = new URL(each.issuer);
  await new Promise((resolve) => createServer(providerFor(each).callback()).listen(Number(port), hostname, resolve));
}
console.log('ready');
// Ends with whoever started it.
process.stdin.resume().once('end', () => process.exit());
