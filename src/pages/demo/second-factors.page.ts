import { type Html, html } from '../html';
import { action, type Field, innerCard } from './form';

const TOTP = { type: 'totp' };
const OTP: Field = { name: 'otp', label: 'Code', autocomplete: 'one-time-code' };

/** What a user does with his second factors while he is signed in. */
export function secondFactors(): Html {
  return html`<section class="wide" aria-labelledby="second-factors">
<h2 id="second-factors">Second factors</h2>
<p class="muted">A verified e-mail address or phone number is one, too.</p>
<div class="cards">
${innerCard('Multi-factor authentication', 'Switched on, a session does nothing before it has shown a second factor.', action({ call: 'updateMFA', button: 'Save', fields: [{ name: 'mfa', label: 'Ask for a second factor', type: 'checkbox' }] }))}
${innerCard(
  'Authenticator app',
  undefined,
  action({ call: 'createMFAAuthenticator', button: 'Add authenticator app', constant: TOTP }),
  html`<div id="authenticator"></div>`,
  action({ call: 'updateMFAAuthenticator', button: 'Verify', constant: TOTP, fields: [{ ...OTP, label: 'Code that the app shows' }] }),
)}
${innerCard(
  'Remove the authenticator app',
  'With a code, which the web SDK has no parameter for, or after a challenge.',
  action({ call: 'removeAuthenticatorWithCode', button: 'Remove with code', code: "client.call('DELETE', url, headers, { otp })", fields: [{ ...OTP, label: 'Code of the app, or a recovery code' }] }),
  action({ call: 'deleteMFAAuthenticator', button: 'Remove after a challenge', constant: TOTP, quiet: true }),
)}
${innerCard(
  'Recovery codes',
  'For the day the phone is lost. Each works once.',
  action({ call: 'createMFARecoveryCodes', button: 'Create codes' }),
  html`<div id="recovery-codes"></div>`,
  action({ call: 'getMFARecoveryCodes', button: 'Show codes', quiet: true }),
  action({ call: 'updateMFARecoveryCodes', button: 'Replace codes', quiet: true }),
)}
${innerCard('Factors', 'What can be asked for.', action({ call: 'listMFAFactors', button: 'List factors' }), html`<div id="factors"></div>`)}
</div>
</section>`;
}

/** Opens when a call is refused for want of a factor, and goes on with that call once one was shown. */
export function gate(): Html {
  return html`<section id="gate" class="card marked" aria-labelledby="gate-title" hidden>
<h2 id="gate-title" tabindex="-1">Show another factor</h2>
<p id="gate-why"></p>
${action({ call: 'createMFAChallenge', button: 'Use this factor', fields: [{ name: 'factor', label: 'Factor', type: 'select' }] })}
${action({ call: 'updateMFAChallenge', button: 'Answer', fields: [{ name: 'challengeId', label: 'Challenge id, from the answer above' }, OTP] })}
${action({ call: 'deleteSession', button: 'Sign out instead', constant: { sessionId: 'current' }, id: 'gate-leave', quiet: true })}
<button type="button" id="gate-close" class="quiet">Not now</button>
</section>`;
}
