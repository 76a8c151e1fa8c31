import { type Html, html } from '../html';
import { page, pageHeaders } from '../page';
import type { OAuthFailure } from '../oauth-failure';
import { action, card, type Field } from './form';
import { failureCard, type OfferedProvider, providersToLink, providersToSignIn } from './providers.page';
import { gate, secondFactors } from './second-factors.page';

const BY_MAIL = 'A link from a mail brought you here. Nothing has changed yet.';

/** What leads back here with a secret, by the `for` of its query. */
export const LANDINGS = {
  verification: { title: 'Confirm your e-mail address', why: BY_MAIL, call: 'updateEmailVerification', button: 'Confirm e-mail address', fields: [] },
  recovery: {
    title: 'Choose a new password',
    why: BY_MAIL,
    call: 'updateRecovery',
    button: 'Set new password',
    fields: [{ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password' }],
  },
  'magic-url': { title: 'Sign in with your link', why: BY_MAIL, call: 'updateMagicURLSession', button: 'Sign in', fields: [] },
  oauth2: { title: 'Sign in with the token', why: 'The provider’s way ended with a token, which makes one session.', call: 'createSession', button: 'Sign in', fields: [] },
} as const satisfies Record<string, { title: string; why: string; call: string; button: string; fields: readonly Field[] }>;

export interface Landing {
  purpose: keyof typeof LANDINGS;
  userId: string;
  secret: string;
}

export interface Demo {
  project: { id: string; name: string };
  projects: readonly { id: string; name: string }[];
  /** Address of this page, for links in mails. */
  home: string;
  /** Whether the browser sent a session. */
  signedIn: boolean;
  /** Those of the project, with which one may sign in. */
  providers: readonly OfferedProvider[];
  landing?: Landing;
  /** Why a provider's way ended here. */
  failure?: OAuthFailure;
  nonce: string;
}

export function demoHeaders(nonce: string): Record<string, string> {
  return pageHeaders(nonce, { 'style-src': `'nonce-${nonce}' 'self'`, 'script-src': "'self'", 'connect-src': "'self'" });
}

export function demoPage({ project, projects, home, signedIn, providers, landing, failure, nonce }: Demo): string {
  return page({
    title: 'Demo',
    nonce,
    head: html`
<link rel="stylesheet" href="/dev/demo/demo.css">
<script src="/dev/demo/sdk.js" defer></script>
<script src="/dev/demo/qrcode.js" defer></script>
<script src="/dev/demo/demo.js" type="module"></script>`,
    body: html`<header>
<div>
<h1>Latchkey demo</h1>
<p class="muted bar">Every button is one call of the official web SDK, shown beside it.</p>
</div>
<div class="bar">
${projects.length > 1 && projectChoice(project, projects)}
<a class="button quiet" href="/docs" target="_blank">API</a>
<a class="button quiet" href="/dev/mailbox" target="_blank">Mailbox</a>
</div>
</header>
<noscript><p class="card bad">The demo calls the API from this page and needs JavaScript.</p></noscript>
<main id="demo" data-project="${project.id}" data-signed-in="${String(signedIn)}">
<div class="work">
${landing && landingCard(landing)}
${failure && failureCard(failure)}
${gate()}
${guest(home, providers)}
${member(home, providers)}
</div>
${calls(project)}
</main>`,
  });
}

function projectChoice({ id }: Demo['project'], projects: Demo['projects']): Html {
  return html`<form method="get" action="/" class="bar"><label for="project">Project</label>
<select id="project" name="project">${projects.map((each) => html`<option value="${each.id}"${each.id === id && html` selected`}>${each.name}</option>`)}</select>
<button class="quiet">Switch</button></form>`;
}

function landingCard({ purpose, userId, secret }: Landing): Html {
  const { title, why, call, button, fields } = LANDINGS[purpose];
  return html`<section id="landing" class="card marked" aria-labelledby="landing-title">
<h2 id="landing-title" tabindex="-1">${title}</h2>
<p>${why}</p>
${action({ call, button, fields, given: { userId, secret } })}
</section>`;
}

const EMAIL: Field = { name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'email', placeholder: 'ada@example.com' };
const PHONE: Field = { name: 'phone', label: 'Phone number', type: 'tel', autocomplete: 'tel', placeholder: '+16175551212' };
const NAME: Field = { name: 'name', label: 'Name', autocomplete: 'name', placeholder: 'Ada Lovelace' };
const PASSWORD: Field = { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' };
const NEW_PASSWORD: Field = { ...PASSWORD, label: 'New password, at least 8 characters', autocomplete: 'new-password' };
const PHRASE: Field = { name: 'phrase', label: 'With a security phrase', type: 'checkbox' };
const NEW_USER = { userId: 'unique()' };

const codeFor = (where: string): readonly Field[] => [
  { name: 'userId', label: 'User id, from the answer above' },
  { name: 'secret', label: `Code from the ${where}`, autocomplete: 'one-time-code' },
];

function guest(home: string, providers: Demo['providers']): Html {
  return html`<div id="guest" class="cards" hidden>
${card('Sign up', undefined, action({ call: 'create', button: 'Create account', constant: NEW_USER, fields: [{ ...NAME, optional: true }, EMAIL, { ...PASSWORD, label: 'Password, at least 8 characters', autocomplete: 'new-password' }] }))}
${card('Sign in with a password', undefined, action({ call: 'createEmailPasswordSession', button: 'Sign in', fields: [EMAIL, PASSWORD] }))}
${card(
  'Sign in with a magic link',
  'The link opens Latchkey’s own page, or an app’s: this one.',
  action({ call: 'createMagicURLToken', button: 'Send link', constant: NEW_USER, fields: [EMAIL, PHRASE] }),
  action({ call: 'createMagicURLToken', button: 'Send link to this page', constant: NEW_USER, given: { url: `${home}&for=magic-url` }, fields: [EMAIL], id: 'magic-url-here', quiet: true }),
)}
${card(
  'Sign in with a code by e-mail',
  undefined,
  action({ call: 'createEmailToken', button: 'Send code', constant: NEW_USER, fields: [EMAIL, PHRASE], then: 'email-code' }),
  action({ call: 'createSession', button: 'Sign in', fields: codeFor('mail'), id: 'email-code' }),
)}
${card(
  'Sign in with a code by SMS',
  undefined,
  action({ call: 'createPhoneToken', button: 'Send code', constant: NEW_USER, fields: [PHONE], then: 'phone-code' }),
  action({ call: 'createSession', button: 'Sign in', fields: codeFor('SMS'), id: 'phone-code' }),
)}
${card('Sign in without an account', 'A guest’s session; an address and a password make it an account later.', action({ call: 'createAnonymousSession', button: 'Continue as guest' }))}
${card('Forgotten password', 'The mail leads back here, where a new password is chosen.', action({ call: 'createRecovery', button: 'Send recovery mail', given: { url: `${home}&for=recovery` }, fields: [EMAIL] }))}
${providersToSignIn({ providers, home })}
</div>`;
}

function member(home: string, providers: Demo['providers']): Html {
  return html`<div id="member" class="cards" hidden>
<section class="card wide" aria-labelledby="you">
<h2 id="you" tabindex="-1">Your account</h2>
<dl id="account"></dl>
<div class="row">${action({ call: 'get', button: 'Read again', quiet: true })}${action({ call: 'deleteSession', button: 'Sign out', constant: { sessionId: 'current' } })}</div>
</section>
<div id="upgrade" class="wide" hidden>
${card('Keep this account', 'You are a guest. An e-mail address and a password make this a full account, with everything in it.', action({ call: 'updateEmail', button: 'Keep account', fields: [EMAIL, NEW_PASSWORD], id: 'keep' }))}
</div>
${card('Verify e-mail address', 'The link in the mail leads back here.', action({ call: 'createEmailVerification', button: 'Send verification mail', given: { url: `${home}&for=verification` } }))}
${card(
  'Verify phone number',
  undefined,
  action({ call: 'createPhoneVerification', button: 'Send code', then: 'phone-verification' }),
  action({ call: 'updatePhoneVerification', button: 'Confirm phone number', fields: codeFor('SMS'), id: 'phone-verification' }),
)}
${card(
  'Sessions',
  undefined,
  html`<div class="row">${action({ call: 'listSessions', button: 'List sessions' })}${action({ call: 'deleteSessions', button: 'Sign out everywhere', quiet: true })}</div><div id="sessions"></div>`,
)}
${card(
  'Preferences',
  'Any JSON object; what was there before is replaced.',
  action({ call: 'updatePrefs', button: 'Save preferences', fields: [{ name: 'prefs', label: 'Preferences', type: 'json', value: '{}' }] }),
  action({ call: 'getPrefs', button: 'Read preferences', quiet: true }),
)}
${card('Name', undefined, action({ call: 'updateName', button: 'Change name', fields: [NAME] }))}
${card('E-mail address', undefined, action({ call: 'updateEmail', button: 'Change e-mail address', fields: [{ ...EMAIL, label: 'New e-mail address' }, PASSWORD] }))}
${card('Phone number', undefined, action({ call: 'updatePhone', button: 'Change phone number', fields: [PHONE, PASSWORD] }))}
${card('Password', undefined, action({ call: 'updatePassword', button: 'Change password', fields: [NEW_PASSWORD, { ...PASSWORD, name: 'oldPassword', label: 'Old password; empty when there is none', optional: true }] }))}
${card('Log', 'What happened to the account, newest first.', html`${action({ call: 'listLogs', button: 'List logs' })}<div id="logs"></div>`)}
${card('Identities', 'Accounts at providers that are linked to this one.', html`${action({ call: 'listIdentities', button: 'List identities' })}<div id="identities"></div>`)}
${card(
  'JWT',
  'For a server of yours that speaks for the user.',
  action({ call: 'createJWT', button: 'Create JWT' }),
  action({ call: 'getWithJWT', button: 'Read account with it', code: 'new Account(new Client().setJWT(jwt)).get()', fields: [{ name: 'jwt', label: 'JWT' }], id: 'jwt', quiet: true }),
)}
${card(
  'Delete account',
  'There is no way back. The web SDK has no method for it, so its client is called.',
  action({ call: 'deleteAccount', button: 'Delete account', code: "client.call('DELETE', url, headers)", fields: [{ name: 'sure', label: 'Yes, delete this account and everything in it', type: 'checkbox' }] }),
)}
${secondFactors()}
${providersToLink({ providers, home })}
</div>`;
}

function calls({ id }: Demo['project']): Html {
  return html`<section class="calls" aria-labelledby="calls-title">
<h2 id="calls-title">Calls</h2>
<p id="status" role="status">Nothing called yet.</p>
<ol id="calls"></ol>
<details class="setup"><summary>Set-up</summary>
<pre>const client = new Client()
  .setEndpoint(location.origin + '/v1')
  .setProject('${id}');
const account = new Account(client);</pre></details>
</section>`;
}
