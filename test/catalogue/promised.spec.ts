import { OPERATIONS } from '../../src/app.module';
import { restRoute } from '../../src/contract/operation';

/** What the product is to do: Appwrite's account operations, by the names and routes of the SDKs of 1.5. */
const PROMISED = {
  get: 'GET /account',
  create: 'POST /account',
  updateEmail: 'PATCH /account/email',
  listIdentities: 'GET /account/identities',
  deleteIdentity: 'DELETE /account/identities/{identityId}',
  createJWT: 'POST /account/jwt',
  listLogs: 'GET /account/logs',
  updateMFA: 'PATCH /account/mfa',
  createMfaAuthenticator: 'POST /account/mfa/authenticators/{type}',
  updateMfaAuthenticator: 'PUT /account/mfa/authenticators/{type}',
  deleteMfaAuthenticator: 'DELETE /account/mfa/authenticators/{type}',
  createMfaChallenge: 'POST /account/mfa/challenge',
  updateMfaChallenge: 'PUT /account/mfa/challenge',
  listMfaFactors: 'GET /account/mfa/factors',
  getMfaRecoveryCodes: 'GET /account/mfa/recovery-codes',
  createMfaRecoveryCodes: 'POST /account/mfa/recovery-codes',
  updateMfaRecoveryCodes: 'PATCH /account/mfa/recovery-codes',
  updateName: 'PATCH /account/name',
  updatePassword: 'PATCH /account/password',
  updatePhone: 'PATCH /account/phone',
  getPrefs: 'GET /account/prefs',
  updatePrefs: 'PATCH /account/prefs',
  createRecovery: 'POST /account/recovery',
  updateRecovery: 'PUT /account/recovery',
  listSessions: 'GET /account/sessions',
  deleteSessions: 'DELETE /account/sessions',
  createAnonymousSession: 'POST /account/sessions/anonymous',
  createEmailPasswordSession: 'POST /account/sessions/email',
  updateMagicURLSession: 'PUT /account/sessions/magic-url',
  updatePhoneSession: 'PUT /account/sessions/phone',
  createSession: 'POST /account/sessions/token',
  getSession: 'GET /account/sessions/{sessionId}',
  updateSession: 'PATCH /account/sessions/{sessionId}',
  deleteSession: 'DELETE /account/sessions/{sessionId}',
  updateStatus: 'PATCH /account/status',
  createEmailToken: 'POST /account/tokens/email',
  createMagicURLToken: 'POST /account/tokens/magic-url',
  createOAuth2Token: 'GET /account/tokens/oauth2/{provider}',
  createPhoneToken: 'POST /account/tokens/phone',
  createVerification: 'POST /account/verification',
  updateVerification: 'PUT /account/verification',
  createPhoneVerification: 'POST /account/verification/phone',
  updatePhoneVerification: 'PUT /account/verification/phone',
} as const;

type Name = keyof typeof PROMISED;

/** Not built yet. This list shrinks: whoever builds one takes it out. */
const PENDING: Name[] = [];

/** OAuth2 answers with a redirect, which GraphQL cannot. */
const REST_ONLY: Name[] = ['createOAuth2Token'];

/** Other spellings of the same: newer SDKs use them, or older ones did. */
const ALSO: Partial<Record<Name, { route?: string; names?: string[] }>> = {
  createJWT: { route: 'POST /account/jwts' },
  createMfaAuthenticator: { names: ['createMFAAuthenticator'] },
  updateMfaAuthenticator: { names: ['updateMFAAuthenticator'] },
  deleteMfaAuthenticator: { names: ['deleteMFAAuthenticator'] },
  createMfaChallenge: { route: 'POST /account/mfa/challenges', names: ['createMFAChallenge'] },
  updateMfaChallenge: { route: 'PUT /account/mfa/challenges', names: ['updateMFAChallenge'] },
  listMfaFactors: { names: ['listMFAFactors'] },
  getMfaRecoveryCodes: { names: ['getMFARecoveryCodes'] },
  createMfaRecoveryCodes: { names: ['createMFARecoveryCodes'] },
  updateMfaRecoveryCodes: { names: ['updateMFARecoveryCodes'] },
  createEmailPasswordSession: { route: 'POST /account/sessions' },
  createMagicURLToken: { route: 'POST /account/sessions/magic-url' },
  createPhoneToken: { route: 'POST /account/sessions/phone' },
  createVerification: { route: 'POST /account/verifications/email', names: ['createEmailVerification'] },
  updateVerification: { route: 'PUT /account/verifications/email', names: ['updateEmailVerification'] },
  createPhoneVerification: { route: 'POST /account/verifications/phone' },
  updatePhoneVerification: { route: 'PUT /account/verifications/phone' },
};

const normal = (path: string) => path.replace(/\{\w+\}/g, '{}');
const routes = new Set(
  OPERATIONS.flatMap((row) => {
    const { method, path } = restRoute(row);
    return [path, ...(row.aliases ?? [])].map((each) => `${method} ${normal(each)}`);
  }),
);
const fields = new Set(OPERATIONS.flatMap(({ graphql, graphqlAliases = [] }) => [...(graphql ? [graphql] : []), ...graphqlAliases.map((each) => `${graphql?.split(' ')[0]} ${each}`)]));

const fieldOf = (name: Name, spelling: string = name) => `${PROMISED[name].startsWith('GET') ? 'query' : 'mutation'} account${spelling[0].toUpperCase()}${spelling.slice(1)}`;
const names = Object.keys(PROMISED) as Name[];
const built = names.filter((name) => !PENDING.includes(name));

describe('the promised operations', () => {
  it('are 43, on routes of their own', () => {
    expect(names).toHaveLength(43);
    expect(new Set(Object.values(PROMISED).map(normal)).size).toBe(43);
  });

  it.each(built)('%s is there, over REST and GraphQL', (name) => {
    expect(routes).toContain(normal(PROMISED[name]));
    if (!REST_ONLY.includes(name)) expect(fields).toContain(fieldOf(name));
    const { route, names: spellings = [] } = ALSO[name] ?? {};
    if (route) expect(routes).toContain(route);
    for (const spelling of spellings) expect(fields).toContain(fieldOf(name, spelling));
  });

  // A full list would make `it.each([])` an error, so it is one case.
  it('that are pending are not there: take what is built out of the list', () => {
    expect(PENDING.filter((name) => routes.has(normal(PROMISED[name])) || fields.has(fieldOf(name)))).toEqual([]);
  });
});
