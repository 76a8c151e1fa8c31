import type { Person } from './person';

/** An exact value, or a pattern for the whole of it. */
export type Rule = string | RegExp;
export type Rules = Record<string, Rule>;

/** What an operator writes into the projects file. */
export type Registration = { clientId: string } & Record<string, string>;

/** The documented address first; after it those that the documentation also gives. Domains and the like are those of the registration beside it. */
export interface RealUrls {
  authorize: readonly Rule[];
  token: readonly Rule[];
  /** Where it is not the token address. */
  refresh?: readonly Rule[];
  /** One entry for each call of {@link Expectation.user}, by its segment; '' is the first call. */
  user?: Record<string, readonly Rule[]>;
  jwks?: readonly Rule[];
  issuer?: readonly Rule[];
}

export interface AuthorizeRules {
  /** Beyond `client_id`, `redirect_uri` and `state`, which everybody asks for. */
  params: Rules;
  /** Right when present. */
  optional?: Rules;
  forbidden?: readonly string[];
  /** Providers that fall back on the registered address. */
  redirectUriOptional?: true;
  /** `null`: the app's settings at the provider decide, the parameter is free. */
  scopes: { required: readonly Rule[]; separator: string | RegExp } | null;
  /** `supported`: documented, not demanded. `ignored`: unknown there. A challenge that was sent is always held against the verifier. */
  pkce: 'required' | 'supported' | 'ignored';
  /** The callback comes as a form that posts itself. */
  formPost?: true;
}

/**
 * - `params`: client_id and client_secret among the parameters.
 * - `basic`: `Authorization: Basic`, and no secret among the parameters.
 * - `none`: client_id alone.
 * - `jwt`: client_secret is a JWT that the client signed.
 * - `bearer`, `basicSecret`: Stripe's, the secret alone as a token or as the user name.
 */
export type AuthStyle = 'params' | 'basic' | 'none' | 'jwt' | 'bearer' | 'basicSecret';

export interface TokenRules {
  /** POST unless said otherwise. */
  methods?: readonly string[];
  /** A form unless said otherwise. */
  body?: 'form' | 'json';
  auth: readonly AuthStyle[];
  params: Rules;
  optional?: Rules;
  headers?: Rules;
  /** `same`: compared with the authorize request. `optional`: compared when sent. */
  redirectUri: 'same' | 'optional';
  /** `byAccept`: a form unless the Accept header asks for JSON. JSON unless said otherwise. */
  format?: 'json' | 'byAccept';
  accessToken?: (person: Person, secret: string) => string;
  answer: (issued: Issued) => object;
}

export interface RefreshRules {
  auth: readonly AuthStyle[];
  params: Rules;
  body?: 'form' | 'json';
  headers?: Rules;
  /** Some give a refresh token only to who asked for it. */
  given?: (authorize: URLSearchParams) => boolean;
  /** `single-use`: a spent one is refused. `new`: a new one comes, the old one lives. `kept`: none comes. */
  rotation: 'single-use' | 'new' | 'kept';
  answer?: (issued: Issued) => object;
}

/** What the token endpoint has to put into its provider's words. */
export interface Issued {
  person: Person;
  clientId: string;
  accessToken: string;
  refreshToken?: string;
  idToken?: string;
  /** The scopes of the authorize request, as it wrote them. */
  scope: string;
}

/** Where an access token may be shown. */
export type TokenPlace = { scheme: string } | { query: string } | { header: string };

export interface UserCall {
  /** Under `/<provider>/user`; a colon stands for the uid: `:uid`. */
  segment: string;
  method?: 'GET' | 'POST';
  token: readonly TokenPlace[];
  /** Keys that a provider wants with every call; may use the registration. */
  headers?: Rules | ((registration: Registration) => Rules);
  query?: Rules | ((registration: Registration) => Rules);
  /** `none`: Dropbox refuses a body that is not JSON. */
  body?: 'none';
  /** Stripe's accounts may be read with the platform's secret. */
  secretAsToken?: true;
  answer: (person: Person, asked: Asked) => object;
}

export interface Asked {
  query: URLSearchParams;
  clientId: string;
  scope: string;
}

export interface IdTokenRules {
  alg: 'RS256' | 'ES256';
  /** The scope that brings one; `null`: one always comes. */
  scope: string | null;
  echoesNonce: boolean;
  /** Beyond iss, aud, iat, exp and nonce. */
  claims: (person: Person) => Record<string, unknown>;
}

export type ErrorShape = (reason: string, code: string) => { status: number; body: unknown };

/** Any of these is right: the provider's documentation leaves it open. */
export class OneOf<T> {
  constructor(readonly values: readonly T[]) {}
}

export const oneOf = <T>(...values: readonly T[]): OneOf<T> => new OneOf(values);

export const allows = <T>(expected: T | OneOf<T>, actual: T): boolean =>
  expected instanceof OneOf ? expected.values.includes(actual) : expected === actual;

/** What the product must understand. An `email` of '' means: none was given. */
export interface Outcome {
  uid: string;
  email: string | OneOf<string>;
  emailVerified: boolean | OneOf<boolean>;
  name: string | OneOf<string>;
}

/** A provider as its own documentation tells it. */
export interface Expectation {
  urls: RealUrls;
  registration: Registration;
  authorize: AuthorizeRules;
  token: TokenRules;
  /** `null`: the provider has none. */
  refresh: RefreshRules | null;
  /** Empty: the ID token tells everything. */
  user: readonly UserCall[];
  idToken?: IdTokenRules;
  /** RFC 6749's shape unless said otherwise. */
  error?: { token?: ErrorShape; user?: ErrorShape };
  outcome: (person: Person) => Outcome;
}
