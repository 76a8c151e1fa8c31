// A form is a call: `data-call` names a method of the SDK's Account, its fields are the parameters.
// What is read here is therefore what an app writes; the rest only shows the answers.

import { keep, record } from './calls.js';
import { awaitCode, closeGate, forgetAuthenticator, openGate, showAuthenticator, showFactors, showRecoveryCodes } from './second-factors.js';
import { showAccount, showIdentities, showLogs, showPrefs, showSessions } from './views.js';

const { Account, AppwriteException, Client } = window.Appwrite;

const page = document.getElementById('demo');
const endpoint = `${location.origin}/v1`;
const { project } = page.dataset;
const home = `/?project=${encodeURIComponent(project)}`;
const newClient = () => new Client().setEndpoint(endpoint).setProject(project);
const client = newClient();
const account = new Account(client);

/** Calls that are no plain method of `account`. */
const OWN = {
  getWithJWT: {
    code: ({ jwt }) => `await new Account(new Client().setJWT('${jwt.slice(0, 12)}…')).get()`,
    run: ({ jwt }) => new Account(newClient().setJWT(jwt)).get(),
  },
  deleteAccount: {
    code: () => `await client.call('DELETE', new URL('${endpoint}/account'), { 'X-Appwrite-Project': '${project}' })`,
    run: () => client.call('DELETE', new URL(`${endpoint}/account`), { 'X-Appwrite-Project': project }),
  },
  removeAuthenticatorWithCode: {
    code: () => `await client.call('DELETE', new URL('${endpoint}/account/mfa/authenticators/totp'), { 'X-Appwrite-Project': '${project}', 'content-type': 'application/json' }, { otp: '…' })`,
    run: ({ otp }) => client.call('DELETE', new URL(`${endpoint}/account/mfa/authenticators/totp`), { 'X-Appwrite-Project': project, 'content-type': 'application/json' }, { otp }),
  },
};

const SIGNS_IN = ['createEmailPasswordSession', 'createAnonymousSession', 'createSession', 'updateMagicURLSession'];
const SIGNS_OUT = ['deleteSessions', 'deleteAccount'];
const CHANGES_ACCOUNT = ['get', 'updateName', 'updateEmail', 'updatePhone', 'updatePrefs', 'updateEmailVerification', 'updatePhoneVerification', 'updateRecovery', 'updateMFA', 'updateMFAAuthenticator'];
/** The session has to show another factor; the second, for all it does. */
const ASKS = ['user_challenge_required', 'user_more_factors_required'];

let signedIn = page.dataset.signedIn === 'true';
let busy = false;
/** Refused for want of a factor; made again once one was shown. */
let pending;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.dataset.call) return;
  event.preventDefault();
  if (!busy) void press(form);
});

async function press(form) {
  const input = inputOf(form);
  if (!input) return;
  busy = true;
  page.setAttribute('aria-busy', 'true');
  try {
    await perform({ form, call: form.dataset.call, input });
  } finally {
    busy = false;
    page.removeAttribute('aria-busy');
  }
}

async function perform(request) {
  const { form, call, input } = request;
  const said = { call, input, code: OWN[call]?.code(input) };
  const began = performance.now();
  try {
    const answer = await (OWN[call] ? OWN[call].run(input) : account[call](input));
    record(said, answer, true, performance.now() - began);
    await after(form, call, input, answer);
  } catch (error) {
    record(said, faultOf(error), false, performance.now() - began);
    if (ASKS.includes(error.type)) await askForFactor(error, request);
  }
}

function faultOf(error) {
  const { message, code, type } = error;
  if (!(error instanceof AppwriteException)) console.error(error);
  return { message, code, type };
}

/** The form's fields as the parameters of its call; null when one is not well-formed. */
function inputOf(form) {
  const input = {};
  for (const field of form.querySelectorAll('[name]')) {
    if (field.type === 'checkbox') input[field.name] = field.checked;
    else if ('json' in field.dataset) input[field.name] = jsonOf(field);
    else if (field.value !== '') input[field.name] = field.value;
  }
  return form.reportValidity() ? input : null;
}

function jsonOf(field) {
  try {
    const value = JSON.parse(field.value);
    field.setCustomValidity(typeof value === 'object' && value !== null && !Array.isArray(value) ? '' : 'A JSON object is needed.');
    return value;
  } catch (error) {
    field.setCustomValidity(`This is not JSON: ${error.message}`);
    return null;
  }
}

document.addEventListener('input', ({ target }) => {
  if ('json' in target.dataset) target.setCustomValidity('');
});

// What follows from an answer

