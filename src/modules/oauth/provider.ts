/** What a provider answered: JSON of a stranger, read through {@link text}, {@link flag} and {@link list} only. */
export type Answer = unknown;

/** Everything that was learnt in one sign-in, for a card to find the person in. */
export interface Answers {
  /** The token endpoint's answer (below `token.within`, where the card has it). */
  token: Answer;
  /** The claims of the ID token, verified; undefined where the provider sent none. */
  claims: Answer;
  /** The answer of the user call; undefined where the card has none. */
  user: Answer;
  /** The answers of the follow-up calls, by their names on the card. */
  more: Readonly<Record<string, Answer>>;
  /** What came with the callback besides the code; Apple sends the name here, and only once. */
  callback: Readonly<Record<string, string>>;
}

/** Who the provider says it is. Empty where it says nothing. */
export interface Profile {
  /** The provider's own id of the person: never changes, never is given to somebody else. */
  uid: string;
  email: string;
  /** True only when the provider vouches for the address. An address without a word about it is unverified. */
  emailVerified: boolean;
  name: string;
}

/** A field of the projects file that this provider needs besides `clientId` and `clientSecret`. */
export interface Setting {
  /** One line for the documents. */
  description: string;
  /** Taken when the operator gives none; without it the field is required. */
  fallback?: string;
  /** A regular expression that a value matches wholly. Default: a host name, or an https URL for names that end in Endpoint. */
  pattern?: string;
  /** Kept out of logs and documents. */
  secret?: true;
}

/** What an operator registered at the provider: `clientId`, `clientSecret` and the card's own settings, by name. */
export type Registration = Readonly<Record<string, string>>;

/** The names of the parameters that OAuth 2.0 (RFC 6749) asks for, and this provider does not take. */
type Omitted = 'response_type' | 'scope' | 'redirect_uri' | 'grant_type' | 'client_id';

export interface AuthorizeCall {
  url: string;
  /** Sent besides the standard ones; `{clientId}` and settings are filled in. */
  params?: Readonly<Record<string, string>>;
  omit?: readonly Omitted[];
  /** Where the scopes go; Slack: `user_scope`. */
  scopeParam?: string;
}

export interface TokenCall {
  url: string;
  /** POST unless said otherwise. */
  method?: 'GET' | 'POST';
  /** Where the parameters go: a form in the body unless said otherwise. */
  send?: 'form' | 'json' | 'query';
  /** How the client shows who it is (RFC 6749 section 2.3.1): both as parameters unless said otherwise. `none`: by its id and PKCE alone. */
  credentials?: 'params' | 'basic' | 'none';
  params?: Readonly<Record<string, string>>;
  omit?: readonly Omitted[];
  headers?: Readonly<Record<string, string>>;
  /** The key below which the tokens are: Slack's `authed_user`. */
  within?: string;
  /** What the answer is, where it is not JSON. */
  answer?: 'form';
}

export interface UserCall {
  /** `{uid}` is filled by `uid`. */
  url: string;
  method?: 'GET' | 'POST';
  /** How the access token is shown: `Authorization: Bearer` unless said otherwise. A text is the name of a query parameter. */
  token?: 'bearer' | { query: string } | { scheme: string };
  params?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** For URLs that name the person: where the id is found before the call. */
  uid?: (token: Answer) => string;
  /** Calls after the first, by name: same token, same headers. */
  more?: Readonly<Record<string, string>>;
}

/** How the ID token is checked (OpenID Connect Core 1.0, section 3.1.3.7). */
export interface IdToken {
  /** `iss`. May hold settings; `{tenantid}` stands for the token's own tenant (Microsoft's common endpoint). */
  issuer: string;
  jwks: string;
  /** False: the provider does not give our nonce back. */
  nonce?: false;
  /** True: without an ID token nobody is signed in; else the user call may tell alone. */
  required?: true;
}

/**
 * A provider is a card: data, and small functions where the provider is odd. URLs, parameters and headers may hold
 * `{clientId}` and the names of settings in braces. Every URL can be replaced in the projects file
 * (`authorizeUrl`, `tokenUrl`, `userUrl`, `jwksUrl`, `issuer`).
 */
export interface Provider {
  /** As people know it. */
  name: string;
  /** The provider's own documents that the card was written from. */
  source: readonly string[];
  /** What is odd, and where the provider has moved on from what older account services send. */
  note?: string;
  settings?: Readonly<Record<string, Setting>>;
  /** False: the operator registers no secret; `clientSecret` makes one. */
  hasSecret?: false;
  /** Makes the client's secret at each call, from its registration. @param now the time, seconds since the epoch */
  clientSecret?: (registration: Registration, now: number) => string;
  /** Asked for always; the app may ask for more. */
  scopes: readonly string[];
  /** A space unless said otherwise. */
  scopeSeparator?: ',' | ' ';
  /** True: the provider says of an address whether it is verified, and `profile` passes that on. Without it `profile` vouches for none. */
  vouches?: true;
  /** True: the provider checks PKCE (RFC 7636, S256). */
  pkce?: true;
  authorize: AuthorizeCall;
  token: TokenCall;
  /** What differs from `token` when tokens are refreshed; false: the provider refreshes none. */
  refresh?: false | Partial<TokenCall>;
  user?: UserCall;
  idToken?: IdToken;
  /** Finds the person in the answers. A missing `uid` is an empty text, and refuses the sign-in. */
  profile: (answers: Answers) => Profile;
}

/** A card, its type checked and its literals kept. */
export function card(provider: Provider): Provider {
  return provider;
}