async function after(form, call, input, answer) {
  if (form.closest('#landing')) leaveLanding();
  const next = document.getElementById(form.dataset.then ?? '');
  if (next) {
    next.elements.userId.value = answer.userId;
    next.elements.secret.value = '';
    next.elements.secret.focus();
  }
  if (call === 'createJWT') document.getElementById('jwt').elements.jwt.value = answer.jwt;
  if (call === 'getPrefs') showPrefs(answer);
  if (call === 'listSessions') showSessions(answer.sessions);
  if (call === 'listLogs') showLogs(answer.logs);
  if (call === 'listIdentities') showIdentities(answer.identities);
  if (call === 'createMFAAuthenticator') showAuthenticator(answer);
  if (call === 'updateMFAAuthenticator') forgetAuthenticator();
  if (call === 'listMFAFactors') showFactors(answer);
  if (call === 'createMFAChallenge') awaitCode(input.factor, answer);
  if (answer?.recoveryCodes) showRecoveryCodes(answer);
  if ('otp' in input) form.reset();
  if (call === 'updateMFAChallenge') await goOn();
  if (call === 'updateSession') await reload('listSessions', ({ sessions }) => showSessions(sessions));
  if (call === 'deleteIdentity') await reload('listIdentities', ({ identities }) => showIdentities(identities));

  const ended = SIGNS_OUT.includes(call) || (call === 'deleteSession' && endsOwn(form, input));
  if (call === 'deleteSession' && !ended) await reload('listSessions', ({ sessions }) => showSessions(sessions));
  if (ended) signedIn = false;
  if (SIGNS_IN.includes(call)) signedIn = true;
  if (ended || SIGNS_IN.includes(call)) await showState({ moved: true });
  else if (signedIn && CHANGES_ACCOUNT.includes(call)) await showState();
}

function endsOwn(form, { sessionId }) {
  return sessionId === 'current' || 'current' in form.dataset;
}

async function reload(call, show) {
  show(await account[call]());
}

/** The secret is spent: neither the page nor its address needs it. */
function leaveLanding() {
  document.getElementById('landing').remove();
  history.replaceState(null, '', home);
}

/** @param moved whether other cards show now than before: the keyboard goes with them */
async function showState({ moved = false } = {}) {
  const user = signedIn ? await account.get().catch(askedFirst) : undefined;
  if (user === 'asked') return;
  signedIn = user !== undefined;
  closeGate();
  pending = undefined;
  document.getElementById('guest').hidden = signedIn;
  document.getElementById('member').hidden = !signedIn;
  if (moved) clear();
  if (user) showAccount(user);
  if (moved && user) document.getElementById('you').focus();
  if (moved && !user) document.querySelector('#guest input:not([type=hidden])').focus();
}

function clear() {
  for (const place of ['sessions', 'logs', 'identities', 'authenticator', 'recovery-codes', 'factors']) document.getElementById(place).replaceChildren();
  for (const form of document.querySelectorAll('#guest form, #member form')) form.reset();
  scrollTo({ top: 0 });
}

// Second factors: asked for, and then on with what was wanted

/** A session that owes a factor cannot read its account either. */
async function askedFirst(error) {
  if (!ASKS.includes(error.type)) return undefined;
  record({ call: 'get', input: {} }, faultOf(error), false);
  await askForFactor(error);
  return 'asked';
}

async function askForFactor({ type, message }, refused) {
  const shut = type === 'user_more_factors_required';
  pending = refused;
  const began = performance.now();
  const held = await account.listMFAFactors();
  keep({ call: 'listMFAFactors', input: {} }, held, true, performance.now() - began);
  if (shut) for (const place of ['guest', 'member']) document.getElementById(place).hidden = true;
  openGate(message, held, shut);
}

async function goOn() {
  const refused = pending;
  const shut = document.getElementById('member').hidden;
  if (shut) await showState({ moved: true });
  else closeGate();
  if (refused) await perform(refused);
}

document.getElementById('gate-close').addEventListener('click', () => void showState());

// One address is enough typing: what is entered in one form stands in the others.

document.addEventListener('change', ({ target }) => {
  if (!['email', 'tel'].includes(target.type) || !target.closest('#guest')) return;
  for (const other of document.querySelectorAll(`#guest input[type=${target.type}]`)) other.value = target.value;
});

await showState();
if (document.getElementById('landing')) document.getElementById('landing-title').focus();
if (document.getElementById('failure')) {
  // Told once: a reload is a new beginning.
  history.replaceState(null, '', home);
  document.getElementById('failure-title').focus();
}
